/** How a word ends when it is read: with a vowel, with a consonant, or with ㄹ, after which it is 로 and not 으로. */
export type Ending = 'open' | 'closed' | 'rieul';

/** Both forms of each particle as a text writes it, after a consonant and after a vowel. */
const FORMS: Readonly<Record<string, readonly [closed: string, open: string]>> = {
  '은(는)': ['은', '는'],
  '이(가)': ['이', '가'],
  '을(를)': ['을', '를'],
  '와(과)': ['과', '와'],
  '(으)로': ['으로', '로'],
  '(이)나': ['이나', '나'],
  '(이)라': ['이라', '라'],
};

const MARK = /(은\(는\)|이\(가\)|을\(를\)|와\(과\)|\(으\)로|\(이\)나|\(이\)라)/;

/**
 * A Korean text with values in it: a particle that is written with both forms, as in `${path}이(가) 없습니다`, becomes the one
 * that fits what stands before it. Only the marks of the text itself are read, never those of a value.
 */
export const ko = (literals: TemplateStringsArray, ...values: readonly (string | number)[]): string =>
  literals.reduce((text, literal, i) => `${withParticles(text, literal)}${values[i] ?? ''}`, '');

const withParticles = (before: string, literal: string): string =>
  literal
    .split(MARK)
    .reduce((text, part) => text + (Object.hasOwn(FORMS, part) ? fitting(part, text) : part), before);

const fitting = (mark: string, before: string): string => {
  const [closed, open] = FORMS[mark] ?? ['', ''];
  const ending = endingOf(before);
  return ending === 'open' || (ending === 'rieul' && mark === '(으)로') ? open : closed;
};

/** Nothing further back is looked at: a value may be long. */
const FAR = 200;

/**
 * How a text ends when it is read out. Numbers are read in Korean, capitals by their names, other Latin words roughly as
 * they sound; what a mask hides, quotes and punctuation are not read, nor is an aside in round brackets.
 */
export const endingOf = (text: string): Ending => {
  let rest = text.slice(-FAR).normalize('NFC');
  for (;;) {
    rest = withoutAside(rest.trimEnd());
    const last = rest.at(-1);
    if (last === undefined) return 'open';
    if (READ.test(last)) return endingOfWord(rest, last);
    rest = rest.slice(0, -last.length);
  }
};

const READ = /[\p{L}\p{N}%]/u;

const withoutAside = (text: string): string => {
  if (!text.endsWith(')')) return text;
  const opens = text.lastIndexOf('(');
  return opens > 0 && READ.test(text.slice(0, opens)) ? text.slice(0, opens).trimEnd() : text;
};

const endingOfWord = (text: string, last: string): Ending => {
  if (last >= '가' && last <= '힣') return endingOfSyllable(last);
  if (/\d/.test(last)) return endingOfDigit(last);
  if (LATIN.test(last)) return endingOfLatin(lastLatin(text));
  if (/[ㄱ-ㅎ]/.test(last)) return last === 'ㄹ' ? 'rieul' : 'closed';
  return 'open';
};

const LATIN = /[a-z]/i;

const lastLatin = (text: string): string => {
  let from = text.length;
  while (from > 0 && LATIN.test(text.charAt(from - 1))) from -= 1;
  return text.slice(from);
};

/** Syllables are ordered so that each vowel is followed by its 27 final consonants, ㄹ the eighth. */
const FINALS = 28;
const RIEUL = 8;

const endingOfSyllable = (syllable: string): Ending => {
  const final = ((syllable.codePointAt(0) ?? 0) - 0xac00) % FINALS;
  if (final === 0) return 'open';
  return final === RIEUL ? 'rieul' : 'closed';
};

/** 영 일 이 삼 사 오 육 칠 팔 구. */
const endingOfDigit = (digit: string): Ending => {
  if ('178'.includes(digit)) return 'rieul';
  return '036'.includes(digit) ? 'closed' : 'open';
};

const endingOfLatin = (word: string): Ending =>
  word === word.toUpperCase() || word.length === 1 || !/[aeiouy]/i.test(word)
    ? endingOfLetter(word.slice(-1).toUpperCase())
    : endingOfSound(word.toLowerCase());

/** 엘, 알; 엠, 엔; the names of all others end with a vowel. */
const endingOfLetter = (letter: string): Ending => {
  if ('LR'.includes(letter)) return 'rieul';
  return 'MN'.includes(letter) ? 'closed' : 'open';
};

/** 파일, 테이블; 라인, 네임, 빌링; 백업, 인터넷, 로그아웃, 락; else as 워커, 포트, 배치. */
const endingOfSound = (word: string): Ending => {
  if (/le?$/.test(word)) return 'rieul';
  if (/(?:[mn]e?|ng)$/.test(word)) return 'closed';
  return /(?:(?<![aeiou])[aeiou][bckpt]|out|[aou]ck)$/.test(word) ? 'closed' : 'open';
};
