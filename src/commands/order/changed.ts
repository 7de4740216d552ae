import type { Change } from '../../core/app/change-order.ts';
import type { AppDeps } from '../../core/app/deps.ts';
import { readChanged } from '../../core/app/orders/read-details.ts';
import type { ChangeFlags } from '../framework/parse/descriptor.ts';
import { type Ending, type ObjectResult, object } from '../framework/print/result.ts';
import type { CommandContext } from '../framework/run/context.ts';

type Changed = {
  readonly change: Change;
  readonly asked: ChangeFlags;
  /** The sentence for people. */
  readonly done: string;
  readonly ending?: Ending;
};

/** What a change of one order answers: a sentence for people, the order itself for scripts. */
export const changedOrder = async (
  ctx: CommandContext,
  deps: AppDeps,
  { change, asked, done, ending = {} }: Changed,
): Promise<ObjectResult> => {
  const { orderId } = change.process;
  const { t, globals } = ctx;
  const text = change.status === 'already' ? t.orders.sentence.unchanged(orderId) : done;
  return object({
    schema: 'oss.order/1',
    data: await readChanged(deps, change, { showPii: globals.showPii }),
    id: orderId,
    show: () => [{ kind: 'text', lines: [text] }],
    hints: [{ command: `order show ${orderId}` }],
    ...ending,
    notes: [...(asked.dryRun ? [t.common.dryRun] : []), ...(ending.notes ?? [])],
  });
};
