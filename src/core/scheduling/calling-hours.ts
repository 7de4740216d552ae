import type { Policy } from '../rules/policy.ts';
import { MINUTE_MS } from '../time/units.ts';
import { addDays, fromLocal, toLocal } from '../time/zone.ts';
import { assertNever } from '../values/assert-never.ts';
import type { CallOutcome } from './events.ts';

/** The given moment if it lies in the calling hours of the operator's zone, else when they open next. Epoch ms. */
export const nextCallTime = (from: number, policy: Policy): number => {
  const { from: opens, to: closes } = policy.schedule.callingHours;
  const { date, minutes } = toLocal(from, policy.tz);
  if (minutes >= closes) return fromLocal(addDays(date, 1), opens, policy.tz).at;
  return minutes < opens ? fromLocal(date, opens, policy.tz).at : from;
};

export type CallMade = {
  readonly outcome: CallOutcome;
  /** Epoch ms that the customer asked for, when the outcome is CALLBACK; null: they named none. */
  readonly callbackAt: number | null;
  readonly now: number;
  /** Epoch ms of every call so far, this one included. */
  readonly callTimes: readonly number[];
  readonly policy: Policy;
};

/**
 * The next moment of the policy's rhythm: not too soon after the last call (`now`), not too often a day, in calling hours.
 * Epoch ms.
 */
export const callAgain = ({
  now,
  callTimes,
  policy,
}: Pick<CallMade, 'now' | 'callTimes' | 'policy'>): number => {
  const rested = now + policy.schedule.callAgainMinutes * MINUTE_MS;
  return withinLimit(rested, { callTimes, policy });
};

/** From that moment on when the day's limit allows one more call, in calling hours. Epoch ms. */
export const withinLimit = (
  from: number,
  { callTimes, policy }: Pick<CallMade, 'callTimes' | 'policy'>,
): number => {
  const soonest = nextCallTime(from, policy);
  const day = toLocal(soonest, policy.tz).date;
  const thatDay = callTimes.filter((at) => toLocal(at, policy.tz).date === day).length;
  if (thatDay < policy.schedule.callsPerDay) return soonest;
  return nextCallTime(fromLocal(addDays(day, 1), 0, policy.tz).at, policy);
};

/**
 * When the desk calls the customer again after a call. null after AGREED (no need) and, otherwise, for customer-pending:
 * the customer refused, the number is wrong, or the calls in all are used up.
 * A callback keeps the customer's time, moved into calling hours; without one, or when it is past, the policy says when.
 */
export const afterCall = (call: CallMade): { readonly nextCallAt: number | null } => {
  const { outcome, callbackAt, callTimes, policy } = call;
  switch (outcome) {
    case 'AGREED':
    case 'REFUSED':
    case 'WRONG_NUMBER':
      return { nextCallAt: null };
    case 'CALLBACK':
      return callbackAt !== null && callbackAt > call.now
        ? { nextCallAt: nextCallTime(callbackAt, policy) }
        : { nextCallAt: callAgain(call) };
    case 'NO_ANSWER':
    case 'BUSY':
      return { nextCallAt: callTimes.length >= policy.schedule.callsInAll ? null : callAgain(call) };
    default:
      return assertNever(outcome);
  }
};
