import { KOREAN } from './mask.ts';
import type { PersonalWords } from './personal-words.ts';
import { phoneDigits } from './phone.ts';

/** Without the prefix, which many share: so many digits are nobody else's. */
const TELLING_DIGITS = 8;
/** Shorter names in Latin letters stand in too many words. */
const FEWEST_LETTERS = { korean: 2, other: 5 } as const;

/** A mobile number, whoever has it or had it before. */
const MOBILE = /(?<!\d)(?:\+?82[-_.]?|0)1[016789][-_.]?\d{3,4}[-_.]?\d{4}(?!\d)/;

const letters = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/**
 * Whether an idempotency key, which stays on the log for ever, says who the customer is: by the phone number or the name,
 * however they are written, or by any mobile number, which may be the one of before.
 */
export const isPersonalKey = (key: string, { name = '', phone = '' }: PersonalWords): boolean => {
  if (MOBILE.test(key)) return true;
  const digits = phoneDigits(phone).slice(-TELLING_DIGITS);
  if (digits.length === TELLING_DIGITS && letters(key).replace(/\D/g, '').includes(digits)) return true;
  const joined = letters(name);
  const fewest = KOREAN.test(joined) ? FEWEST_LETTERS.korean : FEWEST_LETTERS.other;
  return joined.length >= fewest && letters(key).includes(joined);
};
