/** ISO weekday, 1 Monday to 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

const ENGLISH = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const KOREAN = ['월', '화', '수', '목', '금', '토', '일'];

/** Short names: `Wed`, `수`. */
export const weekdayName = (weekday: Weekday, lang: 'en' | 'ko'): string =>
  (lang === 'ko' ? KOREAN[weekday - 1] : ENGLISH[weekday - 1]?.slice(0, 3)) ?? '';

/** The weekday that a word names: `wed` to `wednesday` in any case, `수` or `수요일`; null: none. */
export const weekdayOfWord = (word: string): Weekday | null => {
  const lower = word.toLowerCase();
  const english = lower.length < 3 ? -1 : ENGLISH.findIndex((name) => name.toLowerCase().startsWith(lower));
  const korean = KOREAN.indexOf(word.replace(/요일$/, ''));
  return WEEKDAYS[Math.max(english, korean)] ?? null;
};
