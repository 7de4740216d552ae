import type { Span } from '../scheduling/slots.ts';
import { MINUTE_MS } from '../time/units.ts';
import type { RoadDay, Stop } from './road.ts';

/** One way of a technician's day. */
export type RoadLeg = {
  /** The orders between which it lies; null: the base. */
  readonly from: string | null;
  readonly to: string | null;
  /** null: no technician drives there in a day. */
  readonly minutes: number | null;
  /** Along roads, as estimated; null: not known. */
  readonly metres: number | null;
  /** When the technician drives it at the latest, epoch ms; null: no one drives it. */
  readonly span: Span | null;
  /** false: there is less time than it takes. */
  readonly isDrivable: boolean;
};

/** All ways of a day, by time. */
export type DayRoad = {
  readonly legs: readonly RoadLeg[];
  readonly minutes: number;
  readonly metres: number;
};

type End = { readonly orderId: string | null; readonly area: string | null; readonly at: number };

/** The ways of a technician's day as its visits stand. `stops`: the visits of the day. */
export const dayRoad = (stops: readonly Stop[], { base, working, travel }: RoadDay): DayRoad => {
  if (stops.length === 0) return { legs: [], minutes: 0, metres: 0 };
  const sorted = [...stops].sort((a, b) => a.start - b.start || a.end - b.end);
  const home = base === null || working === null ? null : { orderId: null, area: base };
  const ends: { readonly from: End; readonly to: End }[] = [];
  let before: End | null = home && working && { ...home, at: working.start };
  for (const { orderId, area, start, end } of sorted) {
    if (before !== null) ends.push({ from: before, to: { orderId, area, at: start } });
    before = { orderId, area, at: end };
  }
  if (home !== null && working !== null && before !== null)
    ends.push({ from: before, to: { ...home, at: working.end } });
  const legs = ends.map(({ from, to }): RoadLeg => {
    const minutes = travel.minutes(from.area, to.area);
    const span = minutes === null ? null : { start: to.at - minutes * MINUTE_MS, end: to.at };
    const metres = travel.metres(from.area, to.area);
    const isDrivable = span !== null && from.at <= span.start;
    return { from: from.orderId, to: to.orderId, minutes, metres, span, isDrivable };
  });
  return {
    legs,
    minutes: legs.reduce((sum, leg) => sum + (leg.minutes ?? 0), 0),
    metres: legs.reduce((sum, leg) => sum + (leg.metres ?? 0), 0),
  };
};
