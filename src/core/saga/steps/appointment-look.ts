import type { Cause } from '../../codes/cause.ts';
import type { LookUp } from '../../peers/outcome.ts';
import type { Appointment, AskToSend, TmDesk } from '../../ports/peers.ts';
import type { DeskAppointment } from '../../scheduling/state.ts';

/** What the desk shows of one appointment. */
export type AppointmentLook =
  | { readonly kind: 'there'; readonly appointment: Appointment }
  /** Neither its id nor its call finds it. */
  | { readonly kind: 'lost' }
  | {
      readonly kind: 'unclear';
      readonly lookUp: Extract<LookUp<Appointment>, { kind: 'unknown' | 'misconfigured' | 'unsupported' }>;
    }
  | { readonly kind: 'not-admitted' };

const unclear = (cause: Cause): AppointmentLook => ({
  kind: 'unclear',
  lookUp: { kind: 'unknown', cause, retryAt: null },
});

/**
 * Reads an appointment, and looks its call up when the desk does not know the id: a gateway without a route answers 404
 * too. What another desk does not know says nothing (rule 4).
 */
export const lookAtAppointment = async (
  tm: Pick<TmDesk, 'identity' | 'readAppointment' | 'findCall'>,
  { appointmentId, kept }: { readonly appointmentId: string; readonly kept: DeskAppointment | undefined },
  askToSend: AskToSend,
): Promise<AppointmentLook> => {
  const first = await askToSend();
  if (first === null) return { kind: 'not-admitted' };
  const read = await tm.readAppointment(appointmentId, first);
  switch (read.kind) {
    case 'found':
    case 'terminated':
      if (kept === undefined || (read.value.callKey ?? kept.callKey) === kept.callKey)
        return { kind: 'there', appointment: read.value };
      // Another appointment has the id now.
      break;
    case 'ambiguous':
      return unclear({ code: 'SEVERAL_APPOINTMENTS' });
    case 'unsupported':
    case 'misconfigured':
    case 'unknown':
      return { kind: 'unclear', lookUp: read };
    case 'absent':
      break;
  }
  if (kept === undefined || (kept.peer !== null && kept.peer !== tm.identity)) {
    return unclear({ code: 'BOOKED_ELSEWHERE', appointmentId, peer: kept?.peer ?? '' });
  }
  const second = await askToSend();
  if (second === null) return { kind: 'not-admitted' };
  const byCall = await tm.findCall(kept.callKey, second);
  switch (byCall.kind) {
    case 'absent':
      return { kind: 'lost' };
    case 'found':
    case 'terminated':
      return among([byCall.value], appointmentId);
    case 'ambiguous':
      return among(byCall.matches, appointmentId);
    case 'unsupported':
    case 'misconfigured':
    case 'unknown':
      return { kind: 'unclear', lookUp: byCall };
  }
};

const among = (matches: readonly Appointment[], appointmentId: string): AppointmentLook => {
  const same = matches.find((match) => match.appointmentId === appointmentId);
  return same === undefined ? { kind: 'lost' } : { kind: 'there', appointment: same };
};
