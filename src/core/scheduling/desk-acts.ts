import { holdOrder, liftHold } from '../order/decide.ts';
import type { Appointment } from '../ports/peers.ts';
import type { NewEvent } from '../process/events.ts';
import { isGoing, type OrderProcess } from '../process/process.ts';
import { type Slot, sameSlot } from '../time/slot.ts';
import { LOST_APPOINTMENT_CAUSE, LOST_APPOINTMENT_HOLD } from './lost-appointment.ts';
import { NO_TECHNICIAN_CAUSE, NO_TECHNICIAN_HOLD } from './no-technician.ts';

/** What the desk did by itself: a customer rang it, say. */
export type DeskAct =
  | { readonly kind: 'moved'; readonly appointmentId: string; readonly slot: Slot }
  /** `code`: what it says of the customer; null: nothing. */
  | { readonly kind: 'cancelled'; readonly appointmentId: string; readonly code: string | null };

/**
 * What the customer and the desk have agreed on, before a technician has gone there. `slot`: as the desk keeps it, which is
 * not that of the plan where the visit was shifted inside its window since.
 */
export type AgreedAppointment = { readonly appointmentId: string; readonly slot: Slot };

/**
 * The appointment of an agreed visit, with or without a technician, while the desk may act on it by itself. null: there
 * is none, the technician is there already, or a change of ours is open at the desk: what it shows may be ours.
 */
export const agreedAppointment = (process: OrderProcess): AgreedAppointment | null => {
  const { visit, agreed, move, call, appointments } = process.scheduling;
  const { appointmentId, slot } = visit ?? agreed ?? { appointmentId: null, slot: null };
  const isOurs = move !== null || call !== null;
  if (!isGoing(process) || isOurs || process.fieldwork.started !== null) return null;
  if (appointmentId === null || slot === null) return null;
  return { appointmentId, slot: appointments.get(appointmentId)?.slot ?? slot };
};

/** What the appointment, as the desk keeps it, says that the desk did; null: nothing, or it is not the agreed one. */
export const actOf = (process: OrderProcess, appointment: Appointment): DeskAct | null => {
  const agreed = agreedAppointment(process);
  const { appointmentId, status, slot, answer } = appointment;
  if (agreed === null || agreed.appointmentId !== appointmentId) return null;
  switch (status) {
    case 'confirmed':
      return sameSlot(agreed.slot, slot) ? null : { kind: 'moved', appointmentId, slot };
    case 'cancelled':
    case 'failed':
      return { kind: 'cancelled', appointmentId, code: answer?.outcome ?? null };
    case 'initialized':
    case 'completed':
    case 'unknown':
      return null;
  }
};

/**
 * The act as a fact, and what follows from it: the technician is called back; a visit that was moved is agreed anew with
 * `technicianId`, or held for want of one when that is null; one that was cancelled is planned anew.
 */
export const recordDeskAct = (
  process: OrderProcess,
  act: DeskAct,
  technicianId: string | null,
): readonly NewEvent[] => {
  const { dispatched } = process.fieldwork;
  const recalled: readonly NewEvent[] =
    dispatched === null
      ? []
      : [{ type: 'FieldWorkRecalled', data: { technicianId: dispatched.technicianId } }];
  const found = liftHold(process, LOST_APPOINTMENT_HOLD);
  const { appointmentId } = act;
  if (act.kind === 'cancelled') {
    const data = { appointmentId, ...(act.code === null ? {} : { code: act.code }) };
    const cancelled: NewEvent = { type: 'AppointmentCancelledByDesk', data };
    return [...recalled, cancelled, ...found, ...liftHold(process, NO_TECHNICIAN_HOLD)];
  }
  const moved: NewEvent = { type: 'AppointmentMovedByDesk', data: { appointmentId, slot: act.slot } };
  if (technicianId === null) {
    const held = holdOrder(process, NO_TECHNICIAN_HOLD, NO_TECHNICIAN_HOLD, NO_TECHNICIAN_CAUSE);
    return [...recalled, moved, ...found, ...held];
  }
  const scheduled: NewEvent = {
    type: 'Scheduled',
    data: { visitDateTime: act.slot, technicianId, appointmentId },
  };
  return [...recalled, moved, ...found, ...liftHold(process, NO_TECHNICIAN_HOLD), scheduled];
};

/** Nothing is dispatched, and nothing agreed anew, before a person says what is true. */
export const holdLostAppointment = (process: OrderProcess): readonly NewEvent[] =>
  holdOrder(process, LOST_APPOINTMENT_HOLD, LOST_APPOINTMENT_HOLD, LOST_APPOINTMENT_CAUSE);
