import { openAppointments, type SchedulingState } from './state.ts';

/** What a visit's end means for the schedule: the visit and the TM task are used up, the appointment is to be marked. */
export const visitEnded = (
  state: SchedulingState,
  end: {
    readonly as: 'completed' | 'failed';
    readonly pendingSince: string | null;
    readonly version: number;
  },
): SchedulingState => {
  const appointments = new Map(state.appointments);
  for (const [id, appointment] of openAppointments(state)) {
    // Any other appointment that the desk still keeps is over with the visit too.
    const closeAs = appointment.closeAs ?? (id === state.visit?.appointmentId ? end.as : 'failed');
    appointments.set(id, { ...appointment, closeAs });
  }
  const marked = { ...state, appointments };
  if (end.as === 'completed') return { ...marked, factVersion: end.version };
  return {
    ...marked,
    visit: null,
    task: null,
    proposal: null,
    agreed: null,
    pending: end.pendingSince === null ? null : { since: end.pendingSince },
    factVersion: end.version,
  };
};

/** A person says that the agreed visit stands. */
export const visitVouched = (state: SchedulingState): SchedulingState =>
  state.visit === null ? state : { ...state, visit: { ...state.visit, vouched: true } };

/**
 * A person says: call again. What came to nothing before no longer counts against the desk, and no step asks it once
 * more for what it never tells (`isUntold`).
 */
export const callRetried = (
  state: SchedulingState,
  { isUntold }: { readonly isUntold: boolean },
): SchedulingState => ({
  ...state,
  inVain: 0,
  rings: isUntold ? state.rings.map((ring) => ({ ...ring, isLookedAt: true })) : state.rings,
});

/** The customer may be tried again: contact data changed. */
export const contactChanged = (state: SchedulingState): SchedulingState =>
  state.pending === null ? state : { ...state, pending: null };
