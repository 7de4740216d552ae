import type { Claim, WorkRow } from '../../ports/work.ts';
import { newProcess, type OrderProcess } from '../../process/process.ts';
import { dueAt, mayComeToNothing, type Step } from '../../rules/step.ts';
import { nextSteps } from '../../saga/saga.ts';
import type { Retry } from '../../saga/steps/kinds.ts';
import { localStep } from '../../saga/steps/steps.ts';
import type { SagaDeps } from '../deps.ts';
import { LEASE_LEFT_MS, LEASE_MS } from '../due/lease.ts';
import { type SettledStep, waitOf } from '../due/step-waits.ts';
import type { LaneReports } from '../due/work-plan.ts';
import { append, project, readOrder, type WriteContext } from '../write-order.ts';

/** A call that could not even finish in this time is not begun inside a budget. */
const LEAST_CALL_MS = 50;

/** What nothing comes of now (no technician is free, say) is looked at again after this. */
const LOCAL_AGAIN_MS = 600_000;

export type RunOptions = {
  /** Milliseconds after which no step is begun and calls are cut; undefined: no limit. */
  readonly budgetMs?: number;
  /** Ends the run after what is in flight. */
  readonly signal?: AbortSignal;
  /** Hears of each step that was settled. */
  readonly onStep?: (step: Step, retry: Retry | null) => void;
};

/** The claim's fence is stale: another process goes on with this order. */
export class StaleClaim extends Error {
  override readonly name = 'StaleClaim';
}

/** What a decision inside a commit is given. */
export type RunContext = WriteContext & {
  /** Monotonic time, read before `now`: who is stopped between the two has less time left to send, not more. */
  readonly since: number;
  /** The same on the clock that goes on while the machine sleeps. */
  readonly sinceUptime: number;
};

/** What a decision inside a commit leaves behind. */
export type Decided<T> = {
  readonly process: OrderProcess;
  readonly reports: LaneReports;
  /** The step of a peer whose outcome this is. */
  readonly settled?: SettledStep;
  readonly result: T;
};

/** One claimed order while its steps run: what is known of it, and the only way to write to it. */
export type OrderRun = {
  readonly deps: SagaDeps;
  readonly claim: Claim;
  readonly options: RunOptions;
  /** As of the last commit; empty before the first one. */
  readonly process: () => OrderProcess;
  /** As of the last commit; before the first one as it was claimed. */
  readonly row: () => WorkRow;
  /** Milliseconds of the budget that are left. */
  readonly left: () => number;
  readonly mayBegin: () => boolean;
  /**
   * One commit under the fence; throws StaleClaim. Extends the lease, or gives it back when `isLast` says so of what was
   * decided: then nothing of this run may follow.
   */
  readonly commit: <T>(
    decide: (context: RunContext, process: OrderProcess) => Promise<Decided<T>>,
    isLast?: (result: T, row: WorkRow) => boolean,
  ) => Promise<T>;
  /** The lease was given back with the last commit. */
  readonly isReleased: () => boolean;
  /** Resolves after the next commit. */
  readonly nextCommit: () => Promise<void>;
};

/** Begins a run. */
export const openRun = (deps: SagaDeps, claim: Claim, options: RunOptions): OrderRun => {
  const { store, clock, policy, actor } = deps;
  const startedAt = clock.monotonic();
  const left = (): number =>
    options.budgetMs === undefined
      ? Number.POSITIVE_INFINITY
      : options.budgetMs - (clock.monotonic() - startedAt);
  let process = newProcess(claim.orderId);
  let { row } = claim;
  let { leaseUntil } = claim;
  let isReleased = false;
  let waiters: (() => void)[] = [];
  return {
    deps,
    claim,
    options,
    process: () => process,
    row: () => row,
    left,
    mayBegin: () => options.signal?.aborted !== true && left() > LEAST_CALL_MS,
    commit: async (decide, isLast) => {
      const done = await store.write(async (tx) => {
        const held = await tx.work.held(claim);
        if (held === null) throw new StaleClaim(claim.orderId);
        const since = clock.monotonic();
        const sinceUptime = clock.uptime();
        const now = clock.now();
        const context = { tx, policy, actor, now, since, sinceUptime };
        const before =
          held.version === process.version ? process : await readOrder(tx, claim.orderId, process);
        const decided = await decide(context, before);
        const states = { before, after: decided.process, previous: held.row };
        const planned = await project(context, {
          ...states,
          reports: decided.reports,
          settled: decided.settled,
        });
        const isOver = isLast?.(decided.result, planned) === true;
        const leaseLeft = leaseUntil - now;
        // A lease longer than any is from before the wall clock was put back, and other workers have shortened it by now.
        const isShort = leaseLeft < LEASE_LEFT_MS || leaseLeft > LEASE_MS;
        if (isOver) await tx.work.release(claim);
        else if (isShort) await tx.work.extend(claim, now + LEASE_MS);
        return { ...decided, row: planned, isOver, leaseUntil: isShort ? now + LEASE_MS : leaseUntil };
      });
      ({ process, row, leaseUntil } = done);
      isReleased ||= done.isOver;
      for (const wake of waiters.splice(0)) wake();
      return done.result;
    },
    isReleased: () => isReleased,
    nextCommit: () =>
      new Promise((resolve) => {
        waiters = [...waiters, resolve];
      }),
  };
};

/** Whether a step that it gives way to was not tried yet: a worker that comes late has not come too late for that one. */
const isOutdone = ({ givesWayTo }: Step, steps: readonly Step[], row: WorkRow): boolean =>
  givesWayTo !== undefined &&
  steps.some(
    (one) =>
      one.name === givesWayTo && row.lanes[one.lane].retryAt === 0 && waitOf(row.waits, one) === undefined,
  );

/** Local steps that are due now, to their end, inside a commit. */
export const runLocalSteps = async (
  run: OrderRun,
  context: WriteContext,
  from: OrderProcess,
): Promise<{ readonly process: OrderProcess; readonly report: Retry | 'ok' | undefined }> => {
  const { policy, now } = context;
  const tried = new Set<string>();
  const isPaused = run.row().lanes.local.retryAt > now;
  let process = from;
  let report: Retry | 'ok' | undefined;
  while (true) {
    const steps = nextSteps(process, policy);
    const step = steps.find(
      (step) =>
        step.lane === 'local' &&
        dueAt(step, now) <= now &&
        !tried.has(step.name) &&
        !(isPaused && mayComeToNothing(step.name)) &&
        !isOutdone(step, steps, run.row()),
    );
    if (step === undefined) return { process, report };
    tried.add(step.name);
    const events = await localStep(step).decide(process, step, context);
    if (events.length === 0) {
      const cause = { code: 'NOT_POSSIBLE', step: step.name } as const;
      report = { cause, at: now + LOCAL_AGAIN_MS, burn: false };
      continue;
    }
    report ??= 'ok';
    process = (await append(context, process, events)).process;
    context.tx.afterCommit(() => run.options.onStep?.(step, null));
  }
};
