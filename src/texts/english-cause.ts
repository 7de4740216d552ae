import type { Cause } from '../core/codes/cause.ts';
import { inWords } from './coded.ts';
import { causes } from './en/causes.ts';

/** The English words that JSON tells beside the code; null: there is none. */
export const englishCause = (cause: Cause | null): string | null =>
  cause === null ? null : inWords(causes, cause);
