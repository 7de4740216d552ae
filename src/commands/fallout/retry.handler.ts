import { runsHere } from '../../core/app/engine/carry-on.ts';
import type { HoldWish } from '../../core/app/fallout/hold-wish.ts';
import { ordersHeldSo } from '../../core/app/fallout/read-fallout.ts';
import { retryHolds } from '../../core/app/fallout/retry-holds.ts';
import type { OrderProcess } from '../../core/process/process.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { serviceKeyOf, serviceNameOf } from '../../core/views/fallout.ts';
import { appDeps, carryOn, changeOptions, pendingNotes, workerNote } from '../changing.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { type ChangeOutcome, overIds } from '../framework/run/over-ids.ts';
import { causeText } from '../order/words.ts';
import { readingDeps } from './reading.ts';
import type { falloutRetry } from './retry.ts';

export const run: Handler<typeof falloutRetry> = async (ctx, { args, flags, change: asked }) => {
  const { t } = ctx;
  const { reason, ...wish } = flags;
  const orderIds = args.id.length > 0 ? [...new Set(args.id)] : await heldSo(ctx, wish);
  const deps = await appDeps(ctx, asked);
  const here = runsHere({ orders: orderIds.length, waitMs: asked.wait });
  const options = { ...changeOptions(ctx, asked, { here }), wish, reason };
  const notes: string[] = [];
  let leftToWorker = false;

  const change = async (orderId: string): Promise<ChangeOutcome> => {
    const retried = await retryHolds(deps, orderId, options);
    const { status } = retried;
    if (status === 'already') return { status, message: t.fallout.retriedBefore };
    if (asked.dryRun) return { status, message: t.fallout.wouldRetry };
    leftToWorker ||= !here;
    if (leftToWorker) return { status, message: t.fallout.retried };
    const { process, pending } = await carryOn(ctx, retried, asked);
    notes.push(...(await pendingNotes(ctx, process, pending)));
    const late = asked.wait !== undefined && pending.length > 0;
    return { status, message: outcomeText(ctx, process), ...(late ? { exit: EXIT.notFinished } : {}) };
  };

  const result = await overIds(ctx, orderIds, { change });
  if (leftToWorker) notes.push(await workerNote(ctx));
  return {
    ...result,
    empty: t.fallout.nothingMeant,
    notes: [...(asked.dryRun ? [t.common.dryRun] : []), ...(result.notes ?? []), ...new Set(notes)],
  };
};

/** Without ids, the orders that are held so. Throws Refusal MISSING_FLAGS when nothing says which. */
const heldSo = async (ctx: CommandContext, wish: HoldWish): Promise<readonly string[]> => {
  const { cause, step } = wish;
  if (cause === undefined && step === undefined) {
    throw new Refusal('MISSING_FLAGS', {
      command: 'fallout retry',
      needs: [{ code: 'ONE_OF', names: ['<id>', '--cause CODE', '--step STEP'] }],
      example: 'fallout retry 42',
    });
  }
  return ordersHeldSo(await readingDeps(ctx), wish);
};

const outcomeText = ({ t }: CommandContext, { order, stage }: OrderProcess): string => {
  const { heldAgain, wentOn } = t.fallout;
  if (order.holds.length === 0) return wentOn(t.stages.stage[stage]);
  const causes = order.holds.map((hold) => {
    const service = serviceNameOf(serviceKeyOf(hold));
    return `${service === null ? '' : `${service} `}${causeText(hold.cause, t)}`;
  });
  return heldAgain(causes.join(', '));
};
