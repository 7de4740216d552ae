import { narrow } from './narrow.ts';

/** A spreadsheet that took a column for decimals writes 2.0, which is two. */
const DIGITS = /^[0-9]{1,15}(?:\.0{1,15})?$/;

/**
 * A whole number from 0, as people and files write counts: `2`, `007`, `2.0`, `２`, with spaces around it or not.
 * null for anything else: a sign, a part of one, an exponent, nothing, or a value out of range.
 */
export const parseCount = (
  text: string,
  range: { readonly min?: number; readonly max?: number } = {},
): number | null => {
  const digits = narrow(text).trim();
  if (!DIGITS.test(digits)) return null;
  const value = Number(digits);
  return value >= (range.min ?? 0) && value <= (range.max ?? Number.MAX_SAFE_INTEGER) ? value : null;
};
