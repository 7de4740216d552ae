import { runsHere } from '../../core/app/engine/carry-on.ts';
import { cancelOrder } from '../../core/app/orders/change-terms.ts';
import { type CancelPreview, previewCancel, undoOfAll } from '../../core/app/orders/preview-cancel.ts';
import { isClosed } from '../../core/process/process.ts';
import { checkCancelCode } from '../../core/rules/reason-code-check.ts';
import type { CancelCode } from '../../core/rules/reason-codes.ts';
import { isRefusal } from '../../core/rules/refusal.ts';
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
  const before = await previewCancel({ store: await ctx.services.store('read') }, orderIds);
  if (!asked.dryRun) await confirm(ctx, before);
  const deps = await appDeps(ctx, asked);
  // Each is final at its commit: the operator does not wait for a hundred undos in a row.
  const here = runsHere({ orders: orderIds.length, waitMs: asked.wait });
  const options = changeOptions(ctx, asked, { here });
  const notes: string[] = [];

  const change = async (orderId: string): Promise<ChangeOutcome> => {
    const cancelled = await cancelOrder(deps, orderId, { ...options, code, note });
    const { status } = cancelled;
    if (asked.dryRun) {
      const plan = before.get(orderId)?.undo;
      const undo = plan === undefined ? '' : undoText(plan, ctx.view);
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

type Before = ReadonlyMap<string, CancelPreview>;

const confirm = async (ctx: CommandContext, before: Before): Promise<void> => {
  const { sentence } = ctx.t.orders;
  const going = [...before.values()].filter(({ already }) => !already);
  const [only] = going;
  if (only === undefined) return;
  if (going.length === 1) {
    return confirmChange(ctx, sentence.confirmCancel(only.orderId, undoText(only.undo, ctx.view)));
  }
  const undo = undoText(undoOfAll(going), ctx.view);
  const message = sentence.confirmCancelMany(going.length);
  await confirmChange(ctx, undo === '' ? message : `${message} ${undo}`, { count: going.length });
};
