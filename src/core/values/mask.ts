import { withoutInvisible } from './invisible.ts';

export const KOREAN = /^[\p{Script=Hangul}\p{Script=Han}]+$/u;

/**
 * Of a name only its edge is left: `홍길동` -> `홍*동`, `김솔` -> `김*`, `John Smith` -> `J*** S***`. A Korean name is one word, however
 * it is spaced: `이 솔` -> `이*`.
 */
export const maskName = (name: string): string => {
  const words = withoutInvisible(name)
    .normalize('NFC')
    .split(/[\s,.·]+/)
    .filter((word) => word !== '');
  const joined = words.join('');
  if (KOREAN.test(joined)) return maskShort(joined);
  return words.map(maskWord).join(' ');
};

const maskShort = (text: string): string => {
  const letters = Array.from(text);
  const [first = ''] = letters;
  const last = letters.at(-1) ?? '';
  if (letters.length <= 1) return '*';
  return letters.length === 2 ? `${first}*` : `${first}${'*'.repeat(letters.length - 2)}${last}`;
};

/** A word of one letter would be left whole, and a digit begins no name. */
const maskWord = (word: string): string => {
  const [first = '', second] = Array.from(word);
  return second === undefined || !/^\p{L}$/u.test(first) ? '***' : `${first}***`;
};

/** The middle digits are hidden: `010-1234-5678` -> `010-****-5678`. What is too short for that is hidden whole. */
export const maskPhone = (phone: string): string => {
  const digits = phone.replace(/\D/g, '');
  if (digits.length < 9) return '****';
  const prefix = digits.startsWith('02') ? 2 : 3;
  return `${digits.slice(0, prefix)}-${'*'.repeat(digits.length - prefix - 4)}-${digits.slice(-4)}`;
};

/** Provinces and cities as they are written short. */
const SHORT = '서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주'.split(
  ' ',
);
const HANGUL = /^\p{Script=Hangul}{2,7}$/u;

/** A province, a city, a county or a district, as addresses begin. */
export const isPlace = (word: string): boolean =>
  SHORT.includes(word) || (HANGUL.test(word) && '시도군구'.includes(word.slice(-1)));

const MOST_PLACES = 2;

/**
 * Only the province or city and the district stay, and only where the address begins with them: `경기도 성남시 분당구 황새울로 117`
 * -> `경기도 성남시 ***`, `테헤란로 152 101동 1203호` -> `***`.
 */
export const maskAddress = (address: string): string => {
  const words = withoutInvisible(address)
    .normalize('NFC')
    .trim()
    .split(/[\s,()]+/);
  const other = words.findIndex((word) => !isPlace(word));
  const places = words.slice(0, Math.min(MOST_PLACES, other < 0 ? 0 : other));
  return [...places, '***'].join(' ');
};
