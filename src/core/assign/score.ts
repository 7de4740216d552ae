import type { PartOfDay } from '../order/events.ts';
import type { PlanWeights } from '../rules/policy.ts';
import { type Span, slotOf } from '../scheduling/slots.ts';
import type { Technician } from '../technicians/technician.ts';
import type { DayLoad } from './calendar.ts';
import type { ReasonCode } from './reason.ts';
import type { RankedVisit } from './types.ts';

/** Where ways are not known, each further visit in the area that day counts as so many minutes of driving saved. */
const SAME_AREA_MINUTES = 20;
const SAME_AREA_COUNTED = 3;

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

/** The points of `policy.plan`, so that one visit is chosen by what a whole plan is made by. */
export const scoreOf = (
  technician: Technician,
  load: DayLoad,
  daysLater: number,
  {
    wish,
    travelAdded,
    weights,
  }: {
    readonly wish: Pick<Wish, 'met'> | null;
    /** Minutes; null: ways are not known. */
    readonly travelAdded: number | null;
    readonly weights: PlanWeights;
  },
): number =>
  (wish?.met === true ? weights.wish : 0) -
  daysLater * weights.dayLater -
  (travelAdded ?? -savedInArea(load)) * weights.travelMinute -
  fullerDay(load.visits, technician.dailyLimit, weights);

const savedInArea = ({ sameArea }: Pick<DayLoad, 'sameArea'>): number =>
  Math.min(sameArea, SAME_AREA_COUNTED) * SAME_AREA_MINUTES;

/** What one visit more costs a day that has so many: more, the fuller it is. */
export const fullerDay = (visits: number, limit: number, { fullDay }: Pick<PlanWeights, 'fullDay'>): number =>
  Math.floor((fullDay * (2 * visits + 1)) / Math.max(1, limit));

/** No visit of that day or a later one can have more. */
export const bestPossible = (daysLater: number, isWished: boolean, weights: PlanWeights): number =>
  (isWished ? weights.wish : 0) -
  daysLater * weights.dayLater +
  SAME_AREA_COUNTED * SAME_AREA_MINUTES * weights.travelMinute;

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
