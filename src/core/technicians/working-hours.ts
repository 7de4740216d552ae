import type { FileFault } from '../codes/file-fault.ts';
import type { DaySpan } from '../time/day-span.ts';
import { daySpanText, parseDaySpan } from '../time/day-span.ts';
import { WEEKDAYS, type Weekday, weekdayName } from '../time/weekday.ts';
import type { Technician } from './technician.ts';

type Hours = Technician['hours'];

/** Longer text is no working hours, and would be slow to refuse. */
const LONGEST = 300;

/** Short names alone: a file is read back as it was written. */
const dayOf = (word: string): Weekday | null => {
  const name = word.trim().toLowerCase();
  const isNamed = (day: Weekday): boolean =>
    name === weekdayName(day, 'en').toLowerCase() || name === weekdayName(day, 'ko');
  return WEEKDAYS.find(isNamed) ?? null;
};

/** `Mon`, `Mon-Fri`, `Sat-Mon`, or several with commas between; null: unreadable. */
const daysOf = (text: string): readonly Weekday[] | null => {
  const days: Weekday[] = [];
  for (const part of text.split(',')) {
    const [first, last = first, more] = part.split('-').map(dayOf);
    if (first === undefined || first === null || last === null || last === undefined || more !== undefined)
      return null;
    const length = ((last - first + 7) % 7) + 1;
    for (let i = 0; i < length; i++) days.push(WEEKDAYS[(first - 1 + i) % 7] ?? first);
  }
  return days;
};

/**
 * Working hours as a file writes them: `Mon-Sat 09:00-18:00`, several with `;` between
 * (`Mon-Fri 09:00-18:00; Sat 10:00-14:00`). A weekday that is not named is off, one that is named twice an error.
 */
export const parseHours = (
  text: string,
): { readonly ok: true; readonly hours: Hours } | { readonly ok: false; readonly reason: FileFault } => {
  if (text.length > LONGEST) return { ok: false, reason: { code: 'TOO_LONG', most: LONGEST } };
  const hours: Partial<Record<Weekday, DaySpan>> = {};
  for (const part of text.split(';')) {
    const [, dayText = '', spanText = ''] = /^\s*(\S.*?)\s+([0-9:\s-]+)$/.exec(part) ?? [];
    const days = daysOf(dayText);
    const span = parseDaySpan(spanText);
    if (days === null || span === null) {
      return { ok: false, reason: { code: 'NOT_HOURS', text: part.trim().slice(0, 40) } };
    }
    for (const day of days) {
      if (hours[day] !== undefined) return { ok: false, reason: { code: 'DAY_TWICE', weekday: day } };
      hours[day] = span;
    }
  }
  return { ok: true, hours };
};

/** The inverse: neighbouring days with the same hours are joined. */
export const hoursText = (hours: Hours): string => {
  const groups: { first: Weekday; last: Weekday; text: string }[] = [];
  for (const day of WEEKDAYS) {
    const span = hours[day];
    if (span === undefined) continue;
    const text = daySpanText(span);
    const group = groups.at(-1);
    if (group !== undefined && group.last === day - 1 && group.text === text) group.last = day;
    else groups.push({ first: day, last: day, text });
  }
  const name = (day: Weekday): string => weekdayName(day, 'en');
  return groups
    .map(
      ({ first, last, text }) => `${first === last ? name(first) : `${name(first)}-${name(last)}`} ${text}`,
    )
    .join('; ');
};
