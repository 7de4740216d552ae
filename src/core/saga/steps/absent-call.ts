import { holdOrder } from '../../order/decide.ts';
import type { NewEvent } from '../../process/events.ts';
import { isGoing, type OrderProcess } from '../../process/process.ts';
import type { Policy } from '../../rules/policy.ts';
import { afterCall, nextCallTime, withinLimit } from '../../scheduling/calling-hours.ts';
import { type OpenCall, ringTimes } from '../../scheduling/calls.ts';
import type { CallNotPlaced } from '../../scheduling/events.ts';
import { iso, ms } from '../../time/iso.ts';
import { MINUTE_MS } from '../../time/units.ts';
import type { SettleContext } from './kinds.ts';

/** So many calls in a row may come to nothing unanswered; then a person looks before there is another one. */
const MOST_IN_VAIN = 3;

const FIRST_BOOKING_MS = 2_000;
const LONGEST_BOOKING_MS = 300_000;

/**
 * The desk knows nothing of a call, late enough: what it refused is refused then. Otherwise the worker calls again, but as if
 * the phone had rung: a desk may write down late what it did, and no look-up disproves a ring.
 */
export const callNeverCame = (
  process: OrderProcess,
  call: OpenCall,
  context: SettleContext,
): readonly NewEvent[] => {
  const { callKey, doubt } = call;
  if (doubt?.refusedCode != null) {
    const { refusedCode: reason } = doubt;
    const cause = { code: 'REFUSED', reason, told: '' } as const;
    return [
      notPlaced(call, { callKey, why: 'rejected', cause, ...notThatDay(process, call, context) }),
      ...(isGoing(process) ? holdOrder(process, 'CallCustomer', 'CallCustomer', { peer: reason }) : []),
    ];
  }
  if (doubt?.isOfAnother === true && isGoing(process)) return [...toldOfAnother(process, call, context)];
  const turnedAway = doubt?.turnedAway ?? null;
  const absent = {
    callKey,
    why: 'absent',
    ...(turnedAway === null ? {} : { cause: turnedAway.cause }),
  } as const;
  if (!isGoing(process)) return [notPlaced(call, absent)];
  const nextCallAt = nextCall(process, call, context);
  if (nextCallAt === null) {
    const released: readonly NewEvent[] =
      process.scheduling.proposal === null
        ? []
        : [{ type: 'VisitReleased', data: { why: 'customer-pending' } }];
    return [notPlaced(call, { ...absent, nextCallAt }), ...released];
  }
  const isLast = turnedAway === null && process.scheduling.inVain + 1 >= MOST_IN_VAIN;
  return [
    notPlaced(call, { ...absent, ...timesOf(nextCallAt, context.policy) }),
    ...(isLast ? holdOrder(process, 'CallCustomer', 'CallCustomer', 'NEVER_ANSWERED') : []),
  ];
};

/**
 * The desk did something, and told of it under another call's name: what it booked, and for whom, only a person can see there.
 * Whoever says "call again" then calls as after a ring.
 */
const toldOfAnother = (
  process: OrderProcess,
  call: OpenCall,
  context: SettleContext,
): readonly NewEvent[] => {
  const nextCallAt = nextCall(process, call, context) ?? context.now;
  const times = timesOf(nextCallAt, context.policy);
  return [
    notPlaced(call, { callKey: call.callKey, why: 'absent', ...times }),
    ...holdOrder(process, 'CallCustomer', 'CallCustomer', 'ANSWERED_AS_ANOTHER'),
  ];
};

/** When the desk tries the customer again (epoch ms), and how long the proposal waits for that. */
const timesOf = (callAt: number, { schedule }: Policy) => ({
  nextCallAt: iso(callAt),
  expiresAt: iso(callAt + schedule.holdMinutes * MINUTE_MS),
});

const notPlaced = ({ intent }: OpenCall, data: CallNotPlaced['data']): NewEvent => ({
  type: 'CallNotPlaced',
  data,
  causationId: intent,
});

/** A person may say "call again" of a refused call, no oftener than the day's limit allows: it may have rung. */
const notThatDay = (
  process: OrderProcess,
  { at, via }: OpenCall,
  { policy, now }: SettleContext,
): Pick<CallNotPlaced['data'], 'nextCallAt' | 'expiresAt'> => {
  const callTimes = [...ringTimes(process.scheduling, now), Math.min(ms(at), now)];
  const soonest = nextCallTime(now, policy);
  const allowed = withinLimit(now, { callTimes, policy });
  return via === 'agreed' || !isGoing(process) || allowed === soonest ? {} : timesOf(allowed, policy);
};

/** Epoch ms; null: the calls in all are used up. Never before the moment that the desk itself named. */
const nextCall = (
  { scheduling }: OrderProcess,
  { at, via, doubt }: OpenCall,
  { policy, now }: SettleContext,
): number | null => {
  const until = doubt?.turnedAway?.until ?? null;
  const soonest = until === null ? now : Math.max(now, ms(until));
  // No phone rings for a booking.
  if (via === 'agreed') return Math.max(soonest, now + bookingWait(scheduling.inVain));
  const callTimes = [...ringTimes(scheduling, now), Math.min(ms(at), now)];
  const { nextCallAt } = afterCall({ outcome: 'NO_ANSWER', callbackAt: null, now, callTimes, policy });
  return nextCallAt === null ? null : nextCallTime(Math.max(nextCallAt, soonest), policy);
};

const bookingWait = (inVain: number): number =>
  inVain === 0 ? 0 : Math.min(FIRST_BOOKING_MS * 2 ** Math.min(inVain, 20), LONGEST_BOOKING_MS);
