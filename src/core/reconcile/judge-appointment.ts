import type { Difference } from '../codes/difference.ts';
import type { Appointment } from '../ports/peers.ts';
import type { Envelope, NewEvent } from '../process/events.ts';
import { isGoing, isUndoing, type OrderProcess } from '../process/process.ts';

/** What is to be thought of an appointment that the desk keeps. */
export type JudgedAppointment =
  /** The log knows it, or a step of the order is about to find out. */
  | { readonly kind: 'as-known' }
  /** The call's outcome is not on the log, or not all of it: what the customer said is a fact. */
  | { readonly kind: 'unheard' }
  /** No visit of the log belongs to it. No event: a person must look. */
  | { readonly kind: 'stray'; readonly detail: Difference; readonly events: readonly NewEvent[] };

const AS_KNOWN: JudgedAppointment = { kind: 'as-known' };

export type Keeping = {
  readonly process: OrderProcess;
  readonly events: readonly Envelope[];
  readonly appointment: Appointment;
  readonly callKey: string;
  readonly peer: string;
};

/** An appointment that is live at the desk against its order. */
export const judgeAppointment = ({
  process,
  events,
  appointment,
  callKey,
  peer,
}: Keeping): JudgedAppointment => {
  const { appointmentId, slot } = appointment;
  if (process.version === 0) return { kind: 'stray', detail: { code: 'ORDER_UNKNOWN' }, events: [] };
  const { appointments, call } = process.scheduling;
  const known = appointments.get(appointmentId);
  if (known?.open === true || call?.callKey === callKey) return AS_KNOWN;
  const heard = events.findLast(({ type, data }) => type === 'CustomerCalled' && data.callKey === callKey);
  // Another call that is still going on is settled first.
  if (heard === undefined) return call === null ? { kind: 'unheard' } : AS_KNOWN;
  const own = [...appointments].find(([, one]) => one.callKey === callKey)?.[0];
  if (own === undefined && !isUndoing(process)) {
    // A person recorded the agreement: perhaps this is how the desk keeps it.
    const isAgreed = 'outcome' in heard.data && heard.data.outcome === 'AGREED';
    if (isAgreed) return { kind: 'stray', detail: { code: 'AGREED_BY_HAND', appointmentId }, events: [] };
    if (isFree(process) && appointment.status === 'confirmed') return { kind: 'unheard' };
  }
  const detail: Difference =
    known === undefined
      ? { code: 'OTHER_APPOINTMENT', appointmentId, known: own ?? null }
      : { code: 'ENDED_HERE', appointmentId };
  const found: NewEvent = { type: 'AppointmentFound', data: { callKey, appointmentId, slot, peer } };
  return { kind: 'stray', detail, events: [found] };
};

/** Nothing is agreed yet, so that an agreement can become the visit. */
const isFree = (process: OrderProcess): boolean => {
  const { visit, agreed, call } = process.scheduling;
  return isGoing(process) && visit === null && agreed === null && call === null;
};
