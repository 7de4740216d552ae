import { iso, ms } from '../time/iso.ts';
import { MINUTE_MS } from '../time/units.ts';
import type { LateLevel, Policy } from './policy.ts';
import type { Stage } from './stage.ts';
import { STAGES } from './stage.ts';

export type LateOrder = Exclude<LateLevel, 'normal'>;

/**
 * What is late: the order in its stage, a visit that no technician has begun, one that will not begin in time because its
 * technician's day runs behind, or one without a result although its slot is over.
 */
export type LateWhat = 'stage' | 'not-started' | 'expected' | 'not-finished';

/** `dueAt`: when the order should have left its stage, or its visit begun or ended, at the latest. Times are UTC ISO 8601. */
export type Late = {
  readonly level: LateOrder;
  readonly what: LateWhat;
  readonly dueAt: string;
  /** When a visit that is `expected` to be late will begin; null for everything else. */
  readonly expectedAt: string | null;
};

export type LateVisit = Late & { readonly what: Exclude<LateWhat, 'stage'> };

/**
 * When the visits of today that are still to come will begin, and when they should, by order id, epoch ms. What is not in
 * it begins in time.
 */
export type Forecast = ReadonlyMap<string, { readonly start: number; readonly dueAt: number }>;

/** Where no order waits for its visit to begin, a forecast says nothing. */
export const NO_FORECAST: Forecast = new Map();

/** What lateness is judged by. `now` is epoch ms. */
export type LateReading = {
  readonly now: number;
  readonly policy: Policy;
  readonly forecast: Forecast;
};

/** What of an order says how late it is. Times are UTC ISO 8601. */
type Standing = {
  readonly orderId: string;
  readonly stage: Stage;
  readonly stageSince: string;
  readonly visit: {
    readonly start: string;
    readonly end: string;
    readonly status: 'held' | 'agreed';
  } | null;
};

/** Stages in which an agreed visit waits to begin: not their age but the clock of the visit says what is late. */
const TO_BEGIN: ReadonlySet<Stage> = new Set<Stage>(['scheduled', 'dispatched']);

/** Stages in which an agreed visit may have begun; that its slot is over without a result is all that is certain. */
const TO_END: ReadonlySet<Stage> = new Set<Stage>(['on-site', 'held']);

/** The time of grace after a visit should have begun, ms. */
const graceOf = ({ visits }: Policy): number => visits.graceMinutes * MINUTE_MS;

/**
 * The one rule of late visits. An agreed visit is late when it has not begun within the time of grace after its slot
 * began, or is forecast not to; very late when no technician came while its slot lasted. One that has begun is late when its
 * slot is over. null: in time.
 */
export const lateVisitOf = (
  { orderId, stage, visit }: Pick<Standing, 'orderId' | 'stage' | 'visit'>,
  { now, policy, forecast }: LateReading,
): LateVisit | null => {
  if (visit === null || visit.status !== 'agreed') return null;
  const isOver = now > ms(visit.end);
  if (!TO_BEGIN.has(stage)) {
    if (!TO_END.has(stage) || !isOver) return null;
    return { what: 'not-finished', level: 'hazard', dueAt: visit.end, expectedAt: null };
  }
  const byGrace = ms(visit.start) + graceOf(policy);
  if (now > byGrace || isOver) {
    const level = isOver ? 'critical' : 'hazard';
    return { what: 'not-started', level, dueAt: visit.start, expectedAt: null };
  }
  const expected = forecast.get(orderId)?.start ?? 0;
  if (expected <= byGrace) return null;
  return { what: 'expected', level: 'hazard', dueAt: visit.start, expectedAt: iso(expected) };
};

/** null: in time, or in a stage that has no threshold. */
const lateInStage = ({ stage, stageSince }: Standing, { now, policy }: LateReading): Late | null => {
  const threshold = policy.late[stage];
  if (threshold === undefined) return null;
  const since = ms(stageSince);
  const age = now - since;
  if (age <= threshold.hazard * MINUTE_MS) return null;
  return {
    level: age > threshold.critical * MINUTE_MS ? 'critical' : 'hazard',
    what: 'stage',
    expectedAt: null,
    dueAt: iso(since + threshold.hazard * MINUTE_MS),
  };
};

/**
 * How late an order is: by its age in its stage, or by its visit; the worse of both, then what was due first. null: in
 * time. Every screen and every figure takes it from here, or with `lateBefore`, which is the same as a filter.
 */
export const lateOf = (order: Standing, reading: LateReading): Late | null => {
  const visit = lateVisitOf(order, reading);
  const stage = lateInStage(order, reading);
  if (visit === null || stage === null) return stage ?? visit;
  return worstFirst(visit, stage) < 0 ? visit : stage;
};

/** Compares for sorting: very late before late, then what was due first. */
export const worstFirst = (a: Late, b: Late): number => {
  if (a.level !== b.level) return a.level === 'critical' ? -1 : 1;
  return a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0;
};

/**
 * When an order of one stage is late: it entered the stage before `since`, its agreed visit began before `visitStart` or
 * ended before `visitEnd`, or it is one of `expected`, whose visits will begin late (any of them; null, or none: does not
 * make late). UTC ISO 8601.
 */
export type LateBefore = {
  readonly since: string | null;
  readonly visitStart: string | null;
  readonly visitEnd: string | null;
  readonly expected: readonly string[];
};

/** For `OrderFilter.lateBefore`: the orders that are at least this late, by stage. */
export const lateBefore = (
  { now, policy, forecast }: LateReading,
  level: LateOrder,
): Readonly<Partial<Record<Stage, LateBefore>>> => {
  const grace = graceOf(policy);
  const behind = [...forecast].flatMap(([id, { start, dueAt }]) => (start > dueAt + grace ? [id] : []));
  const before: Partial<Record<Stage, LateBefore>> = {};
  for (const stage of STAGES) {
    const threshold = policy.late[stage];
    const isHazard = level === 'hazard';
    const since = threshold === undefined ? null : iso(now - threshold[level] * MINUTE_MS);
    const isToBegin = TO_BEGIN.has(stage) && isHazard;
    const visitStart = isToBegin ? iso(now - grace) : null;
    const expected = isToBegin ? behind : [];
    const visitEnd = TO_BEGIN.has(stage) || (TO_END.has(stage) && isHazard) ? iso(now) : null;
    if (since !== null || visitStart !== null || visitEnd !== null) {
      before[stage] = { since, visitStart, visitEnd, expected };
    }
  }
  return before;
};
