import { noteRead } from '../../activation/absence.ts';
import { holdOrder } from '../../order/decide.ts';
import { isHeld } from '../../order/state.ts';
import type { WorkRow } from '../../ports/work.ts';
import type { NewEvent } from '../../process/events.ts';
import { isUndoing, type OrderProcess } from '../../process/process.ts';
import type { PeerLane } from '../../rules/lanes.ts';
import type { Policy } from '../../rules/policy.ts';
import { dueAt, holdOf, type Step } from '../../rules/step.ts';
import { nextSteps } from '../../saga/saga.ts';
import type { Retry, Sender, Settle } from '../../saga/steps/kinds.ts';
import { remoteStep } from '../../saga/steps/steps.ts';
import { ownClock } from '../../time/own-clock.ts';
import { sameReason, waitOf } from '../due/step-waits.ts';
import type { LaneReports } from '../due/work-plan.ts';
import { append } from '../write-order.ts';
import { type Decided, type OrderRun, type RunContext, runLocalSteps, StaleClaim } from './claimed-order.ts';
import type { Job } from './job.ts';
import type { Walk } from './lanes-of-run.ts';
import { withoutCustomer } from './peer-words.ts';
import { askPermit, isPermit } from './permits.ts';
import { sendJob } from './send-job.ts';
import { recordLate } from './stale-intent.ts';

/**
 * One lane of one order until it must wait: intent, call, settle, and the settling commit carries the next intent. Where
 * nothing is left in its lane it goes on in the other one, if no other worker does. It asks breaker and bulkhead
 * before each intent, in its commit. The commit that ends the run gives the lease back.
 */
export const runLane = async (run: OrderRun, first: PeerLane, walk: Walk): Promise<void> => {
  const { crashPoint } = run.deps;
  let waiting = new Set<string>();
  let job = await commitJob(run, walk, (context, process) =>
    begin(run, context, { process, lane: first, reports: {} }),
  );
  while (job !== null) {
    const current: Job = job;
    crashPoint(`${current.step.name}:after-intent`);
    const judge = await sendJob(run, current);
    try {
      job = await commitJob(run, walk, settle(run, { job: current, judge, waiting, walk }));
    } catch (error) {
      if (error instanceof StaleClaim) await recordLate(run.deps, current, judge);
      throw error;
    }
    crashPoint(`${current.step.name}:after-settle`);
    if (job === null || job.lane === current.lane) continue;
    walk.leave(current.lane);
    waiting = new Set();
  }
};

type DecideJob = (context: RunContext, process: OrderProcess) => Promise<Decided<Job | null>>;

/** A commit that may carry an intent. */
const commitJob = (run: OrderRun, { isLast }: Walk, decide: DecideJob): Promise<Job | null> =>
  run.commit(decide, (job, row) => job === null && isLast(row));

type Begin = {
  readonly process: OrderProcess;
  /** null: local steps only. */
  readonly lane: PeerLane | null;
  /** The lane to go on in when nothing is due in this one. */
  readonly otherwise?: PeerLane | null;
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
  { lane: first, otherwise = null, waiting, ...from }: Begin,
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
  const permit = await askPermit(run.deps[lane], context.tx);
  if (!isPermit(permit)) return { ...nothing, reports: refusedIn(lane, reports, permit) };
  // It belongs to this attempt: another one asks for a permit of its own.
  context.tx.afterRollback(() => permit.release());
  const { process, intent } = await appendIntent(run, context, { process: local.process, step, lane });
  const { since: intentAt, sinceUptime: intentUptime } = context;
  return {
    process,
    reports,
    result: { step, lane, process, intent, intentAt, intentUptime, permit },
  };
};

type Intended = { readonly process: OrderProcess; readonly step: Step; readonly lane: PeerLane };

/** The order with the intent of the step, and its event id; null: the step needs none. */
const appendIntent = async (
  run: OrderRun,
  context: RunContext,
  { process: before, step, lane }: Intended,
): Promise<{ readonly process: OrderProcess; readonly intent: string | null }> => {
  run.deps.crashPoint(`${step.name}:before-intent`);
  const sender: Sender = {
    peer: run.deps[lane].identity,
    policy: context.policy,
    boot: run.deps.clock.boot,
    // A whole millisecond is finer than any clock that this is compared with.
    uptimeMs: Math.floor(context.sinceUptime),
    keyMark: async () => (await context.tx.meta.keyMarks()).current,
  };
  const intents = (await remoteStep(step).intent?.(before, step, sender)) ?? [];
  const { process, events } = await append(context, before, intents);
  return { process, intent: events.at(-1)?.eventId ?? null };
};

/** This process counts the bounds of unanswered requests from here, unless its own boot wrote them. */
const noteOpen = ({ deps }: OrderRun, process: OrderProcess, policy: Policy): void => {
  const own = ownClock(deps.clock);
  for (const step of nextSteps(process, policy)) {
    const service =
      step.name === 'CheckService' ? process.activation.services.get(step.subject ?? '') : undefined;
    if (service !== undefined) noteRead(service, own);
  }
  if (process.scheduling.call !== null) own.firstRead(process.scheduling.call.intent);
};

/** The lane waits for its peer. A report of its last step stays: the lane is due again at once, and the peer refuses then. */
const refusedIn = (lane: PeerLane, reports: LaneReports, retry: Retry): LaneReports =>
  lane in reports ? reports : { ...reports, [lane]: retry };

type Settling = {
  readonly job: Job;
  readonly judge: Settle;
  /** Steps of this lane that failed alone in this run; filled here. */
  readonly waiting: Set<string>;
  readonly walk: Walk;
};

/** The outcome and the next intent, in one commit. */
const settle =
  (run: OrderRun, { job, judge, waiting, walk }: Settling) =>
  async (context: RunContext, before: OrderProcess): Promise<Decided<Job | null>> => {
    const { lane } = job;
    const stillAsked = nextSteps(before, context.policy).some(
      (step) => step.name === job.step.name && step.subject === job.step.subject,
    );
    const judged = await judge(before, {
      ...context,
      intent: job.intent,
      stillAsked,
      own: ownClock(run.deps.clock),
    });
    const { events, retry } = await withoutCustomer(context.tx, before.orderId, judged);
    run.deps.crashPoint(`${job.step.name}:before-settle`);
    const held = heldBeside(before, { job, retry, policy: context.policy, row: run.row() });
    const { process } = await append(context, before, [...events, ...held]);
    const { afterCommit, afterRollback } = context.tx;
    afterCommit(() => run.options.onStep?.(job.step, retry));
    const alone = retry?.alone === true ? [stepId(job.step)] : [];
    afterCommit(() => {
      for (const id of alone) waiting.add(id);
    });
    // A peer that answers is there, also when this step comes to nothing.
    const goesOn = retry === null || retry.alone === true;
    const reports: LaneReports = { [lane]: goesOn ? 'ok' : retry };
    const otherwise = goesOn ? walk.freeBeside(lane) : null;
    const from = {
      process,
      lane: goesOn ? lane : null,
      otherwise,
      reports,
      waiting: new Set([...waiting, ...alone]),
    };
    const begun = await begin(run, context, from);
    if (begun.result !== null && begun.result.lane !== lane) afterRollback(walk.goOn(begun.result.lane));
    return { ...begun, settled: { step: job.step, retry } };
  };

/**
 * What a person is told when a step fails on: of what takes back what is no longer to be (whatever is undone, or an appointment
 * of a visit that is over), and of a move, before whose end nobody can report the visit. null: nothing.
 */
const toldWhenItFails = (process: OrderProcess, { name }: Step): 'UNDO_FAILS' | 'MOVE_FAILS' | null => {
  if (isUndoing(process) || name === 'CloseAppointment') return 'UNDO_FAILS';
  return name === 'MoveVisit' ? 'MOVE_FAILS' : null;
};

type Failed = {
  readonly job: Job;
  readonly retry: Retry | null;
  readonly policy: Policy;
  readonly row: WorkRow;
};

/** The worker does not give up what fails on for one reason: a hold tells a person beside that (rule 5). */
const heldBeside = (process: OrderProcess, { job, retry, policy, row }: Failed): readonly NewEvent[] => {
  const { step } = job;
  const cause = toldWhenItFails(process, step);
  if (cause === null || retry?.alone !== true || !retry.burn) return [];
  const hold = holdOf(step.name, step.subject);
  if (isHeld(process.order, hold)) return [];
  if (sameReason(waitOf(row.waits, step), retry.cause) < policy.undo.holdAfter) return [];
  return holdOrder(process, hold, step.name, cause, retry.cause);
};
