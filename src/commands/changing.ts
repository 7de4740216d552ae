import type { Change } from '../core/app/change-order.ts';
import { type AppDeps, operation } from '../core/app/deps.ts';
import type { Aftermath } from '../core/app/engine/after-change.ts';
import {
  carryOn as carryChangeOn,
  claimsInline as claims,
  leftToDo,
  type Patience,
} from '../core/app/engine/carry-on.ts';
import { isWorkerRunning as isSomeWorkerRunning } from '../core/app/engine/worker-state.ts';
import type { OrderProcess } from '../core/process/process.ts';
import { Refusal } from '../core/rules/refusal.ts';
import { inWords } from '../texts/coded.ts';
import type { ChangeFlags } from './framework/parse/descriptor.ts';
import type { CommandContext } from './framework/run/context.ts';
import { machineRefusal, wordingOf } from './framework/run/failure.ts';

type Served = Pick<CommandContext, 'services'>;

/** What a use case is given of who calls this program. `dryRun`: the store rolls back what is written. */
export const actorDeps = async (
  { services }: Served,
  mode: 'read' | 'write',
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<AppDeps> => {
  const { clock, ids, processes, policy, actor, via } = services;
  const store = await services.store(mode, { dryRun });
  return operation({ store, clock, ids, processes, policy }).as(actor, via);
};

/** What a change's use case is given: the store to write to, which is rolled back in a dry run. */
export const appDeps = (ctx: Served, { dryRun }: Pick<ChangeFlags, 'dryRun'>): Promise<AppDeps> =>
  actorDeps(ctx, 'write', { dryRun });

const patienceOf = ({ services }: Served, { dryRun, wait }: ChangeFlags): Patience => ({
  dryRun,
  inlineMs: services.settings.inlineMaxMs,
  waitMs: wait,
});

/** Whether a change takes the order's lease in its own commit. */
export const claimsInline = (ctx: Served, change: ChangeFlags): boolean => claims(patienceOf(ctx, change));

/**
 * The options of a use case that come from the flags of every change. `here` false: nothing that the change makes due
 * runs in this process, so it takes no lease.
 */
export const changeOptions = (
  ctx: CommandContext,
  change: ChangeFlags,
  { here = true }: { readonly here?: boolean } = {},
) => ({
  ifVersion: change.ifVersion,
  key: change.key,
  dryRun: change.dryRun,
  claim: here && claimsInline(ctx, change),
});

/** Runs what a change made due, after its commit; what keeps it from running is warned of. */
export const carryOn = async (
  ctx: CommandContext,
  change: Change,
  flags: ChangeFlags,
): Promise<Aftermath> => {
  if (!flags.dryRun) ctx.kept();
  const { trouble, ...aftermath } = await carryChangeOn(ctx.services, change, {
    ...patienceOf(ctx, flags),
    signal: ctx.signal,
    saga: ctx.services.saga,
    refusalOf: (thrown) => (thrown instanceof Refusal ? thrown : machineRefusal(thrown)),
  });
  if (trouble !== null) {
    const { what, why } = wordingOf(ctx.t, trouble);
    await ctx.warn([what, ...(why === undefined ? [] : [why])].join('; '));
  }
  return aftermath;
};

/** True when some worker process lives and will go on with what is left. */
export const isWorkerRunning = async ({ services }: Served): Promise<boolean> =>
  isSomeWorkerRunning({ ...services, store: await services.store('read') });

/** Said of what is left to the worker: that it goes on, or how to start one. */
export const workerNote = async (ctx: CommandContext): Promise<string> =>
  (await isWorkerRunning(ctx)) ? ctx.t.changes.workerGoesOn : ctx.t.changes.startWorker(ctx.program);

/**
 * What is said on stderr about what is still pending, and how to start a worker when none runs. Empty when nothing is.
 */
export const pendingNotes = async (
  { t, program, services }: CommandContext,
  { orderId }: OrderProcess,
  pending: Aftermath['pending'],
): Promise<readonly string[]> => {
  if (pending.length === 0) return [];
  const store = await services.store('read');
  const left = await leftToDo({ ...services, store }, orderId, pending);
  return [
    ...left.lanes.map(({ lane, steps, error }) =>
      t.changes.pending(lane, steps, error === null ? null : inWords(t.causes, error)),
    ),
    left.isWorkerRunning ? t.changes.workerGoesOn : t.changes.startWorker(program),
  ];
};
