import type { NewEvent } from '../process/events.ts';
import { mustBeIn } from '../process/legal.ts';
import type { OrderProcess } from '../process/process.ts';
import { Refusal } from '../rules/refusal.ts';
import { ms } from '../time/iso.ts';
import { type Slot, sameSlot } from '../time/slot.ts';
import { slotOf } from './slots.ts';
import type { AgreedVisit } from './state.ts';

/** Between which two starts (UTC ISO, both included) a visit keeps what the customer was told: without play, one moment. */
const promisedStarts = ({ slot, window }: Pick<AgreedVisit, 'slot' | 'window'>): Slot =>
  window ?? { start: slot.start, end: slot.start };

/**
 * Shifts the plan of an agreed visit inside its promise: same technician, same length. `start`: epoch ms. The same start is no
 * event. Whether the technician can keep it is asked by who writes it. Throws ILLEGAL_IN_STAGE (dispatched, held),
 * ALREADY_FINAL, NO_VISIT, MOVE_RUNNING, CALL_RUNNING, OUTSIDE_WINDOW.
 */
export const retimeVisit = (process: OrderProcess, start: number): readonly NewEvent[] => {
  const { orderId } = process;
  mustBeIn(process, 'schedule plan', ['scheduled']);
  const { visit, move, call } = process.scheduling;
  if (visit === null) throw new Refusal('NO_VISIT', { orderId, stage: process.stage });
  if (move !== null) throw new Refusal('MOVE_RUNNING', { orderId });
  if (call !== null) throw new Refusal('CALL_RUNNING', { orderId, callKey: call.callKey });
  const { slot: from, technicianId } = visit;
  const slot = slotOf({ start, end: start + ms(from.end) - ms(from.start) });
  if (sameSlot(from, slot)) return [];
  const promised = promisedStarts(visit);
  if (start < ms(promised.start) || start > ms(promised.end)) {
    const told = { from: promised.start, until: promised.end };
    throw new Refusal('OUTSIDE_WINDOW', { orderId, at: slot.start, ...told });
  }
  return [{ type: 'VisitRetimed', data: { from, slot, technicianId } }];
};
