import { repeatWrites } from '../../src/adapters/store/attempt.ts';

repeatWrites();
