import type { WhyNoneCode } from '../codes/why-none.ts';
import type { DecideContext } from '../ports/decide-context.ts';
import type { OrderProcess } from '../process/process.ts';
import type { Policy } from '../rules/policy.ts';
import { callAgain, nextCallTime, withinLimit } from '../scheduling/calling-hours.ts';
import { lastUnreached, ringTimes } from '../scheduling/calls.ts';
import type { CallVia, VisitProposed } from '../scheduling/events.ts';
import { iso, ms } from '../time/iso.ts';
import { MINUTE_MS } from '../time/units.ts';
import { chooseVisit } from './assign.ts';
import type { AssignOptions } from './types.ts';
import { readWorld, visitRequest } from './visit-world.ts';

/**
 * When the desk may phone a customer for a visit that is proposed anew: in calling hours, at the time that they asked for if
 * they did, and else not too soon after a call that found no answer or is not known of, nor too often a day. Epoch ms.
 */
export const dueCallTime = ({ scheduling }: OrderProcess, now: number, policy: Policy): number => {
  const callTimes = ringTimes(scheduling, now);
  const last = lastUnreached(scheduling, now);
  const asked = scheduling.callback === null ? null : ms(scheduling.callback);
  // A promise, until it was tried to keep it.
  if (asked !== null && (last === null || last < asked)) return nextCallTime(Math.max(now, asked), policy);
  const rested = last === null ? now : callAgain({ now: last, callTimes, policy });
  return withinLimit(Math.max(now, rested), { callTimes, policy });
};

/** When the customer is phoned for a proposal, and until when it holds the technician. Epoch ms in, ISO out. */
export const callTimes = (
  callAt: number,
  holdMinutes: number,
): { readonly callAt: string; readonly expiresAt: string } => ({
  callAt: iso(callAt),
  expiresAt: iso(callAt + holdMinutes * MINUTE_MS),
});

export type AutomaticChoice =
  | { readonly kind: 'chosen'; readonly proposal: VisitProposed['data'] }
  | { readonly kind: 'none'; readonly why: readonly WhyNoneCode[] };

/** The best technician and slot, with the reasons; the customer is called in calling hours. */
export const automaticVisit = async (
  process: OrderProcess,
  { tx, policy, now }: DecideContext,
  options: AssignOptions & { readonly via?: CallVia; readonly callAt?: number },
): Promise<AutomaticChoice> => {
  const world = await readWorld(tx, { policy, now });
  const choice = chooseVisit(visitRequest(process), world, options);
  if (choice.kind === 'none') return choice;
  const { slot, technicianId, reasons } = choice.visit;
  const times = callTimes(options.callAt ?? dueCallTime(process, now, policy), policy.schedule.holdMinutes);
  return {
    kind: 'chosen',
    proposal: { slot, technicianId, via: options.via ?? 'desk', ...times, choice: 'automatic', reasons },
  };
};
