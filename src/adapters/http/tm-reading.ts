import type { Cause } from '../../core/codes/cause.ts';
import { type Observation, type Outcome, outcomeOf } from '../../core/peers/outcome.ts';
import type { Appointment, AppointmentStatus, SlotOffer } from '../../core/ports/peers.ts';
import type { CallOutcome } from '../../core/scheduling/events.ts';
import type { Answer, Reading } from './peer-client.ts';
import { withoutSecrets } from './peer-text.ts';
import { idOf, isObject, momentOf, nameOf, slotOf, textOf } from './reading.ts';
import { totalOf } from './total.ts';

const STATUSES: readonly AppointmentStatus[] = [
  'initialized',
  'confirmed',
  'cancelled',
  'completed',
  'failed',
];

/** Statuses are compared without case. One of another API version is kept as `unknown`: not yet. */
export const statusOf = (value: unknown): AppointmentStatus => {
  const told = textOf(value)?.trim().toLowerCase();
  return STATUSES.find((status) => status === told) ?? 'unknown';
};

export const technicianParty = (technicianId: string): object => ({
  id: technicianId,
  role: 'technician',
  '@referredType': 'Individual',
});

const ANSWERS: readonly CallOutcome[] = ['NO_ANSWER', 'BUSY', 'CALLBACK', 'REFUSED', 'WRONG_NUMBER'];

const TIME = /\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)/;

/** The first note that holds one of the words; CALLBACK may name a time with it. */
const answerOf = (notes: unknown): Appointment['answer'] => {
  if (!Array.isArray(notes)) return null;
  for (const note of notes) {
    const text = (isObject(note) ? textOf(note.text) : null) ?? '';
    const outcome = ANSWERS.find((answer) => new RegExp(`(?<![A-Z_])${answer}(?![A-Z_])`).test(text));
    if (outcome === undefined) continue;
    return { outcome, callbackAt: outcome === 'CALLBACK' ? momentOf(TIME.exec(text)?.[0]) : null };
  }
  return null;
};

/** An Appointment as the desk gave it; null: it has no usable id or slot. */
export const appointmentOf = (value: unknown): Appointment | null => {
  if (!isObject(value)) return null;
  const appointmentId = idOf(value.id);
  const slot = slotOf(value.validFor);
  if (appointmentId === null || slot === null) return null;
  const status = statusOf(value.status);
  return {
    appointmentId,
    callKey: nameOf(value.externalId),
    status,
    slot,
    answer: status === 'failed' ? answerOf(value.note) : null,
  };
};

const refused = (cause: Cause): Reading<never> => ({ ok: false, cause });

/** The appointment of one call key. */
export const readCall =
  (callKey: string) =>
  ({ json }: Answer): Reading<Appointment> => {
    const appointment = appointmentOf(json);
    if (appointment === null) return refused({ code: 'NOT_AN_APPOINTMENT' });
    return appointment.callKey === callKey
      ? { ok: true, value: appointment }
      : refused({ code: 'OTHER_CALL', callKey: appointment.callKey ?? '' });
  };

/** The complete list of the appointments of one call key. */
export const readCalls =
  (callKey: string) =>
  ({ json, headers }: Answer): Reading<readonly Appointment[]> => {
    if (!Array.isArray(json)) return refused({ code: 'NOT_A_LIST' });
    const appointments = json.map(appointmentOf).filter((appointment) => appointment !== null);
    if (appointments.length !== json.length) return refused({ code: 'ELEMENT_NOT_APPOINTMENT' });
    if (appointments.some((appointment) => appointment.callKey !== callKey)) {
      return refused({ code: 'CALL_FILTER_IGNORED' });
    }
    const total = totalOf(headers);
    return total !== null && total !== json.length
      ? refused({ code: 'LIST_NOT_COMPLETE', got: json.length, total })
      : { ok: true, value: appointments };
  };

/** An appointment by the desk's own id. */
export const readAppointmentOf =
  (appointmentId: string) =>
  ({ json }: Answer): Reading<Appointment> => {
    const appointment = appointmentOf(json);
    if (appointment === null) return refused({ code: 'NOT_AN_APPOINTMENT' });
    return appointment.appointmentId === appointmentId
      ? { ok: true, value: appointment }
      : refused({ code: 'OTHER_APPOINTMENT', appointmentId: appointment.appointmentId });
  };

/** What a search tells of itself. */
export type SearchTold =
  | { readonly state: 'running'; readonly taskId: string }
  | { readonly state: 'done'; readonly offer: SlotOffer };

/** States of a TMF task in which it has not ended. */
const RUNNING: readonly string[] = ['acknowledged', 'inprogress', 'pending'];

/** The task and the slots of a search, by start. A slot that cannot be read is not offered. */
export const readSearchOf =
  (orderId: string, asked?: string) =>
  ({ json }: Answer): Reading<SearchTold> => {
    const taskId = isObject(json) ? idOf(json.id) : null;
    if (!isObject(json) || taskId === null) return refused({ code: 'NOT_A_SEARCH' });
    if (asked !== undefined && taskId !== asked) return refused({ code: 'OTHER_SEARCH' });
    if (!isOfOrder(json.relatedEntity, orderId)) return refused({ code: 'OTHER_SEARCH' });
    const status = textOf(json.status)?.trim() ?? 'done';
    if (RUNNING.includes(status.toLowerCase())) return { ok: true, value: { state: 'running', taskId } };
    if (status.toLowerCase() !== 'done') return refused({ code: 'SEARCH_NOT_DONE', status });
    if (!Array.isArray(json.availableTimeSlot)) return refused({ code: 'SEARCH_WITHOUT_SLOTS' });
    const slots = json.availableTimeSlot
      .map((offer) => (isObject(offer) ? slotOf(offer.validFor) : null))
      .filter((slot) => slot !== null)
      .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
    return slots.length === 0 && json.availableTimeSlot.length > 0
      ? refused({ code: 'SLOTS_UNREADABLE' })
      : { ok: true, value: { state: 'done', offer: { taskId, slots } } };
  };

/** Id of the search that a 202 tells of: the end of its Location, else that of its body. */
export const searchTaskOf = ({ headers, json, secrets = [] }: Answer): string | null => {
  const located = /\/searchTimeSlot\/([^/?#]+)\/?$/.exec(headers.location ?? '')?.[1];
  return (
    (located === undefined ? null : idOf(withoutSecrets(located, secrets))) ??
    (isObject(json) ? idOf(json.id) : null)
  );
};

/** A search that runs is accepted: it is read again by its task. */
export const searchOutcome = (observation: Observation<SearchTold>): Outcome<SlotOffer> => {
  const outcome = outcomeOf(observation);
  if (outcome.kind !== 'confirmed') return outcome;
  const told = outcome.value;
  return told.state === 'done'
    ? { kind: 'confirmed', value: told.offer }
    : { kind: 'accepted', monitor: told.taskId };
};

/** A desk need not repeat the order; if it does, it must be ours. */
const isOfOrder = (related: unknown, orderId: string): boolean => {
  if (!Array.isArray(related)) return true;
  return related.every(
    (entity) => !isObject(entity) || entity.role !== 'serviceOrder' || entity.id === orderId,
  );
};
