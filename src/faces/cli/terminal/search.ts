import { initials, isInitials } from '../../../core/values/initials.ts';

const fold = (text: string): string => text.normalize('NFC').toLowerCase();
const digits = (text: string): string => text.replace(/\D/g, '');

/**
 * True when every word of the term is found in one of the texts: as it is, by its digits (the last four of a phone
 * number, `42` in `ORD-000042`), or by Korean initial consonants.
 */
export const matches = (term: string, texts: readonly string[]): boolean =>
  fold(term)
    .split(/\s+/)
    .filter((word) => word !== '')
    .every((word) => texts.some((text) => matchesWord(word, text)));

const matchesWord = (word: string, text: string): boolean =>
  fold(text).includes(word) ||
  (/^[\d-]+$/.test(word) && digits(word) !== '' && digits(text).includes(digits(word))) ||
  (isInitials(word) && initials(text).includes(word));
