import { weekdayOfWord } from './weekday.ts';
import { addDays, weekdayOfDate } from './zone.ts';

const DAYS_AWAY: Readonly<Record<string, number>> = {
  today: 0,
  tomorrow: 1,
  yesterday: -1,
  오늘: 0,
  내일: 1,
  모레: 2,
  글피: 3,
  어제: -1,
};

/**
 * A day in words, as a local date: `2026-11-24` (not checked to exist), `today`, `tomorrow`, `내일`, `모레`, `wed`, `수요일`.
 * `weekly` is true for a weekday, which means the next one, today included. null: it is no day.
 */
export const parseDay = (
  word: string,
  today: string,
): { readonly date: string; readonly weekly: boolean } | null => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(word)) return { date: word, weekly: false };
  const away = Object.hasOwn(DAYS_AWAY, word) ? DAYS_AWAY[word] : undefined;
  if (away !== undefined) return { date: addDays(today, away), weekly: false };
  const weekday = weekdayOfWord(word);
  if (weekday === null) return null;
  return { date: addDays(today, (weekday - weekdayOfDate(today) + 7) % 7), weekly: true };
};
