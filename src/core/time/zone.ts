import { offsetAt } from './offset.ts';
import { DAY_MS, MINUTE_MS } from './units.ts';
import type { Weekday } from './weekday.ts';

/** A moment as the clock on the wall shows it. */
export type LocalTime = {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Minutes of the day, 0 to 1439. Seconds are cut off. */
  readonly minutes: number;
  readonly weekday: Weekday;
};

/** Every local day so far, once: callers need the same few hundred days again and again. */
const days = new Map<number, { readonly date: string; readonly weekday: Weekday }>();
const DAYS_KEPT = 20_000;

/** ISO weekdays by days since 1970-01-01 (a Thursday), modulo 7. */
const WEEKDAYS: readonly Weekday[] = [4, 5, 6, 7, 1, 2, 3];
const weekdayOf = (day: number): Weekday => WEEKDAYS[((day % 7) + 7) % 7] ?? 1;

const dayOf = (day: number): { readonly date: string; readonly weekday: Weekday } => {
  const known = days.get(day);
  if (known !== undefined) return known;
  if (days.size >= DAYS_KEPT) days.clear();
  const made = {
    date: new Date(day * DAY_MS).toISOString().slice(0, 10),
    weekday: weekdayOf(day),
  };
  days.set(day, made);
  return made;
};

/** Days since 1970-01-01 of a date `YYYY-MM-DD`. Throws RangeError on a text that is no date. */
export const dayNumber = (date: string): number => {
  const at = Date.parse(`${date}T00:00:00.000Z`);
  if (Number.isNaN(at)) throw new RangeError(`not a date: ${date}`);
  return at / DAY_MS;
};

/** Throws RangeError on a zone that Intl does not know. */
export const toLocal = (epochMs: number, tz: string): LocalTime => {
  const wall = epochMs + offsetAt(epochMs, tz);
  const day = Math.floor(wall / DAY_MS);
  const { date, weekday } = dayOf(day);
  return { date, minutes: Math.floor((wall - day * DAY_MS) / MINUTE_MS), weekday };
};

/**
 * The moment of a local date and minute of the day (1440 is the next midnight). A time that happens twice when clocks
 * go back is the first of the two. A time that never happens when clocks go forward has `exact` false and is moved
 * forward by the length of the gap.
 */
export const fromLocal = (
  date: string,
  minutes: number,
  tz: string,
): { readonly at: number; readonly exact: boolean } => {
  const wall = dayNumber(date) * DAY_MS + minutes * MINUTE_MS;
  const before = offsetAt(wall - DAY_MS, tz);
  const after = offsetAt(wall + DAY_MS, tz);
  // Before a change of clocks the earlier offset holds, so the larger one gives the first of two candidates.
  for (const offset of [Math.max(before, after), Math.min(before, after)]) {
    if (offsetAt(wall - offset, tz) === offset) return { at: wall - offset, exact: true };
  }
  return { at: wall - before, exact: false };
};

/** Throws RangeError on a text that is no date. */
export const addDays = (date: string, n: number): string => dayOf(dayNumber(date) + n).date;

export const weekdayOfDate = (date: string): Weekday => dayOf(dayNumber(date)).weekday;

const two = (n: number): string => String(n).padStart(2, '0');

/** Minutes of the day as `14:00`. */
export const clockTime = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** `2026-11-24 14:00` */
export const formatLocal = (epochMs: number, tz: string): string => {
  const { date, minutes } = toLocal(epochMs, tz);
  return `${date} ${clockTime(minutes)}`;
};
