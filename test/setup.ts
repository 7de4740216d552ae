import { checkScopes } from '../src/adapters/store/attempt.ts';
import { followTransactions } from '../src/adapters/store/running.ts';

followTransactions();
checkScopes();
