import { technicianForAgreed } from '../../assign/agreed-technician.ts';
import { liftHold } from '../../order/decide.ts';
import type { LookUp, Outcome } from '../../peers/outcome.ts';
import type { Appointment } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { holdOf } from '../../rules/step.ts';
import { actOf, recordDeskAct } from '../../scheduling/desk-acts.ts';
import { type Slot, sameSlot } from '../../time/slot.ts';
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
import { aloneAfter, laterAfter, laterAfterLookUp } from './outcome-retry.ts';

/** The step is held as a whole: an order has one move at a time. */
const HOLD = holdOf('MoveVisit', null);

/** Only who goes is another: the desk keeps the time that was agreed, also where the plan is another one inside its window. */
const keepsTime = (
  { slot }: Appointment,
  { move, visit, known }: { readonly move: Slot; readonly visit: Slot; readonly known: Slot | undefined },
): boolean => sameSlot(slot, move) || (sameSlot(move, visit) && known !== undefined && sameSlot(slot, known));

/**
 * Read, compare, change. Until the desk has confirmed it, the old visit stands. A worker that slept with a move in hand asks
 * the order again first: it may have been cancelled meanwhile, and nobody is to hear of another time then.
 */
export const moveVisit: RemoteStep = {
  windowed: true,
  send: async (process, _step, io) => {
    const { move, visit } = process.scheduling;
    if (move === null || visit === null) return () => NOTHING;
    if (visit.appointmentId === null)
      return (current, { stillAsked }) => (stillAsked ? moved(current) : NOTHING);
    const first = await io.askToSend();
    if (first === null) return notAdmitted;
    const read = await io.tm.readAppointment(visit.appointmentId, first);
    if (read.kind === 'absent') return settleAbsent(process, visit.appointmentId, io);
    if (read.kind !== 'found') return settleUnread(read);
    const appointment = process.scheduling.appointments.get(visit.appointmentId);
    const callKey = appointment?.callKey ?? read.value.callKey ?? '';
    if (read.value.callKey !== callKey) return settleAbsent(process, visit.appointmentId, io);
    if (read.value.status !== 'confirmed') return rejectedByAct(read.value);
    if (keepsTime(read.value, { move: move.slot, visit: visit.slot, known: appointment?.slot }))
      return (current, { stillAsked }) => (stillAsked ? moved(current) : NOTHING);
    const change = { callKey, slot: move.slot, technicianId: move.technicianId };
    const changed = await io.tm.changeAppointment(visit.appointmentId, change, io.askToSend);
    if (changed.kind === 'gone' || changed.kind === 'foreign')
      return settleAbsent(process, visit.appointmentId, io);
    return isOtherTime(changed) ? settleOtherTime(visit.appointmentId, changed, io) : settleChange(changed);
  },
};

/** The desk says that it has changed the appointment, to another time than was asked for: it has a grid of its own, say. */
const isOtherTime = (
  outcome: Outcome<Appointment>,
): outcome is Extract<typeof outcome, { kind: 'in-doubt' }> =>
  outcome.kind === 'in-doubt' && outcome.cause.code === 'HTTP_BODY' && outcome.cause.body.code === 'TIME';

/** Asked again it would say the same for ever: what it keeps now is what it did, and the move came to nothing. */
const settleOtherTime = async (
  appointmentId: string,
  outcome: Extract<Outcome<Appointment>, { kind: 'in-doubt' }>,
  io: StepIo,
): Promise<Settle> => {
  const sending = await io.askToSend();
  if (sending === null) return notAdmitted;
  const read = await io.tm.readAppointment(appointmentId, sending);
  return read.kind === 'found' ? rejectedByAct(read.value, 'OTHER_TIME') : settleChange(outcome);
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
      return () => (wasAnswered(outcome) ? aloneAfter(outcome) : laterAfter(outcome));
  }
};

/** The desk is there, and does not do it: told to a person after a while, for the visit can neither begin nor end meanwhile. */
const wasAnswered = ({ kind, ...outcome }: Exclude<Outcome<Appointment>, { kind: 'confirmed' }>): boolean => {
  if (kind === 'accepted') return true;
  const cause = 'cause' in outcome && kind === 'in-doubt' ? outcome.cause : null;
  return cause?.code === 'HTTP_BODY' || (cause?.code === 'HTTP_STATUS' && cause.status < 500);
};

const rejected =
  (code: string): Settle =>
  (current, { stillAsked }) =>
    stillAsked ? { events: rejection(current, code), retry: null } : NOTHING;

/** The desk has ended the appointment by itself, or moved it elsewhere: the move came to nothing, and what the desk did is a fact. */
const rejectedByAct =
  (appointment: Appointment, code = `APPOINTMENT_${appointment.status.toUpperCase()}`): Settle =>
  async (current, context) => {
    if (!context.stillAsked) return NOTHING;
    const after = { ...current, scheduling: { ...current.scheduling, move: null } };
    const act = actOf(after, appointment);
    const technicianId = act?.kind === 'moved' ? await technicianForAgreed(after, act.slot, context) : null;
    const acted = act === null ? [] : recordDeskAct(after, act, technicianId);
    return { events: [...rejection(current, code), ...acted], retry: null };
  };

const rejection = (process: OrderProcess, code: string): readonly NewEvent[] => {
  const { move } = process.scheduling;
  if (move === null) return [];
  return [{ type: 'MoveRejected', data: { code }, causationId: move.intent }, ...liftHold(process, HOLD)];
};

const moved = (process: OrderProcess): Settled => {
  const { move, visit } = process.scheduling;
  if (move === null || visit === null) return NOTHING;
  const scheduled: NewEvent = {
    type: 'Scheduled',
    data: { visitDateTime: move.slot, technicianId: move.technicianId, appointmentId: visit.appointmentId },
    causationId: move.intent,
  };
  return { events: [scheduled, ...liftHold(process, HOLD)], retry: null };
};
