import type { Permit, Sending } from '../ports/peers.ts';
import type { Lane } from '../ports/work.ts';
import type { OrderProcess } from '../process.ts';
import { nextSteps } from '../saga.ts';
import type { Step } from '../step.ts';
import type { Retry, Settle, StepIo } from '../steps/kinds.ts';
import { remoteStep } from '../steps/steps.ts';
import { type Decided, type OrderRun, runLocalSteps, StaleClaim } from './order-run.ts';
import { markInDoubt } from './stale-intent.ts';
import type { LaneReports } from './work-plan.ts';
import { append, type WriteContext } from './write-order.ts';

/** The lanes whose steps talk to a peer. */
export type PeerLane = Exclude<Lane, 'local'>;

/** A step whose intent is committed and whose request is to be sent now. */
export type Job = {
  readonly step: Step;
  /** The order as it was when the intent was committed. */
  readonly process: OrderProcess;
  /** Event id of the intent; null: the step needs none. */
  readonly intent: string | null;
  /** Monotonic time of the intent. */
  readonly intentAt: number;
  readonly permit: Permit;
};

/**
 * One lane of one order until it must wait: intent, call, settle, and the settling commit carries the next intent.
 * Breaker and bulkhead are asked before each intent.
 */
export const runLane = async (run: OrderRun, lane: PeerLane): Promise<void> => {
  const { crashPoint } = run.deps;
  const waiting = new Set<string>();
  let permit = await admit(run, lane);
  if ('cause' in permit) return refuseLane(run, lane, permit);
  let job = await beginLane(run, lane, permit);
  while (job !== null) {
    const current: Job = job;
    crashPoint(`${current.step.name}:after-intent`);
    const judge = await send(run, lane, current);
    permit = run.mayBegin() ? await admit(run, lane) : NO_LEAVE;
    try {
      job = await settle(run, { lane, job: current, judge, next: asPermit(permit), waiting });
    } catch (error) {
      asPermit(permit)?.release();
      if (error instanceof StaleClaim) await markInDoubt(run.deps, current);
      throw error;
    }
    if (job === null) asPermit(permit)?.release();
    crashPoint(`${current.step.name}:after-settle`);
  }
};

/** The first intent. A place at the peer that comes to nothing is given back, also when the lease was lost. */
const beginLane = async (run: OrderRun, lane: PeerLane, permit: Permit): Promise<Job | null> => {
  let job: Job | null = null;
  try {
    job = await run.commit((context, process) => begin(run, context, { process, lane, permit, reports: {} }));
  } finally {
    if (job === null) permit.release();
  }
  return job;
};

const NO_LEAVE: Retry = { cause: 'the run ends', at: null, burn: false };

const asPermit = (admitted: Permit | Retry): Permit | null => ('cause' in admitted ? null : admitted);

/** A place at the peer, or why there is none now. Nothing is sent. */
const admit = async ({ deps }: OrderRun, lane: PeerLane): Promise<Permit | Retry> => {
  const admission = await deps[lane].admit();
  if (admission.admitted) return admission.permit;
  return { cause: admission.cause, at: admission.retryAt, burn: false };
};

const refuseLane = (run: OrderRun, lane: PeerLane, retry: Retry): Promise<void> =>
  run.commit(async (_context, process) => ({ process, reports: { [lane]: retry }, result: undefined }));

type Begin = {
  readonly process: OrderProcess;
  /** null: local steps only. */
  readonly lane: PeerLane | null;
  readonly permit: Permit | null;
  readonly reports: LaneReports;
  /** Steps of the lane that wait by themselves, as `stepId` names them. */
  readonly waiting?: ReadonlySet<string>;
};

const stepId = ({ name, subject }: Step): string => `${name}:${subject}`;

/** Local steps, then the intent of the lane's first due step; null: nothing is due there. */
export const begin = async (
  run: OrderRun,
  context: WriteContext,
  from: Begin,
): Promise<Decided<Job | null>> => {
  const { lane, permit, waiting } = from;
  const local = await runLocalSteps(run, context, from.process);
  const reports: LaneReports =
    local.report === undefined ? from.reports : { ...from.reports, local: local.report };
  const nothing = { process: local.process, reports, result: null };
  if (lane === null || permit === null || !run.mayBegin()) return nothing;
  const step = nextSteps(local.process, context.policy).find(
    (one) => one.lane === lane && one.notBefore <= context.now && waiting?.has(stepId(one)) !== true,
  );
  if (step === undefined) return nothing;
  run.deps.crashPoint(`${step.name}:before-intent`);
  const intents = remoteStep(step).intent?.(local.process, step, run.deps[lane].identity) ?? [];
  const { process, events } = await append(context, local.process, intents);
  const intent = events.at(-1)?.eventId ?? null;
  return {
    process,
    reports,
    result: { step, process, intent, intentAt: run.deps.clock.monotonic(), permit },
  };
};

/** The call, outside any transaction. A create or a call starts only inside its window (rule 3). */
const send = async (run: OrderRun, lane: PeerLane, job: Job): Promise<Settle> => {
  const { deps } = run;
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
    const isTooLate = isFirst && remote.windowed && clock.monotonic() - job.intentAt > windowMs;
    const left = run.left();
    if (!isTooLate && left > 0) return { permit, deadlineMs: Math.min(timeoutMs, left), orderId };
    permit.release();
    return null;
  };
  const phone = () =>
    store.read(async (tx) => (await tx.vault.contacts([orderId])).get(orderId)?.phone ?? null);
  const io: StepIo = { ne: deps.ne, tm: deps.tm, policy, now: clock.now, leave, phone };
  deps.crashPoint(`${job.step.name}:before-send`);
  try {
    return await remote.send(job.process, job.step, io);
  } finally {
    job.permit.release();
    deps.crashPoint(`${job.step.name}:after-send`);
  }
};

type Settling = {
  readonly lane: PeerLane;
  readonly job: Job;
  readonly judge: Settle;
  readonly next: Permit | null;
  /** Steps of this lane that failed alone in this run; filled here. */
  readonly waiting: Set<string>;
};

/** The outcome and the lane's next intent, in one commit. */
const settle = (run: OrderRun, { lane, job, judge, next, waiting }: Settling): Promise<Job | null> =>
  run.commit(async (context, before) => {
    const stillAsked = nextSteps(before, context.policy).some(
      (step) => step.name === job.step.name && step.subject === job.step.subject,
    );
    const { events, retry } = await judge(before, { ...context, intent: job.intent, stillAsked });
    run.deps.crashPoint(`${job.step.name}:before-settle`);
    const { process } = await append(context, before, events);
    run.options.onStep?.(job.step, retry);
    if (retry?.alone === true) waiting.add(stepId(job.step));
    // A success beside a step that waits leaves that one's backoff as it is.
    const isSilent = retry === null && waiting.size > 0;
    const reports: LaneReports = isSilent ? {} : { [lane]: retry ?? 'ok' };
    const permit = retry === null || retry.alone === true ? next : null;
    return begin(run, context, { process, lane, permit, reports, waiting });
  });
