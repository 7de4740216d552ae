import type { Cause } from '../../core/codes/cause.ts';
import type { Appointment, AppointmentChange, AskToSend, TmDesk } from '../../core/ports/peers.ts';
import type { Slot } from '../../core/time/slot.ts';
import { changeById } from './change-by-id.ts';
import type { Answer, PeerClient, Reading } from './peer-client.ts';
import { isObject, orderOf, periodOf, slotOf } from './reading.ts';
import { readAppointmentOf, statusOf, technicianParty } from './tm-reading.ts';

/** Changes an appointment that it has read by its id, and no other. */
export const changeAppointmentAt =
  (client: PeerClient): TmDesk['changeAppointment'] =>
  async (appointmentId: string, change: AppointmentChange, askToSend: AskToSend) => {
    const { callKey, slot, status, technicianId } = change;
    const changed = await changeById<Appointment>(
      client,
      {
        address: { path: `/appointment/${encodeURIComponent(appointmentId)}`, orderId: orderOf(callKey) },
        verb: 'PATCH',
        body: {
          validFor: periodOf(slot),
          ...(status === undefined ? {} : { status }),
          ...(technicianId === undefined ? {} : { relatedParty: [technicianParty(technicianId)] }),
        },
        read: readAppointmentOf(appointmentId),
        nameOf: (appointment) => appointment.callKey,
        isOurs: (appointment) => appointment.callKey === callKey,
        // The desk does not say who comes: a move is sent although its time is right already.
        isDone: (appointment, when) =>
          status === undefined ? when === 'after' && isAt(appointment, slot) : appointment.status === status,
        readChanged: readChanged(appointmentId, change),
      },
      askToSend,
    );
    return changed.kind === 'foreign' ? { kind: 'foreign', callKey: changed.name } : changed;
  };

const isAt = (told: { readonly slot: Slot }, { start, end }: Slot): boolean =>
  told.slot.start === start && told.slot.end === end;

const refused = (cause: Cause): Reading<never> => ({ ok: false, cause });

/** The appointment after its change. Some answer with the changed members alone: what they name must be right. */
const readChanged =
  (appointmentId: string, { callKey, slot, status }: AppointmentChange) =>
  (answer: Answer): Reading<Appointment> => {
    const told = isObject(answer.json) ? answer.json : {};
    const whole = {
      ...told,
      externalId: told.externalId ?? callKey,
      // A status says nothing of the time, which stays as it was.
      validFor: told.validFor ?? (status === undefined ? undefined : periodOf(slot)),
    };
    const reading = readAppointmentOf(appointmentId)({ ...answer, json: whole });
    if (!reading.ok) return reading;
    const { value } = reading;
    if (value.callKey !== callKey) return refused({ code: 'OTHER_CALL', callKey: value.callKey ?? '' });
    if (status !== undefined) {
      return statusOf(told.status) === status ? reading : refused({ code: 'STATUS', status: value.status });
    }
    return slotOf(told.validFor) !== null && isAt(value, slot)
      ? reading
      : refused({ code: 'TIME', start: value.slot.start });
  };
