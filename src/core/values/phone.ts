import { narrow, withHyphens } from './narrow.ts';

/** The kinds of Korean numbers: prefix, then how many digits follow it. */
const KINDS: readonly { readonly prefix: RegExp; readonly rest: readonly number[] }[] = [
  { prefix: /^010/, rest: [8] },
  { prefix: /^01[16789]/, rest: [7, 8] },
  { prefix: /^02/, rest: [7, 8] },
  { prefix: /^0(?:3[1-3]|4[1-4]|5[1-5]|6[1-4])/, rest: [7, 8] },
  { prefix: /^050[2-8]/, rest: [7, 8] },
  { prefix: /^0[678]0/, rest: [7, 8] },
  { prefix: /^1[568][0-9]{2}/, rest: [4] },
];

/** The digits of a phone number, by which numbers are compared. */
export const phoneDigits = (phone: string): string => phone.replace(/[^0-9]/g, '');

/** As many as a mask shows. */
const SHOWN_DIGITS = 4;
/** A mobile number as people say it among themselves, without its 010. */
const WITHOUT_PREFIX = /^[0-9]{8}$/;

/** What a searched text is compared with: the end of phone numbers, or these whole numbers. Digits alone. */
export type SearchedPhone =
  | { readonly part: 'end'; readonly digits: string }
  | { readonly part: 'whole'; readonly numbers: readonly string[] };

/**
 * null: the text is compared with no phone number. Only what looks like a number is ("ORD-000042" is not part of one), and only a
 * whole number, or its last four digits, which everybody sees: any other part would tell hidden digits one by one.
 */
export const searchedPhone = (text: string): SearchedPhone | null => {
  if (!/^[0-9+() .-]+$/.test(text)) return null;
  const digits = phoneDigits(text);
  if (digits === '') return null;
  if (digits.length === SHOWN_DIGITS) return { part: 'end', digits };
  const whole = [parsePhone(text), WITHOUT_PREFIX.test(digits) ? parsePhone(`010${digits}`) : null];
  const numbers = whole.filter((phone) => phone !== null).map(phoneDigits);
  return numbers.length === 0 ? null : { part: 'whole', numbers };
};

const LONGEST_WRITTEN = 30;
/** With its invisible signs; measured first, so that a text of megabytes costs nothing. */
const LONGEST_TYPED = 200;
const WRITTEN = /^\+?[0-9 ().-]+$/;

/**
 * A Korean phone number in its usual form, `010-1234-5678`, from what people and files write: with hyphens, spaces,
 * dots or nothing between the digits, full-width or not, national or with +82 (82, 0082), or a mobile number whose zero a
 * spreadsheet took for that of a number. null: it is none.
 */
export const parsePhone = (text: string): string | null => {
  if (text.length > LONGEST_TYPED) return null;
  const written = withHyphens(narrow(text)).trim();
  if (written.length > LONGEST_WRITTEN || !WRITTEN.test(written)) return null;
  const digits = national(written);
  if (digits === null) return null;
  for (const { prefix, rest } of KINDS) {
    const [head] = prefix.exec(digits) ?? [];
    if (head === undefined || !rest.includes(digits.length - head.length)) continue;
    return [head, digits.slice(head.length, -4), digits.slice(-4)].filter((part) => part !== '').join('-');
  }
  return null;
};

/** `1012345678`: no number that is dialled begins with 10. */
const WITHOUT_ZERO = /^10[0-9]{8}$/;

/** Digits as dialled within the country; null: a number of another country. */
const national = (written: string): string | null => {
  const digits = phoneDigits(written);
  if (WITHOUT_ZERO.test(written)) return `0${digits}`;
  const abroad = /^0?0?82/.exec(digits)?.[0];
  const international = written.startsWith('+') || digits.startsWith('0082') || digits.startsWith('82');
  if (!international) return digits;
  if (abroad === undefined) return null;
  // Some write the zero of the area code after the country code, `+82 (0)10`.
  return `0${digits.slice(abroad.length).replace(/^0/, '')}`;
};
