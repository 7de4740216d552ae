import { holdOrder } from '../../order/decide.ts';
import type { LookUp } from '../../peers/outcome.ts';
import type { Appointment } from '../../ports/peers.ts';
import type { OrderProcess } from '../../process/process.ts';
import type { UnprovenRing } from '../../scheduling/calls.ts';
import { saidBy, settleAppointment } from './call-answer.ts';
import {
  laterAlone,
  NOTHING,
  notAdmitted,
  type Settle,
  type SettleContext,
  type Settled,
  type StepIo,
} from './kinds.ts';
import { laterAfterLookUp } from './outcome-retry.ts';

/** A call that may have rung and that no step has looked up again; null: there is none. */
export const unseenRing = ({ scheduling: { rings } }: OrderProcess): UnprovenRing | null =>
  rings.findLast(({ isLookedAt }) => !isLookedAt) ?? null;

/**
 * Asks the desk once more for a call that it did not know of, before the customer is phoned again: what it wrote down late is
 * the answer.
 */
export const lookAgain = async (ring: UnprovenRing, io: StepIo): Promise<Settle> => {
  const sending = await io.askToSend();
  if (sending === null) return notAdmitted;
  const lookUp = await io.tm.findCall(ring.callKey, sending);
  return (current, context) =>
    context.stillAsked && unseenRing(current)?.intent === ring.intent
      ? settleLook(current, { ring, lookUp }, context)
      : NOTHING;
};

type Looked = { readonly ring: UnprovenRing; readonly lookUp: LookUp<Appointment> };

const settleLook = (
  process: OrderProcess,
  { ring, lookUp }: Looked,
  context: SettleContext,
): Settled | Promise<Settled> => {
  const { callKey, intent } = ring;
  switch (lookUp.kind) {
    case 'found':
    case 'terminated':
    case 'ambiguous': {
      const appointment = saidBy(lookUp);
      return appointment === null
        ? laterAlone({ code: 'SEVERAL_APPOINTMENTS' })
        : settleAppointment(process, callKey, appointment, { ...context, intent });
    }
    case 'absent':
      return { events: [{ type: 'CallNotSeen', data: { callKey } }], retry: null };
    case 'unsupported':
      return {
        ...laterAlone({ code: 'HELD', hold: 'NO_LOOKUP' }),
        events: holdOrder(process, 'CallCustomer', 'CallCustomer', 'NO_LOOKUP'),
      };
    case 'misconfigured':
    case 'unknown':
      return laterAfterLookUp(lookUp);
  }
};
