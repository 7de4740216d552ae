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

/** Whether a text is nothing but Korean initial consonants, as a name is looked for by them. */
export const isInitials = (text: string): boolean => /^[ㄱ-ㅎ]+$/.test(text);

/** The first and the last syllable that begin with each consonant of the text: `ㄱ` -> [`가`, `깋`]. Others are no consonant of a name. */
export const syllablesOf = (text: string): readonly (readonly [first: string, last: string])[] =>
  Array.from(text).flatMap((letter) => {
    const at = INITIALS.indexOf(letter);
    const first = FIRST + at * PER_INITIAL;
    return at < 0
      ? []
      : [[String.fromCodePoint(first), String.fromCodePoint(first + PER_INITIAL - 1)] as const];
  });
