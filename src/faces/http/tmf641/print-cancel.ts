import type { ReadCancel } from '../../../core/app/orders/cancel-task.ts';
import type { CancelTask } from '../../../core/order/client-terms.ts';
import type { JsonObject } from '../../../core/values/json-fields.ts';
import { orderHref } from './print-order.ts';
import { TMF641_BASE } from './profile.ts';

/** How a wish to cancel is shown. */
export type CancelPrinting = {
  readonly publicUrl: string;
  /** Why a wish was denied, in words. */
  readonly denial: (task: CancelTask) => string;
};

/**
 * A wish to cancel as a CancelServiceOrder of TMF641. It is `done` as soon as it stands on the log: assessed, and whether
 * the order ends is said by the order alone.
 */
export const printCancel = (
  {
    task,
    reason,
    process: { orderId },
  }: Pick<ReadCancel, 'task' | 'reason'> & {
    readonly process: Pick<ReadCancel['process'], 'orderId'>;
  },
  { publicUrl, denial }: CancelPrinting,
): JsonObject => ({
  '@type': 'CancelServiceOrder',
  id: task.taskId,
  href: `${publicUrl}${TMF641_BASE}/cancelServiceOrder/${task.taskId}`,
  state: 'done',
  cancellationReason: reason ?? task.code,
  ...(task.denied === null ? { effectiveCancellationDate: task.at } : { completionMessage: denial(task) }),
  serviceOrder: { id: orderId, href: orderHref(publicUrl, orderId), '@referredType': 'ServiceOrder' },
});
