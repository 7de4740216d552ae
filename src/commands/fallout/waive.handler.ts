import { waiveHeld } from '../../core/app/fallout/waive-hold.ts';
import { readChanged } from '../../core/app/orders/read-details.ts';
import { unprovenOf } from '../../core/process/waive.ts';
import { tone } from '../../faces/cli/terminal/blocks.ts';
import { appDeps, carryOn, changeOptions, pendingNotes } from '../changing.ts';
import { confirmChange } from '../framework/ask/confirm.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { orderCard } from '../order/card.ts';
import type { falloutWaive } from './waive.ts';

export const run: Handler<typeof falloutWaive> = async (ctx, { args, flags, change: asked }) => {
  const { t } = ctx;
  const { step, service, reason } = flags;
  const orderId = args.id;
  const deps = await appDeps(ctx, asked);
  const options = { ...changeOptions(ctx, asked), wish: { step, service }, reason };
  if (!asked.dryRun) {
    // The operator confirms only what will not be refused anyway.
    const would = await waiveHeld(deps, orderId, { ...options, dryRun: true });
    const what = service ?? step ?? unprovenOf(would.process).join(', ');
    if (would.status === 'done') await confirmChange(ctx, t.fallout.confirmWaive(what, orderId));
  }
  const change = await waiveHeld(deps, orderId, options);
  const { process, pending } = await carryOn(ctx, change, asked);
  const isNew = change.status === 'done' && !asked.dryRun;
  return object({
    schema: 'oss.order/1',
    data: await readChanged(deps, { ...change, process }, { showPii: ctx.globals.showPii }),
    id: orderId,
    show: (order, view) => [
      ...(isNew
        ? [{ kind: 'text' as const, lines: [tone('bad', view.t.fallout.waived(order.unproven.join(', ')))] }]
        : []),
      ...orderCard(order, view),
    ],
    notes: [
      ...(change.status === 'already' ? [t.fallout.waivedBefore] : []),
      ...(asked.dryRun ? [t.common.dryRun] : []),
      ...(isNew ? await pendingNotes(ctx, process, pending) : []),
    ],
    exit: asked.wait !== undefined && pending.length > 0 ? EXIT.notFinished : EXIT.done,
  });
};
