import type { OrderProcess } from '../process/process.ts';
import type { Policy } from '../rules/policy.ts';
import { type Span, visitAt } from '../scheduling/slots.ts';
import { ms } from '../time/iso.ts';
import { MINUTE_MS } from '../time/units.ts';
import type { AssignWorld, Stands, VisitRequest } from './types.ts';
import { visitRequest } from './visit-world.ts';

/**
 * The time that an order has, where a new plan may shift it; null: it has none, or that stands. A proposal that a person chose
 * stays, and so does one whose customer is on the phone, may have been, or has agreed. An agreed visit has play only in its
 * window, and none once it was handed over. What begins too soon for an offer stays.
 */
export const standsOf = (process: OrderProcess, now: number, { visits }: Policy): Stands | null => {
  const { visit, proposal, call, move, agreed, rings } = process.scheduling;
  const isSoon = (start: string): boolean => ms(start) < now + visits.noticeMinutes * MINUTE_MS;
  if (call !== null || move !== null) return null;
  if (visit !== null) {
    const { slot, window, technicianId } = visit;
    const mayShift = process.stage === 'scheduled' && window !== undefined && !isSoon(slot.start);
    return mayShift ? { slot, technicianId, promised: window } : null;
  }
  if (proposal === null || agreed !== null || process.stage !== 'tm-queue') return null;
  const { slot, technicianId, via, choice } = proposal;
  const mayHaveRung = rings.some(({ isLookedAt }) => !isLookedAt);
  const isOpen = via === 'desk' && choice === 'automatic' && !mayHaveRung && !isSoon(slot.start);
  return isOpen ? { slot, technicianId, promised: null } : null;
};

/** The request of an order whose time may shift. What was offered and wished says nothing about a time that is agreed. */
export const standingRequest = (process: OrderProcess, stands: Stands): VisitRequest => {
  const request = { ...visitRequest(process), stands };
  return stands.promised === null ? request : { ...request, offered: null, wishes: {} };
};

/** The visit that begins then (epoch ms): an agreed one stays as long as it is. */
export const visitOf = ({ lines, stands }: VisitRequest, start: number, policy: Policy): Span =>
  stands === undefined || stands.promised === null
    ? visitAt(start, lines, policy)
    : { start, end: start + ms(stands.slot.end) - ms(stands.slot.start) };

/** The world without the times that may shift: who may shift is in nobody's way. */
export const withoutShifting = (world: AssignWorld, requests: readonly VisitRequest[]): AssignWorld => {
  const shifts = new Set(requests.flatMap(({ orderId, stands }) => (stands === undefined ? [] : [orderId])));
  return { ...world, occupied: world.occupied.filter(({ orderId }) => !shifts.has(orderId)) };
};
