import { proveMatrix } from './matrix.ts';

proveMatrix(true);
proveMatrix(false);
