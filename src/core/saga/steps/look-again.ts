import type { OwnHoldCause } from '../../codes/hold-cause.ts';
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
 * Asks the desk once more for a call that it did not know of, before it phones the customer again: what it wrote down late
 * is the answer.
 */
export const lookAgain = async (ring: UnprovenRing, io: StepIo): Promise<Settle> => {
  const sending = await io.askToSend();
  if (sending === null) return notAdmitted;
  const lookUp = await io.tm.findCall(ring.callKey, sending);
  return (current, context) =>
    context.stillAsked && unseenRing(current)?.intent === ring.intent
      ? settleLook(current, { ring, lookUp, peer: io.tm.identity }, context)
      : NOTHING;
};

type Looked = {
  readonly ring: UnprovenRing;
  readonly lookUp: LookUp<Appointment>;
  /** Identity of the desk that was asked. */
  readonly peer: string;
};

const settleLook = (
  process: OrderProcess,
  { ring, lookUp, peer }: Looked,
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
      // What another desk does not know tells nothing (rule 4).
      return ring.peer === peer
        ? { events: [{ type: 'CallNotSeen', data: { callKey } }], retry: null }
        : held(process, 'PEER_CHANGED');
    case 'unsupported':
      return held(process, 'NO_LOOKUP');
    case 'misconfigured':
    case 'unknown':
      return laterAfterLookUp(lookUp);
  }
};

const held = (process: OrderProcess, cause: OwnHoldCause): Settled => ({
  ...laterAlone({ code: 'HELD', hold: cause }),
  events: holdOrder(process, 'CallCustomer', 'CallCustomer', cause),
});
