import { technicianForAgreed } from '../../assign/agreed-technician.ts';
import type { OrderProcess } from '../../process/process.ts';
import { actOf, agreedAppointment, holdLostAppointment, recordDeskAct } from '../../scheduling/desk-acts.ts';
import { type AppointmentLook, lookAtAppointment } from './appointment-look.ts';
import { NOTHING, notAdmitted, type RemoteStep, type SettleContext, type Settled } from './kinds.ts';
import { laterAfterLookUp } from './outcome-retry.ts';

/**
 * Looks at the appointment before the technician is sent: a customer may have rung the desk, which sends no word. The same
 * commit hands over what stands. If the desk does not answer, DispatchFieldWork hands the visit over all the same.
 */
export const checkVisit: RemoteStep = {
  windowed: false,
  send: async (process, _step, io) => {
    const agreed = agreedAppointment(process);
    if (agreed === null) return () => NOTHING;
    const { appointmentId } = agreed;
    const kept = process.scheduling.appointments.get(appointmentId);
    const look = await lookAtAppointment(io.tm, { appointmentId, kept }, io.askToSend);
    if (look.kind === 'not-admitted') return notAdmitted;
    return (current, context) =>
      context.stillAsked && agreedAppointment(current)?.appointmentId === appointmentId
        ? settleLook(current, look, context)
        : NOTHING;
  },
};

const settleLook = async (
  process: OrderProcess,
  look: Exclude<AppointmentLook, { kind: 'not-admitted' }>,
  context: SettleContext,
): Promise<Settled> => {
  switch (look.kind) {
    case 'unclear':
      return laterAfterLookUp(look.lookUp);
    case 'lost':
      return { events: holdLostAppointment(process), retry: null };
    case 'there': {
      const act = actOf(process, look.appointment);
      if (act === null) return { events: handedOver(process), retry: null };
      const technicianId =
        act.kind === 'moved' ? await technicianForAgreed(process, act.slot, context) : null;
      return { events: recordDeskAct(process, act, technicianId), retry: null };
    }
  }
};

const handedOver = ({ scheduling: { visit } }: OrderProcess): Settled['events'] =>
  visit === null ? [] : [{ type: 'FieldWorkDispatched', data: { technicianId: visit.technicianId } }];
