import { iso, ms } from '../time/iso.ts';
import { MINUTE_MS } from '../time/units.ts';
import type { LateLevel, Policy } from './policy.ts';
import type { Stage } from './stage.ts';
import { STAGES } from './stage.ts';

export type LateOrder = Exclude<LateLevel, 'normal'>;

/** `dueAt`: when the order should have left its stage, or its visit begun or ended, at the latest, UTC ISO. */
export type Late = { readonly level: LateOrder; readonly dueAt: string };

/** An agreed visit that no technician has begun, or that has no result although its slot is over. `dueAt` is UTC ISO. */
export type LateVisit = Late & { readonly what: 'not-started' | 'not-finished' };

/** What of an order says how late it is. Times are UTC ISO 8601. */
type Standing = {
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

/**
 * The one rule of late visits. An agreed visit is late when it has not begun within the time of grace after its slot
 * began, very late when no technician came while its slot lasted; one that has begun is late when its slot is over. null: in time.
 * `now` is epoch ms.
 */
export const lateVisitOf = (
  { stage, visit }: Pick<Standing, 'stage' | 'visit'>,
  now: number,
  policy: Policy,
): LateVisit | null => {
  if (visit === null || visit.status !== 'agreed') return null;
  const isOver = now > ms(visit.end);
  if (TO_BEGIN.has(stage)) {
    const isDue = now > ms(visit.start) + policy.visits.graceMinutes * MINUTE_MS;
    if (!isDue && !isOver) return null;
    return { what: 'not-started', level: isOver ? 'critical' : 'hazard', dueAt: visit.start };
  }
  return TO_END.has(stage) && isOver ? { what: 'not-finished', level: 'hazard', dueAt: visit.end } : null;
};

/** null: in time, or in a stage that has no threshold. `now` is epoch ms. */
const lateInStage = ({ stage, stageSince }: Standing, now: number, policy: Policy): Late | null => {
  const threshold = policy.late[stage];
  if (threshold === undefined) return null;
  const since = ms(stageSince);
  const age = now - since;
  if (age <= threshold.hazard * MINUTE_MS) return null;
  return {
    level: age > threshold.critical * MINUTE_MS ? 'critical' : 'hazard',
    dueAt: iso(since + threshold.hazard * MINUTE_MS),
  };
};

/**
 * How late an order is: by its age in its stage, or by its visit; the worse of both, then what was due first. null: in
 * time. Every screen and every figure asks here, or with `lateBefore`, which is the same as a filter. `now` is epoch ms.
 */
export const lateOf = (order: Standing, now: number, policy: Policy): Late | null => {
  const visit = lateVisitOf(order, now, policy);
  const stage = lateInStage(order, now, policy);
  if (visit === null || stage === null) return stage ?? (visit && lateOnly(visit));
  if (visit.level !== stage.level) return visit.level === 'critical' ? lateOnly(visit) : stage;
  return visit.dueAt < stage.dueAt ? lateOnly(visit) : stage;
};

const lateOnly = ({ level, dueAt }: LateVisit): Late => ({ level, dueAt });

/**
 * When an order of one stage is late: it entered the stage before `since`, or its agreed visit began before `visitStart`
 * or ended before `visitEnd` (any of them; null: does not make late). UTC ISO 8601.
 */
export type LateBefore = {
  readonly since: string | null;
  readonly visitStart: string | null;
  readonly visitEnd: string | null;
};

/** For `OrderFilter.lateBefore`: the orders that are at least this late, by stage. */
export const lateBefore = (
  now: number,
  policy: Policy,
  level: LateOrder,
): Readonly<Partial<Record<Stage, LateBefore>>> => {
  const before: Partial<Record<Stage, LateBefore>> = {};
  for (const stage of STAGES) {
    const threshold = policy.late[stage];
    const isHazard = level === 'hazard';
    const since = threshold === undefined ? null : iso(now - threshold[level] * MINUTE_MS);
    const visitStart =
      TO_BEGIN.has(stage) && isHazard ? iso(now - policy.visits.graceMinutes * MINUTE_MS) : null;
    const visitEnd = TO_BEGIN.has(stage) || (TO_END.has(stage) && isHazard) ? iso(now) : null;
    if (since !== null || visitStart !== null || visitEnd !== null) {
      before[stage] = { since, visitStart, visitEnd };
    }
  }
  return before;
};
