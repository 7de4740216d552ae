import type { PartOfDay } from '../order/events.ts';
import { type Span, slotOf } from '../scheduling/slots.ts';
import type { Technician } from '../technicians/technician.ts';
import type { DayLoad } from './calendar.ts';
import type { ReasonCode } from './reason.ts';
import type { RankedVisit } from './types.ts';

/**
 * Points. A day later costs as much as it costs a customer's patience; the wished part of the day is worth three days of
 * waiting; visits in one area (saved travel) and an even load decide within a day and never outweigh one.
 */
const WISH = 30;
const DAY_LATER = 10;
const SAME_AREA = 2;
const SAME_AREA_COUNTED = 3;
const FULL_DAY = 3;
/** So many minutes of driving cost a point, where ways are known; then they say what visits in one area only guess. */
const TRAVEL_MINUTES = 6;

/** The part of the day that is wished, and whether it is met. */
export type Wish = { readonly part: PartOfDay; readonly met: boolean };

/** One technician, one day, one time that break no hard rule. */
export type Scored = {
  readonly visit: Span;
  readonly technician: Technician;
  readonly load: DayLoad;
  /** Days after the first day searched. */
  readonly daysLater: number;
  /** null: none is wished. */
  readonly wish: Wish | null;
  /** Minutes of driving that it adds to the day, by which data; null: ways are not known. */
  readonly travel: { readonly added: number; readonly version: string } | null;
  readonly score: number;
};

export const scoreOf = (
  technician: Technician,
  load: DayLoad,
  daysLater: number,
  { wish, travelAdded }: { readonly wish: Pick<Wish, 'met'> | null; readonly travelAdded: number | null },
): number =>
  (wish?.met === true ? WISH : 0) -
  daysLater * DAY_LATER +
  (travelAdded === null
    ? Math.min(load.sameArea, SAME_AREA_COUNTED) * SAME_AREA
    : -Math.ceil(travelAdded / TRAVEL_MINUTES)) -
  Math.round((FULL_DAY * load.visits) / technician.dailyLimit);

/** No visit of that day or a later one can have more. */
export const bestPossible = (daysLater: number, wished: boolean): number =>
  (wished ? WISH : 0) - daysLater * DAY_LATER + SAME_AREA_COUNTED * SAME_AREA;

/** Better first. Equal scores: the earlier start, then the lighter load, then the technician id, so that the answer is always the same. */
export const compareScored = (a: Scored, b: Scored): number =>
  b.score - a.score ||
  a.visit.start - b.visit.start ||
  a.load.visits - b.load.visits ||
  (a.technician.technicianId < b.technician.technicianId ? -1 : 1);

/** `earliest`: the earliest start (epoch ms) of all that are possible for the order; null: the caller does not need it. */
export const rankedVisit = (scored: Scored, earliest: number | null): RankedVisit => {
  const { technician, visit } = scored;
  return {
    slot: slotOf(visit),
    technicianId: technician.technicianId,
    score: scored.score,
    reasons: reasonsOf(scored, earliest),
  };
};

const reasonsOf = (
  { wish, load, technician, visit, travel }: Scored,
  earliest: number | null,
): readonly ReasonCode[] => {
  const reasons: ReasonCode[] = [];
  if (wish !== null) reasons.push(wish.met ? `wish:${wish.part}` : `wish-missed:${wish.part}`);
  if (earliest !== null && visit.start <= earliest) reasons.push('earliest');
  if (load.sameArea > 0) reasons.push(`same-area:${load.sameArea}`);
  if (travel !== null) reasons.push(`travel:${travel.added}@${travel.version}`);
  reasons.push(`load:${load.visits}/${technician.dailyLimit}`);
  return reasons;
};
