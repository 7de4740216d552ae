/** A spreadsheet that took a column for decimals writes 2.0, which is two. */
const DIGITS = /^[0-9]{1,15}(?:\.0{1,15})?$/;

/**
 * A whole number from 0 in plain ASCII digits, as people and files write counts: `2`, `007`, `2.0`.
 * null for anything else: a sign, a part of one, an exponent, full-width digits, spaces, nothing, or a value out of range.
 */
export const parseCount = (
  text: string,
  range: { readonly min?: number; readonly max?: number } = {},
): number | null => {
  if (!DIGITS.test(text)) return null;
  const value = Number(text);
  return value >= (range.min ?? 0) && value <= (range.max ?? Number.MAX_SAFE_INTEGER) ? value : null;
};
