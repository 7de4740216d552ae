import { proveMatrix } from './matrix.ts';

proveMatrix(false);
