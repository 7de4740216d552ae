import { checkScopes } from '../src/adapters/store/attempt.ts';
import { followTransactions } from '../src/adapters/store/sqlite/running.ts';

followTransactions();
checkScopes();
