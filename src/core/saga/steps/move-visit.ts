import type { LookUp, Outcome } from '../../peers/outcome.ts';
import type { Appointment } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { ms } from '../../time/iso.ts';
import type { Slot } from '../../time/slot.ts';
import { goneAtDesk } from './gone-at-desk.ts';
import {
  later,
  NOTHING,
  notAdmitted,
  type RemoteStep,
  type Settle,
  type Settled,
  type StepIo,
} from './kinds.ts';
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
    if (read.kind === 'absent') return settleAbsent(process, visit.appointmentId, io);
    if (read.kind !== 'found') return settleUnread(read);
    if (read.value.status !== 'confirmed') return rejected(`APPOINTMENT_${read.value.status.toUpperCase()}`);
    if (sameSlot(read.value.slot, move.slot))
      return (current, { stillAsked }) => (stillAsked ? moved(current) : NOTHING);
    const second = await io.leave();
    if (second === null) return notAdmitted;
    const change = { slot: move.slot, technicianId: move.technicianId };
    const changed = await io.tm.changeAppointment(visit.appointmentId, change, second);
    return changed.kind === 'gone' ? settleAbsent(process, visit.appointmentId, io) : settleChange(changed);
  },
};

/** A desk that does not know the appointment cannot move it; another peer's not knowing it says nothing (rule 4). */
const settleAbsent = async (process: OrderProcess, appointmentId: string, io: StepIo): Promise<Settle> => {
  const appointment = process.scheduling.appointments.get(appointmentId);
  if (appointment === undefined) return rejected('APPOINTMENT_GONE');
  const { peer } = appointment;
  if (peer !== null && peer !== io.tm.identity)
    return () => later({ code: 'BOOKED_ELSEWHERE', appointmentId, peer });
  const gone = await goneAtDesk(appointmentId, appointment, io);
  switch (gone.kind) {
    case 'gone':
      return rejected('APPOINTMENT_GONE');
    case 'not-admitted':
      return notAdmitted;
    case 'later':
      return () => laterAfter(gone.outcome);
  }
};

const settleUnread = (read: Exclude<LookUp<Appointment>, { kind: 'found' | 'absent' }>): Settle => {
  switch (read.kind) {
    case 'terminated':
      return rejected('APPOINTMENT_GONE');
    case 'ambiguous':
      return () => later({ code: 'SEVERAL_APPOINTMENTS' });
    case 'unsupported':
    case 'misconfigured':
    case 'unknown':
      return () => laterAfterLookUp(read);
  }
};

const settleChange = (outcome: Outcome<Appointment>): Settle => {
  switch (outcome.kind) {
    case 'confirmed':
      return (current, { stillAsked }) => (stillAsked ? moved(current) : NOTHING);
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
