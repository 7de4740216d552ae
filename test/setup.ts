import { followTransactions } from '../src/adapters/store/sqlite/running.ts';

followTransactions();
