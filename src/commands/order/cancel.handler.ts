import { cancelOrder } from '../../core/app/orders/change-terms.ts';
import { readOrder } from '../../core/app/write-order.ts';
import { mustExist } from '../../core/process/legal.ts';
import { isClosed, type OrderProcess } from '../../core/process/process.ts';
import { checkCancelCode } from '../../core/rules/reason-code-check.ts';
import type { CancelCode } from '../../core/rules/reason-codes.ts';
import { isRefusal } from '../../core/rules/refusal.ts';
import { type UndoPlan, undoPlan } from '../../core/views/undo-plan.ts';
import { appDeps, carryOn, changeOptions, pendingNotes } from '../changing.ts';
import { confirmChange } from '../framework/ask/confirm.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { type ChangeOutcome, overIds } from '../framework/run/over-ids.ts';
import type { orderCancel } from './cancel.ts';
import { undoText } from './undo-words.ts';

export const run: Handler<typeof orderCancel> = async (ctx, { args, flags, change: asked }) => {
  const { t } = ctx;
  const { sentence } = t.orders;
  const orderIds = [...new Set(args.id)];
  const { code, note } = await reasonOf(ctx, flags);
  const before = await readAll(ctx, orderIds);
  if (!asked.dryRun) await confirm(ctx, before);
  const deps = await appDeps(ctx, asked);
  // Of many the rest is the worker's: each is final at its commit, and nobody waits for a hundred undos in a row.
  const isAlone = orderIds.length === 1 || asked.wait !== undefined;
  const options = { ...changeOptions(ctx, asked), ...(isAlone ? {} : { claim: false }) };
  const notes: string[] = [];

  const change = async (orderId: string): Promise<ChangeOutcome> => {
    const cancelled = await cancelOrder(deps, orderId, { ...options, code, note });
    const { status } = cancelled;
    if (asked.dryRun) {
      const undo = undoText(undoPlan(before.get(orderId) ?? cancelled.process), ctx.view);
      const message = status === 'already' ? sentence.alreadyCancelled : sentence.wouldCancel(undo);
      return { status, message };
    }
    if (status === 'already') return { status, message: sentence.alreadyCancelled };
    const { process, pending } = await carryOn(ctx, cancelled, asked);
    notes.push(...(await pendingNotes(ctx, process, pending)));
    const message = isClosed(process) ? sentence.cancelled : sentence.cancelling;
    const late = asked.wait !== undefined && !isClosed(process);
    return { status, message, ...(late ? { exit: EXIT.notFinished } : {}) };
  };

  const result = await overIds(ctx, orderIds, { change });
  return {
    ...result,
    notes: [...(asked.dryRun ? [t.common.dryRun] : []), ...(result.notes ?? []), ...new Set(notes)],
  };
};

type Reason = { readonly code: CancelCode; readonly note: string | undefined };

/** OTHER asks for words on a terminal. */
const reasonOf = async (
  { t, prompts }: CommandContext,
  { code, note }: { readonly code: string; readonly note: string | undefined },
): Promise<Reason> => {
  try {
    return { code: checkCancelCode(code, note), note };
  } catch (error) {
    if (!isRefusal(error, 'TEXT_REQUIRED') || !prompts.possible) throw error;
    const words = (await prompts.input({ message: t.orders.inWords })).trim();
    return { code: checkCancelCode(code, words), note: words };
  }
};

type Before = ReadonlyMap<string, OrderProcess>;

/** All ids are checked before the first is changed. */
const readAll = async (ctx: CommandContext, orderIds: readonly string[]): Promise<Before> => {
  const store = await ctx.services.store('read');
  return store.read(async (tx) => {
    const found = new Map<string, OrderProcess>();
    for (const orderId of orderIds) {
      const process = await readOrder(tx, orderId);
      mustExist(process);
      found.set(orderId, process);
    }
    return found;
  });
};

const confirm = async (ctx: CommandContext, before: Before): Promise<void> => {
  const { sentence } = ctx.t.orders;
  const going = [...before.values()].filter(({ order }) => order.cancelled === null);
  const [only] = going;
  if (only === undefined) return;
  if (going.length === 1) {
    return confirmChange(ctx, sentence.confirmCancel(only.orderId, undoText(undoPlan(only), ctx.view)));
  }
  const plans = going.map(undoPlan);
  const sum = (count: (plan: UndoPlan) => number): number =>
    plans.reduce((total, plan) => total + count(plan), 0);
  const undo = undoText(
    {
      services: sum((plan) => plan.services),
      inDoubt: sum((plan) => plan.inDoubt),
      visit: null,
      recall: null,
    },
    ctx.view,
  );
  const message = sentence.confirmCancelMany(going.length);
  await confirmChange(ctx, undo === '' ? message : `${message} ${undo}`, { count: going.length });
};
