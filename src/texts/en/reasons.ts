import { CANCEL_CODES, RETURN_CODES, REVISIT_CODES } from '../../core/rules/reason-codes.ts';

type Words = Readonly<Record<string, string>>;

const words = (codes: Readonly<Record<string, { readonly en: string }>>): Words =>
  Object.fromEntries(Object.entries(codes).map(([code, { en }]) => [code, en]));

/** Reason codes in words, from their one table. */
export const reasons = {
  cancel: words(CANCEL_CODES),
  return: words(RETURN_CODES),
  revisit: words(REVISIT_CODES),
};
