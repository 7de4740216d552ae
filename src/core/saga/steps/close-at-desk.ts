import type { HoldCause } from '../../codes/hold-cause.ts';
import type { Outcome } from '../../peers/outcome.ts';
import type { Appointment } from '../../ports/peers.ts';
import type { DeskAppointment } from '../../scheduling/state.ts';
import { goneAtDesk } from './gone-at-desk.ts';
import type { StepIo } from './kinds.ts';

export type ClosedAtDesk =
  | { readonly kind: 'closed' }
  | { readonly kind: 'held'; readonly cause: HoldCause }
  | {
      readonly kind: 'later';
      readonly outcome: Exclude<Outcome<Appointment>, { kind: 'confirmed' | 'rejected' }>;
    }
  | { readonly kind: 'not-admitted' };

/**
 * Brings one appointment to a final status at the desk. Absolute: may be sent again freely. What the desk does not know any
 * more under its id, and what is final there already, counts as done; absence at another peer does not (rule 4).
 */
export const closeAtDesk = async (
  appointmentId: string,
  appointment: DeskAppointment,
  status: 'cancelled' | 'completed' | 'failed',
  io: StepIo,
): Promise<ClosedAtDesk> => {
  const { callKey, slot } = appointment;
  const outcome = await io.tm.changeAppointment(appointmentId, { callKey, slot, status }, io.askToSend);
  switch (outcome.kind) {
    case 'confirmed':
      return { kind: 'closed' };
    case 'gone':
    case 'foreign':
      return isElsewhere(appointment, io)
        ? { kind: 'held', cause: 'PEER_CHANGED' }
        : afterAbsence(appointmentId, appointment, io);
    case 'rejected':
      return afterRefusal(appointmentId, appointment, outcome.code, io);
    default:
      return { kind: 'later', outcome };
  }
};

const isElsewhere = ({ peer }: DeskAppointment, io: StepIo): boolean =>
  peer !== null && peer !== io.tm.identity;

const afterAbsence = async (
  appointmentId: string,
  appointment: DeskAppointment,
  io: StepIo,
): Promise<ClosedAtDesk> => {
  const gone = await goneAtDesk(appointmentId, appointment, io);
  return gone.kind === 'gone' ? { kind: 'closed' } : gone;
};

/** The appointment may be final already: the desk's own word decides. */
const afterRefusal = async (
  appointmentId: string,
  appointment: DeskAppointment,
  code: string,
  io: StepIo,
): Promise<ClosedAtDesk> => {
  const sending = await io.askToSend();
  if (sending === null) return { kind: 'not-admitted' };
  const read = await io.tm.readAppointment(appointmentId, sending);
  if (read.kind === 'absent' && !isElsewhere(appointment, io))
    return afterAbsence(appointmentId, appointment, io);
  const isFinal =
    read.kind === 'terminated' ||
    (read.kind === 'found' && ['cancelled', 'completed', 'failed'].includes(read.value.status));
  return isFinal ? { kind: 'closed' } : { kind: 'held', cause: { peer: code } };
};
