import type { Span } from '../scheduling/slots.ts';
import { HOUR_MS, MINUTE_MS } from '../time/units.ts';
import type { Travel } from '../travel/travel.ts';
import type { Busy } from './calendar.ts';

/** A visit somewhere, as the road sees it. */
export type Stop = Span & { readonly orderId: string; readonly area: string | null };

/** What a technician's day is like before its first visit. */
export type RoadDay = {
  /** Where the day begins and ends; null: not known, then the first visit begins it. */
  readonly base: string | null;
  /** Working time, epoch ms; null: a day off. */
  readonly working: Span | null;
  readonly travel: Travel;
  /** Minutes of a break that a long day has; kept free only where ways are known. */
  readonly breakMinutes: number;
};

/** What a visit breaks between its neighbours. BUSY: two at once. TRAVEL: the way takes longer. BREAK: no time to eat. */
export type RoadRule = 'BUSY' | 'TRAVEL' | 'BREAK';

type Neighbours = { readonly before: Stop | null; readonly after: Stop | null };

/** Who is visited just before and after; null: two visits at once. What `stop.orderId` itself occupies is ignored. */
const neighboursOf = (busy: readonly Busy[], stop: Stop): Neighbours | null => {
  let before: Busy | null = null;
  let after: Busy | null = null;
  for (const one of busy) {
    if (one.orderId === stop.orderId) continue;
    if (one.start < stop.end && stop.start < one.end) return null;
    if (one.end <= stop.start) {
      if (before === null || one.end > before.end) before = one;
    } else if (after === null || one.start < after.start) after = one;
  }
  return { before, after };
};

/** Whether a technician gets from one to the other in the time between them. */
const isDrivable = (
  from: { readonly end: number; readonly area: string | null },
  to: { readonly start: number; readonly area: string | null },
  travel: Travel,
): boolean => {
  const minutes = travel.minutes(from.area, to.area);
  return minutes !== null && to.start - from.end >= minutes * MINUTE_MS;
};

/**
 * The rule that a visit breaks on the road; null: none. It looks at both neighbours, and at the base where there is none:
 * the one place in which every way of coming by a visit asks this.
 */
export const roadBroken = (busy: readonly Busy[], stop: Stop, day: RoadDay): RoadRule | null => {
  const neighbours = neighboursOf(busy, stop);
  if (neighbours === null) return 'BUSY';
  const { before, after } = neighbours;
  const { base, working, travel } = day;
  const home = base === null || working === null ? null : { ...working, area: base };
  const from = before ?? (home && { end: home.start, area: home.area });
  const to = after ?? (home && { start: home.end, area: home.area });
  if (from !== null && !isDrivable(from, stop, travel)) return 'TRAVEL';
  if (to !== null && !isDrivable(stop, to, travel)) return 'TRAVEL';
  return isBreakLost(busy, stop, day) ? 'BREAK' : null;
};

/**
 * No visit there begins sooner or ends later, whatever lies before and after it: a bound, worked out once a day, that spares
 * `roadBroken` the hours in which nobody can be there.
 */
export const reachOf = (
  busy: readonly Busy[],
  { orderId, area }: Pick<Stop, 'orderId' | 'area'>,
  { base, working, travel }: RoadDay,
): Span => {
  if (base === null || working === null) {
    return { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };
  }
  const way = (from: string | null, to: string | null): number =>
    (travel.minutes(from, to) ?? Number.POSITIVE_INFINITY) * MINUTE_MS;
  let start = working.start + way(base, area);
  let end = working.end - way(area, base);
  for (const one of busy) {
    if (one.orderId === orderId) continue;
    start = Math.min(start, one.end + way(one.area, area));
    end = Math.max(end, one.start - way(area, one.area));
  }
  return { start, end };
};

/** Minutes of driving that the visit adds to the day; null: not known. */
export const travelAdded = (busy: readonly Busy[], stop: Stop, { base, travel }: RoadDay): number | null => {
  const neighbours = neighboursOf(busy, stop);
  if (neighbours === null) return null;
  const from = neighbours.before?.area ?? base;
  const to = neighbours.after?.area ?? base;
  const hasFrom = neighbours.before !== null || base !== null;
  const hasTo = neighbours.after !== null || base !== null;
  const there = hasFrom ? travel.minutes(from, stop.area) : 0;
  const on = hasTo ? travel.minutes(stop.area, to) : 0;
  const direct =
    hasFrom && hasTo && !(neighbours.before === null && neighbours.after === null)
      ? travel.minutes(from, to)
      : 0;
  return there === null || on === null || direct === null ? null : there + on - direct;
};

/** A day as long as this has a break. */
const BREAK_FROM_MS = 8 * HOUR_MS;

/** Whether the day has time for its break; null: it needs none. */
export const hasBreak = (busy: readonly Stop[], day: RoadDay): boolean | null => {
  const { working, travel, breakMinutes } = day;
  if (travel.version === null || breakMinutes === 0 || working === null) return null;
  if (working.end - working.start < BREAK_FROM_MS) return null;
  const stops = busy
    .filter(({ start, end }) => end > working.start && start < working.end)
    .sort((a, b) => a.start - b.start);
  return breakFits(stops, working, day);
};

/** Whether the day had time for its break before this visit, and has none with it. */
const isBreakLost = (busy: readonly Busy[], stop: Stop, day: RoadDay): boolean => {
  const others = busy.filter(({ orderId }) => orderId !== stop.orderId);
  return hasBreak([...others, stop], day) === false && hasBreak(others, day) === true;
};

/** A break lies in the middle half of the working time, before or after the way to the next visit. */
const breakFits = (
  stops: readonly Stop[],
  working: Span,
  { base, travel, breakMinutes }: RoadDay,
): boolean => {
  const quarter = (working.end - working.start) / 4;
  const middle = { start: working.start + quarter, end: working.end - quarter };
  const fits = (start: number, end: number): boolean =>
    Math.min(end, middle.end) - Math.max(start, middle.start) >= breakMinutes * MINUTE_MS;
  let end = working.start;
  let area: string | null | undefined = base ?? undefined;
  for (const stop of stops) {
    const way = area === undefined ? 0 : (travel.minutes(area, stop.area) ?? 0) * MINUTE_MS;
    if (fits(end, stop.start - way) || fits(end + way, stop.start)) return true;
    end = Math.max(end, stop.end);
    area = stop.area;
  }
  const home = base === null || area === undefined ? 0 : (travel.minutes(area, base) ?? 0) * MINUTE_MS;
  return fits(end, working.end - home) || fits(end + home, working.end);
};
