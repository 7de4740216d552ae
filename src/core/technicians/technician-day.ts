import { type Span, spanOf } from '../scheduling/slots.ts';
import { addDays, fromLocal, weekdayOfDate } from '../time/zone.ts';
import type { Occupied, Technician } from './technician.ts';

/** Working time on a local date, epoch ms; null: a day off. */
export const workingSpan = (technician: Technician, date: string, tz: string): Span | null => {
  const hours = technician.hours[weekdayOfDate(date)];
  if (hours === undefined || !technician.active || technician.daysOff.includes(date)) return null;
  return { start: fromLocal(date, hours.from, tz).at, end: fromLocal(date, hours.to, tz).at };
};

/** The local day from midnight to midnight, epoch ms. */
export const daySpan = (date: string, tz: string): Span => ({
  start: fromLocal(date, 0, tz).at,
  end: fromLocal(addDays(date, 1), 0, tz).at,
});

/**
 * Gaps of the working time in which a visit of `leastMinutes` fits beside the others with the travel between them.
 * Ascending; the times are those at which a visit may begin and end.
 */
export const freeGaps = (
  working: Span,
  visits: readonly Occupied[],
  { travelMinutes, leastMinutes }: { readonly travelMinutes: number; readonly leastMinutes: number },
): readonly Span[] => {
  const travel = travelMinutes * 60_000;
  const busy = visits.map(({ slot }) => spanOf(slot)).sort((a, b) => a.start - b.start);
  const gaps: Span[] = [];
  let start = working.start;
  for (const one of busy) {
    gaps.push({ start, end: Math.min(one.start - travel, working.end) });
    start = Math.max(start, one.end + travel);
  }
  gaps.push({ start, end: working.end });
  return gaps.filter((gap) => gap.end - gap.start >= leastMinutes * 60_000);
};
