import type { HoldCause } from '../../codes/hold-cause.ts';
import type { Outcome } from '../../peers/outcome.ts';
import type { Appointment } from '../../ports/peers.ts';
import type { DeskAppointment } from '../../scheduling/state.ts';
import { FINAL, goneAtDesk } from './gone-at-desk.ts';
import type { StepIo } from './kinds.ts';

export type ClosedAtDesk =
  | { readonly kind: 'closed' }
  | { readonly kind: 'held'; readonly cause: HoldCause }
  | {
      readonly kind: 'later';
      readonly outcome: Exclude<Outcome<Appointment>, { kind: 'confirmed' | 'rejected' }>;
    }
  | { readonly kind: 'not-admitted' };

/** An appointment, what it is to become, and all that the log knows the desk to keep for the order. */
export type Closing = {
  readonly appointmentId: string;
  readonly appointment: DeskAppointment;
  readonly status: 'cancelled' | 'completed' | 'failed';
  readonly known: Pick<ReadonlyMap<string, unknown>, 'has'>;
};

/**
 * Brings one appointment to a final status at the desk. Absolute: may be sent again freely. What the desk does not know any
 * more under its id, and what is final there already, counts as done; absence at another peer does not (rule 4). Where the
 * desk keeps it under another id by now (it was moved to another system), that one is closed.
 */
export const closeAtDesk = async (closing: Closing, io: StepIo): Promise<ClosedAtDesk> => {
  const { appointmentId, appointment, status } = closing;
  const { callKey, slot } = appointment;
  const outcome = await io.tm.changeAppointment(appointmentId, { callKey, slot, status }, io.askToSend);
  switch (outcome.kind) {
    case 'confirmed':
      return { kind: 'closed' };
    case 'gone':
    case 'foreign':
      return isElsewhere(appointment, io)
        ? { kind: 'held', cause: 'PEER_CHANGED' }
        : afterAbsence(closing, io);
    case 'rejected':
      return afterRefusal(closing, outcome.code, io);
    default:
      return { kind: 'later', outcome };
  }
};

const isElsewhere = ({ peer }: DeskAppointment, io: StepIo): boolean =>
  peer !== null && peer !== io.tm.identity;

const afterAbsence = async (closing: Closing, io: StepIo): Promise<ClosedAtDesk> => {
  const { appointmentId, appointment, known } = closing;
  const gone = await goneAtDesk(appointmentId, appointment, io);
  if (gone.kind !== 'gone') return gone;
  for (const other of gone.others) {
    // What the log knows is closed by itself.
    if (known.has(other.appointmentId)) continue;
    const moved = { ...closing, appointmentId: other.appointmentId };
    const closed = await closeAtDesk({ ...moved, known: both(known, other.appointmentId) }, io);
    if (closed.kind !== 'closed') return closed;
  }
  return { kind: 'closed' };
};

/** However often ids change, each is looked at once. */
const both = (known: Closing['known'], id: string): Closing['known'] => ({
  has: (one) => one === id || known.has(one),
});

/** The appointment may be final already: the desk's own word decides. */
const afterRefusal = async (closing: Closing, code: string, io: StepIo): Promise<ClosedAtDesk> => {
  const { appointmentId, appointment } = closing;
  const sending = await io.askToSend();
  if (sending === null) return { kind: 'not-admitted' };
  const read = await io.tm.readAppointment(appointmentId, sending);
  if (read.kind === 'absent' && !isElsewhere(appointment, io)) return afterAbsence(closing, io);
  const isFinal = read.kind === 'terminated' || (read.kind === 'found' && FINAL.includes(read.value.status));
  return isFinal ? { kind: 'closed' } : { kind: 'held', cause: { peer: code } };
};
