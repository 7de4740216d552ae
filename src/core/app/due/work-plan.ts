import { isSameCause } from '../../codes/cause.ts';
import type { Priority } from '../../order/events.ts';
import type { LaneWork, StepWait, WorkRow } from '../../ports/work.ts';
import { isUndoing, type OrderProcess } from '../../process/process.ts';
import { LANES, type Lane } from '../../rules/lanes.ts';
import type { Policy } from '../../rules/policy.ts';
import { dueAt, mayComeToNothing, type Step } from '../../rules/step.ts';
import { nextSteps } from '../../saga/saga.ts';
import type { Retry } from '../../saga/steps/kinds.ts';
import { fnv1a } from '../../values/fnv.ts';
import { awakeRow } from './awake-row.ts';
import { isSameWaits, nextWaits, type SettledStep, waitOf } from './step-waits.ts';

/** How a lane's last step went. Lanes that did not run are absent. */
export type LaneReports = Readonly<Partial<Record<Lane, Retry | 'ok'>>>;

const PRIORITY: Record<Priority, number> = { low: 0, normal: 1, high: 2, urgent: 3 };

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 300_000;
/** Clocks of several processes differ by less than this, and what they plan is late by no more. */
export const MORE_THAN_A_SKEW_MS = 5_000;
/** Nothing was sent and no peer failed: come back soon. */
const SHORT_WAIT_MS = 250;

const IDLE: LaneWork = { due: null, tries: 0, retryAt: 0, error: null };

/** A jitter that is always the same for the same text. 0 up to 1. */
const fraction = (text: string): number => fnv1a(text) / 0x1_0000_0000;

/** Doubles with each try up to five minutes, ±20 %, never gives up. Milliseconds. */
export const backoff = (orderId: string, what: string, tries: number): number => {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 20), LONGEST_WAIT_MS);
  return Math.round(wait * (0.8 + 0.4 * fraction(`${orderId}/${what}/${tries}`)));
};

type Laned = {
  readonly earliest: number;
  readonly previous: LaneWork;
  readonly report: Retry | 'ok' | undefined;
  readonly now: number;
};

/** The lane as a whole: whether its peer can be reached. */
const laneWork = (orderId: string, lane: Lane, { earliest, previous, report, now }: Laned): LaneWork => {
  // A row without a backoff of its own shows the tries and error of a step that waits alone.
  const before = previous.retryAt > 0 ? previous : IDLE;
  if (report === 'ok') return { ...IDLE, due: earliest };
  if (report === undefined) return { ...before, due: Math.max(earliest, before.retryAt) };
  const tries = before.tries + (report.burn ? 1 : 0);
  const retryAt = report.at ?? now + (report.burn ? backoff(orderId, lane, tries) : SHORT_WAIT_MS);
  return { due: Math.max(earliest, retryAt), tries, retryAt, error: report.cause };
};

/** With what its steps that wait alone have to tell. */
const withWaits = (work: LaneWork, waits: readonly StepWait[]): LaneWork => {
  const [worst] = [...waits].sort((a, b) => b.tries - a.tries);
  if (worst === undefined) return work;
  return { ...work, tries: Math.max(work.tries, worst.tries), error: work.error ?? worst.error };
};

export type Planning = {
  readonly previous: WorkRow | null;
  readonly reports: LaneReports;
  /** The step of a peer that was settled with this write, if one was. */
  readonly settled?: SettledStep | undefined;
  readonly now: number;
};

/**
 * What is due for an order, and when: derived from its state, the backoff of each lane, the steps that wait alone, and
 * nothing else. A failure delays its own lane or step only.
 */
export const planWork = (
  process: OrderProcess,
  policy: Policy,
  { previous: last, reports, settled, now }: Planning,
): WorkRow => {
  const { orderId } = process;
  // What a clock that was ahead has put off would stay so under the date of this plan.
  const isAhead = last !== null && last.plannedAt > now + MORE_THAN_A_SKEW_MS;
  const previous = isAhead ? awakeRow(last) : last;
  const steps = nextSteps(process, policy);
  const retryAt = ({ name, subject }: Step, { at, burn }: Retry, tries: number): number =>
    at ?? now + (burn ? backoff(orderId, `${name}:${subject}`, tries) : SHORT_WAIT_MS);
  const waits = nextWaits({ previous: previous?.waits ?? [], steps, settled, retryAt });
  const earliest: Partial<Record<Lane, number>> = {};
  for (const step of steps) {
    const at = Math.max(dueAt(step, now), waitOf(waits, step)?.retryAt ?? 0);
    earliest[step.lane] = Math.min(earliest[step.lane] ?? Number.POSITIVE_INFINITY, at);
  }
  // A local step that came to nothing waits alone: an undo or an amendment is not kept waiting for a free technician.
  const sure = steps.filter(({ lane, name }) => lane === 'local' && !mayComeToNothing(name));
  const sureAt = Math.min(...sure.map((step) => dueAt(step, now)));
  const lanes = Object.fromEntries(
    LANES.map((lane) => {
      const at = earliest[lane];
      if (at === undefined) return [lane, IDLE];
      const before = previous?.lanes[lane] ?? IDLE;
      const work = laneWork(orderId, lane, { earliest: at, previous: before, report: reports[lane], now });
      const told = withWaits(
        work,
        waits.filter((wait) => wait.lane === lane),
      );
      return [lane, lane === 'local' ? { ...told, due: Math.min(work.due ?? at, sureAt) } : told];
    }),
  ) as Record<Lane, LaneWork>;
  return {
    orderId,
    undo: isUndoing(process),
    priority: PRIORITY[process.order.priority],
    lanes,
    waits,
    plannedAt: now,
  };
};

const isSameLane = (a: LaneWork, b: LaneWork): boolean =>
  a.due === b.due && a.tries === b.tries && a.retryAt === b.retryAt && isSameCause(a.error, b.error);

/** Whether two rows of one order say the same. */
export const isSameWork = (a: WorkRow, b: WorkRow): boolean =>
  a.undo === b.undo &&
  a.priority === b.priority &&
  isSameWaits(a.waits, b.waits) &&
  LANES.every((lane) => isSameLane(a.lanes[lane], b.lanes[lane]));
