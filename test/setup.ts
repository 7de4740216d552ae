import { followTransactions } from '../src/adapters/store/running.ts';

followTransactions();
