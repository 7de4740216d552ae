import { changeOrder, type Decide } from '../change-order.ts';
import type { SagaDeps } from '../deps.ts';
import { runOrder } from '../engine/order-loop.ts';

/** How long the steps of one mended order may take here; the rest is the worker's. */
const RUN_MS = 5_000;

/** Records what reconciling has found out about an order, and runs the steps that follow. false: `decide` saw no need. */
export const mendOrder = async (
  deps: SagaDeps,
  orderId: string,
  { decide, signal }: { readonly decide: Decide; readonly signal: AbortSignal | undefined },
): Promise<boolean> => {
  const change = await changeOrder(deps, orderId, { command: 'ne reconcile', claim: true }, decide);
  if (change.claim !== null) {
    await runOrder(deps, change.claim, { budgetMs: RUN_MS, ...(signal === undefined ? {} : { signal }) });
  }
  return change.status === 'done';
};

/** The finding, once what it makes of its order is recorded. null: `decide` saw no need, the order is another by now. */
export const mendAndTell = async <F extends { readonly orderId: string }>(
  deps: SagaDeps,
  finding: F,
  mending: { readonly decide: Decide; readonly signal: AbortSignal | undefined },
): Promise<F | null> => ((await mendOrder(deps, finding.orderId, mending)) ? finding : null);
