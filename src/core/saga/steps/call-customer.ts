import type { Cause } from '../../codes/cause.ts';
import { holdOrder } from '../../order/decide.ts';
import type { Outcome } from '../../peers/outcome.ts';
import type { Appointment, CallRequest } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import { isGoing, type OrderProcess } from '../../process/process.ts';
import { wholeBound } from '../../rules/policy.ts';
import { arrivalWindow } from '../../scheduling/arrival-window.ts';
import { nextCallKey } from '../../scheduling/decide.ts';
import type { CallInDoubt } from '../../scheduling/events.ts';
import { iso } from '../../time/iso.ts';
import { settleAppointment } from './call-answer.ts';
import { later, type RemoteStep, type SettleContext, type Settled, type StepIo } from './kinds.ts';
import { lookAgain, unseenRing } from './look-again.ts';
import { laterAfter } from './outcome-retry.ts';

/** Why a call did not leave this machine at all. */
type Unsent = { readonly kind: 'not-admitted' } | { readonly kind: 'no-phone' };

/**
 * Has the desk phone the customer (or book what was agreed). One call key, one call. A request counts as not sent only when
 * this process itself saw that it did not leave: after any other answer that does not confirm, the look-up decides, for a
 * gateway on the way may refuse what it has handed on already. Where a call may have rung and its outcome is not
 * known, the step asks the desk for that one once more before there is another.
 */
export const callCustomer: RemoteStep = {
  windowed: true,
  intent: async (process, _step, { peer, policy, boot, uptimeMs, keyMark }) => {
    const { proposal } = process.scheduling;
    if (proposal === null || unseenRing(process) !== null) return [];
    const { via, slot } = proposal;
    return [
      {
        type: 'CallRequested',
        data: {
          callKey: nextCallKey(process, await keyMark()),
          peer,
          via,
          slot,
          // What was agreed already was agreed without play.
          ...(via === 'desk' ? arrivalWindow(slot, policy) : {}),
          boundMs: wholeBound(policy.tm),
          boot,
          uptimeMs,
        },
      },
    ];
  },
  send: async (process, _step, io) => {
    const { call, proposal } = process.scheduling;
    const unseen = unseenRing(process);
    if (call === null && unseen !== null) return lookAgain(unseen, io);
    if (call === null || proposal === null) throw new Error(`${process.orderId}: a call without its intent`);
    const { callKey, via, slot, window } = call;
    const { technicianId } = proposal;
    const outcome = await ring(
      {
        orderId: process.orderId,
        callKey,
        via,
        slot,
        technicianId,
        ...(window === undefined ? {} : { window }),
      },
      io,
    );
    return (current, context) => settleCall(current, callKey, outcome, context);
  },
};

/** The number is read at the last moment, and is kept nowhere else. */
const ring = async (
  request: Omit<CallRequest, 'phone'>,
  io: StepIo,
): Promise<Outcome<Appointment> | Unsent> => {
  const phone = await io.phone();
  if (phone === null) return { kind: 'no-phone' };
  const sending = await io.askToSend();
  return sending === null ? { kind: 'not-admitted' } : io.tm.call({ ...request, phone }, sending);
};

const settleCall = (
  process: OrderProcess,
  callKey: string,
  outcome: Outcome<Appointment> | Unsent,
  context: SettleContext,
): Settled | Promise<Settled> => {
  const { intent, policy, now } = context;
  const answer = (event: NewEvent): NewEvent => (intent === null ? event : { ...event, causationId: intent });
  const notSent = (cause: Cause): NewEvent =>
    answer({ type: 'CallNotPlaced', data: { callKey, why: 'not-sent', cause } });
  const doubted = (data: Omit<CallInDoubt['data'], 'callKey'>): readonly NewEvent[] => [
    answer({ type: 'CallInDoubt', data: { callKey, ...data } }),
  ];
  const lookedUp = later({ code: 'CALL_IN_DOUBT' }, now + policy.tm.pollMs, false);
  switch (outcome.kind) {
    case 'confirmed':
      return settleAppointment(process, callKey, outcome.value, context);
    case 'accepted': {
      const cause = { code: 'HTTP_STATUS', status: 202, told: '' } as const;
      return { ...lookedUp, events: doubted({ cause, accepted: true }) };
    }
    case 'in-doubt':
      return { ...lookedUp, events: doubted({ cause: outcome.cause }) };
    case 'rejected': {
      const cause = { code: 'REFUSED', reason: outcome.code, told: '' } as const;
      return { ...lookedUp, events: doubted({ cause, code: outcome.code }) };
    }
    case 'turned-away':
    case 'misconfigured': {
      const retryAt = outcome.kind === 'turned-away' ? outcome.retryAt : null;
      const until = retryAt === null ? {} : { retryAt: iso(retryAt) };
      const events = doubted({ cause: outcome.cause, turnedAway: true, ...until });
      return { ...laterAfter(outcome), events };
    }
    case 'no-phone': {
      const held = isGoing(process) ? holdOrder(process, 'CallCustomer', 'CallCustomer', 'NO_PHONE') : [];
      return { events: [notSent({ code: 'NO_PHONE' }), ...held], retry: null };
    }
    case 'not-admitted':
      return { ...later({ code: 'DESK_BUSY' }, null, false), events: [notSent({ code: 'NOT_ADMITTED' })] };
    case 'not-sent':
      return { ...laterAfter(outcome), events: [notSent(outcome.cause)] };
  }
};
