import type { NewEvent } from '../events.ts';
import type { LookUp, Outcome } from '../outcome.ts';
import type { Appointment } from '../ports/peers.ts';
import type { OrderProcess } from '../process.ts';
import type { Slot } from '../scheduling/events.ts';
import { ms } from '../time/iso.ts';
import { later, NOTHING, notAdmitted, type RemoteStep, type Settle, type Settled } from './kinds.ts';
import { laterAfter, laterAfterLookUp } from './outcome-retry.ts';

const sameSlot = (a: Slot, b: Slot): boolean => ms(a.start) === ms(b.start) && ms(a.end) === ms(b.end);

/** Read, compare, change. Until the desk has confirmed it, the old visit stands. */
export const moveVisit: RemoteStep = {
  windowed: false,
  send: async (process, _step, io) => {
    const { move, visit } = process.scheduling;
    if (move === null || visit === null) return () => NOTHING;
    if (visit.appointmentId === null)
      return (current, { stillAsked }) => (stillAsked ? moved(current) : NOTHING);
    const first = await io.leave();
    if (first === null) return notAdmitted;
    const read = await io.tm.readAppointment(visit.appointmentId, first);
    if (read.kind !== 'found') return settleUnread(read);
    if (read.value.status !== 'confirmed') return rejected(`APPOINTMENT_${read.value.status.toUpperCase()}`);
    if (sameSlot(read.value.slot, move.slot))
      return (current, { stillAsked }) => (stillAsked ? moved(current) : NOTHING);
    const second = await io.leave();
    if (second === null) return notAdmitted;
    const change = { slot: move.slot, technicianId: move.technicianId };
    return settleChange(await io.tm.changeAppointment(visit.appointmentId, change, second));
  },
};

const settleUnread = (read: Exclude<LookUp<Appointment>, { kind: 'found' }>): Settle => {
  switch (read.kind) {
    case 'terminated':
    case 'absent':
      return rejected('APPOINTMENT_GONE');
    case 'ambiguous':
      return () => later('the desk answered more than one appointment');
    case 'unsupported':
    case 'misconfigured':
    case 'unknown':
      return () => laterAfterLookUp(read);
  }
};

const settleChange = (outcome: Outcome<Appointment> | { readonly kind: 'gone' }): Settle => {
  switch (outcome.kind) {
    case 'confirmed':
      return (current, { stillAsked }) => (stillAsked ? moved(current) : NOTHING);
    case 'gone':
      return rejected('APPOINTMENT_GONE');
    case 'rejected':
      return rejected(outcome.code);
    default:
      return () => laterAfter(outcome);
  }
};

const rejected =
  (code: string): Settle =>
  (current, { stillAsked }) => {
    const intent = current.scheduling.move?.intent;
    if (!stillAsked || intent === undefined) return NOTHING;
    return { events: [{ type: 'MoveRejected', data: { code }, causationId: intent }], retry: null };
  };

const moved = (process: OrderProcess): Settled => {
  const { move, visit } = process.scheduling;
  if (move === null || visit === null) return NOTHING;
  const scheduled: NewEvent = {
    type: 'Scheduled',
    data: { visitDateTime: move.slot, technicianId: move.technicianId, appointmentId: visit.appointmentId },
    causationId: move.intent,
  };
  return { events: [scheduled], retry: null };
};
