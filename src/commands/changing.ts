import type { Change } from '../core/app/change-order.ts';
import type { AppDeps } from '../core/app/deps.ts';
import {
  type AfterChange,
  type Aftermath,
  afterChange,
  pendingSteps,
} from '../core/app/engine/after-change.ts';
import { workerState } from '../core/app/engine/worker-state.ts';
import type { OrderProcess } from '../core/process/process.ts';
import { Refusal } from '../core/rules/refusal.ts';
import { inWords } from '../texts/coded.ts';
import type { ChangeFlags } from './framework/parse/descriptor.ts';
import type { CommandContext } from './framework/run/context.ts';
import { machineRefusal, wordingOf } from './framework/run/failure.ts';

/** What a change's use case is given: the store to write to, which is rolled back in a dry run. */
export const appDeps = async ({ services }: CommandContext, { dryRun }: ChangeFlags): Promise<AppDeps> => ({
  store: await services.store('write', { dryRun }),
  clock: services.clock,
  ids: services.ids,
  processes: services.processes,
  policy: services.policy,
  actor: services.actor,
});

/** Whether a change takes the order's lease in its own commit: only when there is time to run steps inline. */
export const claimsInline = ({ services }: CommandContext, change: ChangeFlags): boolean =>
  !change.dryRun && (services.settings.inlineMaxMs > 0 || change.wait !== undefined);

/** The options of a use case that come from the flags of every change. */
export const changeOptions = (ctx: CommandContext, change: ChangeFlags) => ({
  ifVersion: change.ifVersion,
  key: change.key,
  dryRun: change.dryRun,
  claim: claimsInline(ctx, change),
});

/**
 * Runs what a change made due, after its commit: inline, and on with `--wait`. A dry run runs nothing. The change stands
 * whatever happens here: what keeps the steps from running (peers that are not set up well, a busy database) is warned
 * of and left to the worker.
 */
export const carryOn = async (
  ctx: CommandContext,
  change: Change,
  flags: ChangeFlags,
): Promise<Aftermath> => {
  const { process } = change;
  if (flags.dryRun) return { process, pending: [] };
  ctx.kept();
  if (change.claim === null && flags.wait === undefined)
    return { process, pending: pendingSteps(process, ctx.services) };
  const options: AfterChange = {
    inlineMs: ctx.services.settings.inlineMaxMs,
    waitMs: flags.wait,
    signal: ctx.signal,
  };
  try {
    return await afterChange(await ctx.services.saga(), change, options);
  } catch (error) {
    const refusal = error instanceof Refusal ? error : machineRefusal(error);
    if (refusal === null) throw error;
    const { what, why } = wordingOf(ctx.t, refusal);
    await ctx.warn([what, ...(why === undefined ? [] : [why])].join('; '));
    return { process, pending: pendingSteps(process, ctx.services) };
  }
};

/** True when some worker process lives and will go on with what is left. */
export const isWorkerRunning = async ({ services }: Pick<CommandContext, 'services'>): Promise<boolean> => {
  const store = await services.store('read');
  const workers = await store.read((tx) => tx.work.workers());
  const { clock, processes } = services;
  return workers.some((worker) => workerState(worker, { now: clock.now(), processes }) === 'running');
};

/**
 * What is said on stderr about what is still pending, and how to start a worker when none runs. Empty when nothing is.
 */
export const pendingNotes = async (
  ctx: CommandContext,
  process: OrderProcess,
  pending: Aftermath['pending'],
): Promise<readonly string[]> => {
  if (pending.length === 0) return [];
  const { t, program } = ctx;
  const row = await (await ctx.services.store('read')).read((tx) => tx.work.get(process.orderId));
  const lanes = [...new Set(pending.map(({ lane }) => lane))];
  const told = lanes.map((lane) => {
    const steps = pending.filter((step) => step.lane === lane).map(({ name }) => name);
    const error = row?.lanes[lane].error ?? null;
    return t.changes.pending(lane, steps, error === null ? null : inWords(t.causes, error));
  });
  return (await isWorkerRunning(ctx))
    ? [...told, t.changes.workerGoesOn]
    : [...told, t.changes.startWorker(program)];
};
