import { holdCode } from '../../codes/hold-cause.ts';
import { holdOrder, liftHold } from '../../order/decide.ts';
import type { NewEvent } from '../../process/events.ts';
import { holdOf } from '../../rules/step.ts';
import { closeAtDesk } from './close-at-desk.ts';
import { laterAlone, NOTHING, notAdmitted, type RemoteStep } from './kinds.ts';
import { aloneAfter } from './outcome-retry.ts';

/** Marks an appointment at the desk as completed, or as failed, after its visit. */
export const closeAppointment: RemoteStep = {
  windowed: false,
  send: async (process, step, io) => {
    const appointmentId = step.subject ?? '';
    const appointment = process.scheduling.appointments.get(appointmentId);
    const as = appointment?.closeAs ?? null;
    if (appointment === undefined || as === null) return () => NOTHING;
    const known = process.scheduling.appointments;
    const result = await closeAtDesk({ appointmentId, appointment, status: as, known }, io);
    const hold = holdOf('CloseAppointment', appointmentId);
    switch (result.kind) {
      case 'not-admitted':
        return notAdmitted;
      case 'later':
        return () => aloneAfter(result.outcome);
      case 'held':
        return (current) => ({
          ...laterAlone({ code: 'HELD', hold: holdCode(result.cause) }),
          events: holdOrder(current, hold, 'CloseAppointment', result.cause),
        });
      case 'closed':
        return (current, { stillAsked }) => {
          if (!stillAsked) return NOTHING;
          const closed: NewEvent = { type: 'AppointmentClosed', data: { appointmentId, as } };
          return { events: [closed, ...liftHold(current, hold)], retry: null };
        };
    }
  },
};
