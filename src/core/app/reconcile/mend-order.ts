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
