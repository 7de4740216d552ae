import type { Cause } from '../../codes/cause.ts';
import type { HoldCause } from '../../codes/hold-cause.ts';
import { holdOrder } from '../../order/decide.ts';
import type { Outcome } from '../../peers/outcome.ts';
import type { Appointment, CallRequest } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import { isGoing, type OrderProcess } from '../../process/process.ts';
import { wholeBound } from '../../rules/policy.ts';
import { nextCallKey } from '../../scheduling/decide.ts';
import { settleAppointment } from './call-answer.ts';
import { later, type RemoteStep, type SettleContext, type Settled, type StepIo } from './kinds.ts';
import { laterAfter } from './outcome-retry.ts';

/** Why a call did not leave this machine at all. */
type Unsent = { readonly kind: 'not-admitted' } | { readonly kind: 'no-phone' };

/** Has the desk phone the customer (or book what was agreed). One call key, one call. */
export const callCustomer: RemoteStep = {
  windowed: true,
  intent: (process, _step, { peer, policy, boot, uptimeMs }) => {
    const { proposal } = process.scheduling;
    if (proposal === null) return [];
    const { via, slot } = proposal;
    return [
      {
        type: 'CallRequested',
        data: {
          callKey: nextCallKey(process),
          peer,
          via,
          slot,
          boundMs: wholeBound(policy.tm),
          boot,
          uptimeMs,
        },
      },
    ];
  },
  send: async (process, _step, io) => {
    const { call, proposal } = process.scheduling;
    if (call === null || proposal === null) throw new Error(`${process.orderId}: a call without its intent`);
    const { callKey, via, slot } = call;
    const { technicianId } = proposal;
    const outcome = await ring({ orderId: process.orderId, callKey, via, slot, technicianId }, io);
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
  const sending = await io.leave();
  return sending === null ? { kind: 'not-admitted' } : io.tm.call({ ...request, phone }, sending);
};

const settleCall = (
  process: OrderProcess,
  callKey: string,
  outcome: Outcome<Appointment> | Unsent,
  context: SettleContext,
): Settled | Promise<Settled> => {
  const { intent, policy, now } = context;
  const notPlaced = (why: 'not-sent' | 'rejected', cause: Cause): NewEvent => ({
    type: 'CallNotPlaced',
    data: { callKey, why, cause },
    ...(intent === null ? {} : { causationId: intent }),
  });
  const held = (cause: HoldCause) =>
    isGoing(process) ? holdOrder(process, 'CallCustomer', 'CallCustomer', cause) : [];
  switch (outcome.kind) {
    case 'confirmed':
      return settleAppointment(process, callKey, outcome.value, context);
    case 'accepted':
    case 'in-doubt':
      return later({ code: 'CALL_IN_DOUBT' }, now + policy.tm.pollMs, false);
    case 'rejected':
      return {
        events: [
          notPlaced('rejected', { code: 'REFUSED', reason: outcome.code, told: '' }),
          ...held({ peer: outcome.code }),
        ],
        retry: null,
      };
    case 'no-phone':
      return { events: [notPlaced('not-sent', { code: 'NO_PHONE' }), ...held('NO_PHONE')], retry: null };
    case 'not-admitted':
      return {
        ...later({ code: 'DESK_BUSY' }, null, false),
        events: [notPlaced('not-sent', { code: 'NOT_ADMITTED' })],
      };
    case 'not-sent':
    case 'turned-away':
    case 'misconfigured':
      return { ...laterAfter(outcome), events: [notPlaced('not-sent', outcome.cause)] };
  }
};
