import { noteRead } from '../../activation/absence.ts';
import { holdOrder } from '../../order/decide.ts';
import { isHeld } from '../../order/state.ts';
import type { Permit, Sending } from '../../ports/peers.ts';
import type { Tx } from '../../ports/store.ts';
import type { WorkRow } from '../../ports/work.ts';
import type { NewEvent } from '../../process/events.ts';
import { isUndoing, type OrderProcess } from '../../process/process.ts';
import type { PeerLane } from '../../rules/lanes.ts';
import type { Policy } from '../../rules/policy.ts';
import { dueAt, holdOf, type Step } from '../../rules/step.ts';
import { nextSteps } from '../../saga/saga.ts';
import type { Retry, Sender, Settle, StepIo } from '../../saga/steps/kinds.ts';
import { remoteStep } from '../../saga/steps/steps.ts';
import { ownClock } from '../../time/own-clock.ts';
import { append } from '../write-order.ts';
import {
  type Decided,
  LEASE_LEFT_MS,
  type OrderRun,
  type RunContext,
  runLocalSteps,
  StaleClaim,
} from './claimed-order.ts';
import type { Job } from './job.ts';
import { recordLate } from './stale-intent.ts';
import { sameReason, waitOf } from './step-waits.ts';
import type { LaneReports } from './work-plan.ts';

/** What a lane is told of the run it belongs to. */
export type InRun = {
  /** Whether the run ends with the row as it is then, told that this lane goes on no longer. */
  readonly isLast: (row: WorkRow) => boolean;
  /** The other lane, when nobody goes through it and it need not wait. */
  readonly free: (lane: PeerLane) => PeerLane | null;
  /** This lane goes on as that one; called inside the commit that carries its first intent. */
  readonly take: (lane: PeerLane) => void;
  /** It has left this one. */
  readonly leave: (lane: PeerLane) => void;
};

/**
 * One lane of one order until it must wait: intent, call, settle, and the settling commit carries the next intent. Where
 * nothing is left in its lane it goes on in the other one, if nobody else does. Breaker and bulkhead are asked before
 * each intent, in its commit. The commit that ends the run gives the lease back.
 */
export const runLane = async (run: OrderRun, first: PeerLane, inRun: InRun): Promise<void> => {
  const { crashPoint } = run.deps;
  let waiting = new Set<string>();
  let job = await commitJob(run, inRun, (context, process, hold) =>
    begin(run, context, { process, lane: first, hold, reports: {} }),
  );
  while (job !== null) {
    const current: Job = job;
    crashPoint(`${current.step.name}:after-intent`);
    const judge = await send(run, current);
    try {
      job = await commitJob(run, inRun, settle(run, { job: current, judge, waiting, inRun }));
    } catch (error) {
      if (error instanceof StaleClaim) await recordLate(run.deps, current, judge);
      throw error;
    }
    crashPoint(`${current.step.name}:after-settle`);
    if (job === null || job.lane === current.lane) continue;
    inRun.leave(current.lane);
    waiting = new Set();
  }
};

/** Keeps a permit until its commit is through. */
type Hold = (permit: Permit) => void;

/** A commit that may carry an intent. A place at the peer that comes to nothing, for the write failed, is given back. */
const commitJob = async (
  run: OrderRun,
  { isLast }: Pick<InRun, 'isLast'>,
  decide: (context: RunContext, process: OrderProcess, hold: Hold) => Promise<Decided<Job | null>>,
): Promise<Job | null> => {
  const held: Permit[] = [];
  const hold: Hold = (permit) => {
    held.push(permit);
  };
  try {
    return await run.commit(
      (context, process) => decide(context, process, hold),
      (job, row) => job === null && isLast(row),
    );
  } catch (error) {
    for (const permit of held) permit.release();
    throw error;
  }
};

const asPermit = (admitted: Permit | Retry): Permit | null => ('cause' in admitted ? null : admitted);

/** A place at the peer, or why there is none now. Nothing is sent. `tx`: the write that asks. */
const admit = async ({ deps }: OrderRun, lane: PeerLane, tx?: Tx): Promise<Permit | Retry> => {
  const admission = await deps[lane].admit(tx?.breakers);
  if (admission.admitted) return admission.permit;
  return { cause: admission.cause, at: admission.retryAt, burn: false };
};

type Begin = {
  readonly process: OrderProcess;
  /** null: local steps only. */
  readonly lane: PeerLane | null;
  /** The lane to go on in when nothing is due in this one. */
  readonly otherwise?: PeerLane | null;
  readonly hold: Hold;
  readonly reports: LaneReports;
  /** Steps of the lane that wait by themselves, as `stepId` names them. */
  readonly waiting?: ReadonlySet<string>;
};

const stepId = ({ name, subject }: Step): string => `${name}:${subject}`;

/**
 * Local steps, then the intent of the first due step of the lane, or of the one to go on in; null: nothing is due there,
 * or the peer takes nothing.
 */
export const begin = async (
  run: OrderRun,
  context: RunContext,
  { lane: first, otherwise = null, hold, waiting, ...from }: Begin,
): Promise<Decided<Job | null>> => {
  const local = await runLocalSteps(run, context, from.process);
  const reports: LaneReports =
    local.report === undefined ? from.reports : { ...from.reports, local: local.report };
  const nothing = { process: local.process, reports, result: null };
  if (first === null || !run.mayBegin()) return nothing;
  noteOpen(run, local.process, context.policy);
  const due = nextSteps(local.process, context.policy).filter(
    (one) =>
      dueAt(one, context.now) <= context.now &&
      waiting?.has(stepId(one)) !== true &&
      (waitOf(run.row().waits, one)?.retryAt ?? 0) <= context.now,
  );
  const inLane = due.find((one) => one.lane === first);
  const lane = inLane === undefined ? otherwise : first;
  const step = inLane ?? due.find((one) => one.lane === otherwise);
  if (step === undefined || lane === null) return nothing;
  const permit = await admit(run, lane, context.tx);
  if ('cause' in permit) return { ...nothing, reports: refusedIn(lane, reports, permit) };
  hold(permit);
  run.deps.crashPoint(`${step.name}:before-intent`);
  const sender: Sender = {
    peer: run.deps[lane].identity,
    policy: context.policy,
    boot: run.deps.clock.boot,
    // A whole millisecond is finer than any clock that this is compared with.
    uptimeMs: Math.floor(context.sinceUptime),
    keyMark: async () => (await context.tx.meta.keyMarks()).current,
  };
  const intents = (await remoteStep(step).intent?.(local.process, step, sender)) ?? [];
  const { process, events } = await append(context, local.process, intents);
  const intent = events.at(-1)?.eventId ?? null;
  return {
    process,
    reports,
    result: {
      step,
      lane,
      process,
      intent,
      intentAt: context.since,
      intentUptime: context.sinceUptime,
      permit,
    },
  };
};

/** This process counts from here what nobody has answered yet, unless that was written in its own boot. */
const noteOpen = ({ deps }: OrderRun, process: OrderProcess, policy: Policy): void => {
  const own = ownClock(deps.clock);
  for (const step of nextSteps(process, policy)) {
    const service =
      step.name === 'CheckService' ? process.activation.services.get(step.subject ?? '') : undefined;
    if (service !== undefined) noteRead(service, own);
  }
  if (process.scheduling.call !== null) own.firstRead(process.scheduling.call.intent);
};

/** The lane waits for its peer. What its last step came to is told first: it is asked again at once, and refused then. */
const refusedIn = (lane: PeerLane, reports: LaneReports, retry: Retry): LaneReports =>
  lane in reports ? reports : { ...reports, [lane]: retry };

/** The call, outside any transaction. A create or a call starts only inside its window (rule 3). */
const send = async (run: OrderRun, job: Job): Promise<Settle> => {
  const { deps } = run;
  const { lane } = job;
  const { store, clock, policy } = deps;
  const { windowMs, timeoutMs } = policy[lane];
  const { orderId } = run.claim;
  const remote = remoteStep(job.step);
  let admitted: Permit | null = job.permit;
  const leave = async (): Promise<Sending | null> => {
    const isFirst = admitted !== null;
    const permit = admitted ?? asPermit(await admit(run, lane));
    admitted = null;
    if (permit === null) return null;
    const since = clock.monotonic();
    const sinceUptime = clock.uptime();
    // Whichever clock has gone on further: the one stands still while the machine sleeps, the other is coarse.
    const age = Math.max(since - job.intentAt, sinceUptime - job.intentUptime);
    const isTooLate = isFirst && remote.windowed && age > windowMs;
    // So long after its last commit others may have the order, and what is to be said here may be another thing by now.
    const isLeased = age <= LEASE_LEFT_MS;
    const left = run.left();
    if (!isTooLate && isLeased && left > 0)
      return { permit, deadlineMs: Math.min(timeoutMs, left), since, sinceUptime, orderId };
    permit.release();
    return null;
  };
  const phone = () =>
    store.read(async (tx) => (await tx.vault.contacts([orderId])).get(orderId)?.phone ?? null);
  const io: StepIo = { ne: deps.ne, tm: deps.tm, policy, now: clock.now, own: ownClock(clock), leave, phone };
  deps.crashPoint(`${job.step.name}:before-send`);
  try {
    return await remote.send(job.process, job.step, io);
  } finally {
    job.permit.release();
    deps.crashPoint(`${job.step.name}:after-send`);
  }
};

type Settling = {
  readonly job: Job;
  readonly judge: Settle;
  /** Steps of this lane that failed alone in this run; filled here. */
  readonly waiting: Set<string>;
  readonly inRun: InRun;
};

/** The outcome and the next intent, in one commit. */
const settle =
  (run: OrderRun, { job, judge, waiting, inRun }: Settling) =>
  async (context: RunContext, before: OrderProcess, hold: Hold): Promise<Decided<Job | null>> => {
    const { lane } = job;
    const stillAsked = nextSteps(before, context.policy).some(
      (step) => step.name === job.step.name && step.subject === job.step.subject,
    );
    const { events, retry } = await judge(before, {
      ...context,
      intent: job.intent,
      stillAsked,
      own: ownClock(run.deps.clock),
    });
    run.deps.crashPoint(`${job.step.name}:before-settle`);
    const held = heldInUndo(before, { job, retry, policy: context.policy, row: run.row() });
    const { process } = await append(context, before, [...events, ...held]);
    run.options.onStep?.(job.step, retry);
    if (retry?.alone === true) waiting.add(stepId(job.step));
    // Who answers is there, also when this step comes to nothing.
    const goesOn = retry === null || retry.alone === true;
    const reports: LaneReports = { [lane]: goesOn ? 'ok' : retry };
    const otherwise = goesOn ? inRun.free(lane) : null;
    const from = { process, lane: goesOn ? lane : null, otherwise, hold, reports, waiting };
    const begun = await begin(run, context, from);
    if (begun.result !== null && begun.result.lane !== lane) inRun.take(begun.result.lane);
    return { ...begun, settled: { step: job.step, retry } };
  };

/** What takes back what is no longer to be: whatever is undone, or an appointment of a visit that is over. */
const isUndo = (process: OrderProcess, { name }: Step): boolean =>
  isUndoing(process) || name === 'CloseAppointment';

type Failed = {
  readonly job: Job;
  readonly retry: Retry | null;
  readonly policy: Policy;
  readonly row: WorkRow;
};

/** An undo that fails on for one reason is not given up: a person is told of it beside that (rule 5). */
const heldInUndo = (process: OrderProcess, { job, retry, policy, row }: Failed): readonly NewEvent[] => {
  const { step } = job;
  if (retry?.alone !== true || !retry.burn || !isUndo(process, step)) return [];
  const hold = holdOf(step.name, step.subject);
  if (isHeld(process.order, hold)) return [];
  if (sameReason(waitOf(row.waits, step), retry.cause) < policy.undo.holdAfter) return [];
  return holdOrder(process, hold, step.name, 'UNDO_FAILS', retry.cause);
};
