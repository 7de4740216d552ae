import type { DecideContext } from '../ports/decide-context.ts';
import type { OrderProcess } from '../process/process.ts';
import { ms } from '../time/iso.ts';
import type { Slot } from '../time/slot.ts';
import { technicianForAgreed as choose } from './assign.ts';
import { readWorld, visitRequest } from './visit-world.ts';

/**
 * Who goes at the time the customer agreed to (rule 8): the technician who is proposed, whose time is held, or who was to go
 * before, or another who breaks no hard rule; null: there is none. Read in the transaction that records the agreement.
 */
export const technicianForAgreed = async (
  process: OrderProcess,
  slot: Slot,
  { tx, policy, now }: DecideContext,
): Promise<string | null> => {
  const { proposal } = process.scheduling;
  if (
    proposal !== null &&
    ms(proposal.slot.start) === ms(slot.start) &&
    ms(slot.end) <= ms(proposal.slot.end)
  ) {
    return proposal.technicianId;
  }
  const world = await readWorld(tx, { policy, now }, { slot });
  const before = proposal?.technicianId ?? process.scheduling.visit?.technicianId ?? '';
  return choose(visitRequest(process), slot, world, before);
};
