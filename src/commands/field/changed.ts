import type { Change } from '../../core/app/change-order.ts';
import type { AppDeps } from '../../core/app/deps.ts';
import type { Aftermath } from '../../core/app/engine/after-change.ts';
import { readChanged } from '../../core/app/orders/read-details.ts';
import type { OrderProcess } from '../../core/process/process.ts';
import { wasEnteredLate } from '../../core/views/entered-late.ts';
import type { OrderDetails } from '../../core/views/order-details.ts';
import { type Block, type Cell, tone } from '../../faces/cli/terminal/blocks.ts';
import { carryOn, pendingNotes } from '../changing.ts';
import type { ChangeFlags } from '../framework/parse/descriptor.ts';
import { type Hint, type ObjectResult, object } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { slotText, stageTone } from '../order/words.ts';

type Said = {
  /** What the report came to, of the order as it is now. */
  readonly sentence: (order: OrderDetails, process: OrderProcess) => string;
  /** Said beside it when it was so before. */
  readonly already: (order: OrderDetails) => string;
  readonly hints?: readonly Hint[];
};

/** Runs what a report made due, and shows the order as it is then: `oss.order/1`. */
export const afterReport = async (
  ctx: CommandContext,
  deps: AppDeps,
  { change, asked, said }: { readonly change: Change; readonly asked: ChangeFlags; readonly said: Said },
): Promise<ObjectResult> => {
  const { process, pending } = await carryOn(ctx, change, asked);
  const details = await readChanged(deps, { ...change, process }, { showPii: ctx.globals.showPii });
  return object({
    schema: 'oss.order/1',
    data: details,
    id: details.orderId,
    show: (order, view) => {
      const sentence = said.sentence(order, process);
      return reportBlocks(order, asked.dryRun ? view.t.field.dryRun(sentence) : sentence, view);
    },
    notes: [
      ...(change.events.some(wasEnteredLate) ? [ctx.t.field.enteredLate] : []),
      ...(await notesOf(ctx, { change, asked, process, pending, already: said.already(details) })),
    ],
    exit: asked.wait !== undefined && pending.length > 0 ? EXIT.notFinished : EXIT.done,
    hints: asked.dryRun ? [] : (said.hints ?? []),
  });
};

const notesOf = async (
  ctx: CommandContext,
  after: Aftermath & { readonly change: Change; readonly asked: ChangeFlags; readonly already: string },
): Promise<readonly string[]> => {
  if (after.change.status === 'already') return [after.already];
  if (after.asked.dryRun) return [ctx.t.common.dryRun];
  return pendingNotes(ctx, after.process, after.pending);
};

/** Fits 40 columns: what happened, and no more of the order than belongs to it. */
const reportBlocks = (order: OrderDetails, sentence: string, view: View): readonly Block[] => {
  const { card, undoProgress } = view.t.field;
  const { result, visit, returnCode, stage, services } = order;
  const asked = services.filter(({ tries }) => tries > 0);
  const off = asked.filter(({ proof }) => proof === 'off' || proof === 'refused');
  const rows: (readonly [string, Cell])[] = [
    [card.visit, visit === null || result !== null ? '' : slotText(visit, view)],
    [card.result, result === null ? '' : resultText(result, view)],
    [card.stb, result === null ? '' : result.stbSerials.join(', ')],
    [card.returned, returnCode === null ? '' : `${view.t.reasons.return[returnCode] ?? ''} (${returnCode})`],
    [card.undo, returnCode === null || asked.length === 0 ? '' : undoProgress(off.length, asked.length)],
    [card.peers, order.simulated ? view.t.orders.simulated : ''],
  ];
  return [
    { kind: 'text', lines: [tone(stageTone(stage), sentence)] },
    ...(rows.some(([, value]) => value !== '') ? [{ kind: 'card' as const, sections: [{ rows }] }] : []),
  ];
};

/** ONT, power and signer on one line. */
export const resultText = (result: NonNullable<OrderDetails['result']>, { t }: View): string =>
  t.orders.result(result.ontSerial, result.rxPowerDbm, result.signedBy ?? '');
