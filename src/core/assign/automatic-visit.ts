import type { WhyNoneCode } from '../codes/why-none.ts';
import type { DecideContext } from '../ports/decide-context.ts';
import type { OrderProcess } from '../process/process.ts';
import type { Policy } from '../rules/policy.ts';
import { callAgain, nextCallTime } from '../scheduling/calling-hours.ts';
import { ringTimes } from '../scheduling/calls.ts';
import type { CallVia, VisitProposed } from '../scheduling/events.ts';
import { iso, ms } from '../time/iso.ts';
import { MINUTE_MS } from '../time/units.ts';
import { chooseVisit } from './assign.ts';
import type { AssignOptions } from './types.ts';
import { readWorld, visitRequest } from './visit-world.ts';

/**
 * When a customer may be phoned by themselves: in calling hours, not before the time that they asked for, and not too soon
 * after a call of which nobody knows whether it rang. Epoch ms.
 */
export const dueCallTime = ({ scheduling }: OrderProcess, now: number, policy: Policy): number => {
  const { callback, rings } = scheduling;
  const asked = callback === null ? now : Math.max(now, ms(callback));
  const ring = rings.at(-1);
  const rested =
    ring === undefined ? now : callAgain({ now: ms(ring.at), callTimes: ringTimes(scheduling), policy });
  return nextCallTime(Math.max(asked, rested), policy);
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
