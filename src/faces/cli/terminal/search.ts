const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
const FIRST = 0xac00;
const LAST = 0xd7a3;
const PER_INITIAL = 588;

/** The Korean initial consonants of a text, other characters left as they are: `홍길동` -> `ㅎㄱㄷ`. */
export const initials = (text: string): string =>
  Array.from(text.normalize('NFC'), (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code >= FIRST && code <= LAST
      ? (INITIALS[Math.floor((code - FIRST) / PER_INITIAL)] ?? letter)
      : letter;
  }).join('');

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
  (/^[ㄱ-ㅎ]+$/.test(word) && initials(text).includes(word));
