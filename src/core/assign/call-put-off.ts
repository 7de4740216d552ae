import { isGoing, type OrderProcess } from '../process/process.ts';
import type { Policy } from '../rules/policy.ts';
import type { VisitProposed } from '../scheduling/events.ts';
import { ms } from '../time/iso.ts';
import { callTimes, dueCallTime } from './automatic-visit.ts';

type Now = {
  readonly policy: Policy;
  /** Epoch ms. */
  readonly now: number;
  /** By how much the clocks of two processes may differ, ms. */
  readonly skewMs: number;
};

/**
 * The proposal with the call when this clock plans it, where a clock that was ahead has put it off for longer; none: it stays
 * as it is. A time that the customer named is kept.
 */
export const callPutOff = (process: OrderProcess, { policy, now, skewMs }: Now): readonly VisitProposed[] => {
  const { proposal, call, agreed } = process.scheduling;
  if (!isGoing(process) || proposal === null || call !== null || agreed !== null) return [];
  const { plannedAt, ...planned } = proposal;
  if (ms(plannedAt) <= now + skewMs) return [];
  const callAt = planned.via === 'agreed' ? now : dueCallTime(process, now, policy);
  if (callAt >= ms(planned.callAt)) return [];
  const times = callTimes(callAt, policy.schedule.holdMinutes);
  return [{ type: 'VisitProposed', data: { ...planned, ...times } }];
};
