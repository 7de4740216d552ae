import type { Finding } from '../../peers/finding.ts';
import type { Envelope } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { saidBy, settleAppointment } from '../../saga/steps/call-answer.ts';
import { ownClock } from '../../time/own-clock.ts';
import type { Decide } from '../change-order.ts';
import type { SagaDeps } from '../deps.ts';
import { mendOrder } from './mend-order.ts';

/** Keys of calls that were believed never placed because the desk did not know them, and were not used again since. */
export const absentCalls = (events: readonly Envelope[]): readonly string[] => {
  const absent = new Set<string>();
  for (const event of events) {
    if (event.type === 'CallNotPlaced' && event.data.why !== 'not-sent') absent.add(event.data.callKey);
    else if (event.type === 'CallRequested' || event.type === 'CustomerCalled')
      absent.delete(event.data.callKey);
  }
  return [...absent];
};

/**
 * A call that was placed after all, later than its bound: what the customer said is a fact, and an
 * appointment of an order that is over is cancelled. null: the desk still does not know it. 'unclear': it cannot say.
 */
export const settleLateCall = async (
  deps: SagaDeps,
  { process, callKey }: { readonly process: OrderProcess; readonly callKey: string },
  { fix, signal }: { readonly fix: boolean; readonly signal?: AbortSignal | undefined },
): Promise<Finding | 'unclear' | null> => {
  const admission = await deps.tm.admit();
  if (!admission.admitted) return 'unclear';
  const sending = { permit: admission.permit, deadlineMs: deps.policy.tm.timeoutMs };
  const lookUp = await deps.tm.findCall(callKey, sending);
  if (lookUp.kind === 'absent') return null;
  const appointment = saidBy(lookUp);
  if (appointment === null) return 'unclear';
  const { appointmentId, status } = appointment;
  const finding = {
    kind: 'late-call',
    key: callKey,
    orderId: process.orderId,
    neId: null,
    stage: process.stage,
    detail: { code: 'AT_DESK', appointmentId, status },
  } as const;
  if (status === 'initialized' || status === 'unknown') return 'unclear';
  if (!fix) return { ...finding, state: 'open' };
  const decide: Decide = async (current, context) => {
    // What was learnt of the order since it was read may make what was seen old.
    if (current.version !== process.version) return [];
    const settling = { ...context, intent: null, stillAsked: true, own: ownClock(deps.clock) };
    return (await settleAppointment(current, callKey, appointment, settling)).events;
  };
  return (await mendOrder(deps, process.orderId, { decide, signal })) ? { ...finding, state: 'fixed' } : null;
};
