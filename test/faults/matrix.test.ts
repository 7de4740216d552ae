import { proveMatrix } from './matrix.ts';

proveMatrix(true);
