import type { CancelWish } from '../../../core/app/orders/cancel-task.ts';
import { isCancelCode } from '../../../core/rules/reason-codes.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import { parseOrderId } from '../../../core/values/order-id.ts';
import { badField, momentAt, objectAt, optional, textAt } from './fields.ts';
import { MOST } from './profile.ts';

export type AskedCancel = { readonly orderId: string } & Pick<CancelWish, 'code' | 'reason'>;

/**
 * Reads a CancelServiceOrder_Create: the reason is one of our codes, or a text of another one. What is to be cancelled
 * later is not taken: `now` (epoch ms). Throws Refusal BAD_FIELD, ORDER_NOT_FOUND.
 */
export const readCancelOrder = (body: unknown, now: number): AskedCancel => {
  const task = objectAt(body, '', {
    fields: ['cancellationReason', 'requestedCancellationDate', 'serviceOrder'],
    unsettable: ['id', 'href', 'state', 'completionMessage', 'effectiveCancellationDate', 'errorMessage'],
  });
  if (task.serviceOrder === undefined) throw badField('serviceOrder', { code: 'REQUIRED' });
  const order = objectAt(task.serviceOrder, 'serviceOrder', { fields: ['id', 'href', 'name'] });
  const id = textAt(order.id, 'serviceOrder.id', MOST.id);
  const orderId = parseOrderId(id);
  if (orderId === null) throw new Refusal('ORDER_NOT_FOUND', { orderId: id });
  const at = optional(task.requestedCancellationDate, (moment) =>
    momentAt(moment, 'requestedCancellationDate'),
  );
  if (at !== undefined && Date.parse(at) > now) {
    throw badField('requestedCancellationDate', { code: 'NOT_LATER' });
  }
  const reason = optional(task.cancellationReason, (text) => textAt(text, 'cancellationReason', MOST.text));
  if (reason === undefined) return { orderId, code: 'NO_LONGER_REQUIRED' };
  return isCancelCode(reason) && reason !== 'OTHER'
    ? { orderId, code: reason }
    : { orderId, code: 'OTHER', reason };
};
