import type { Weekday } from './weekday.ts';
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

const ENGLISH: Readonly<Record<string, Weekday>> = {
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
  sunday: 7,
};
const KOREAN = '월화수목금토일';
const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

const weekdayOf = (word: string): Weekday | null => {
  const korean = /^([월화수목금토일])(?:요일)?$/.exec(word)?.[1];
  if (korean !== undefined) return WEEKDAYS[KOREAN.indexOf(korean)] ?? null;
  if (!/^[a-z]{3,}$/.test(word)) return null;
  const name = Object.keys(ENGLISH).find((full) => full.startsWith(word));
  return name === undefined ? null : (ENGLISH[name] ?? null);
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
  const weekday = weekdayOf(word);
  if (weekday === null) return null;
  return { date: addDays(today, (weekday - weekdayOfDate(today) + 7) % 7), weekly: true };
};
