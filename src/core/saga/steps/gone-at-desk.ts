import type { Outcome } from '../../peers/outcome.ts';
import type { Appointment } from '../../ports/peers.ts';
import type { DeskAppointment } from '../../scheduling/state.ts';
import type { StepIo } from './kinds.ts';

export type GoneAtDesk =
  /** `others`: what else it keeps of that call and is not over. */
  | { readonly kind: 'gone'; readonly others: readonly Appointment[] }
  /** The desk has it after all, or does not say. */
  | {
      readonly kind: 'later';
      readonly outcome: Extract<Outcome<Appointment>, { kind: 'misconfigured' | 'in-doubt' }>;
    }
  | { readonly kind: 'not-admitted' };

/** States of an appointment that nothing comes after. */
export const FINAL: readonly string[] = ['cancelled', 'completed', 'failed'];

/**
 * Whether an appointment is gone after a 404. Any gateway on the way answers 404 while it has no route; it answers a
 * look-up by call key with 404 then too, and only the desk answers that with a list.
 */
export const goneAtDesk = async (
  appointmentId: string,
  { callKey }: DeskAppointment,
  io: StepIo,
): Promise<GoneAtDesk> => {
  const sending = await io.askToSend();
  if (sending === null) return { kind: 'not-admitted' };
  const lookUp = await io.tm.findCall(callKey, sending);
  switch (lookUp.kind) {
    case 'absent':
    case 'unsupported':
      return { kind: 'gone', others: [] };
    case 'found':
    case 'terminated':
      return among([lookUp.value], appointmentId);
    case 'ambiguous':
      return among(lookUp.matches, appointmentId);
    case 'misconfigured':
      return { kind: 'later', outcome: { kind: 'misconfigured', cause: lookUp.cause } };
    case 'unknown':
      return { kind: 'later', outcome: { kind: 'in-doubt', cause: lookUp.cause } };
  }
};

const among = (matches: readonly Appointment[], appointmentId: string): GoneAtDesk => {
  const same = matches.find((match) => match.appointmentId === appointmentId);
  return same === undefined || FINAL.includes(same.status)
    ? {
        kind: 'gone',
        others: matches.filter((one) => one !== same && !FINAL.includes(one.status)),
      }
    : { kind: 'later', outcome: { kind: 'in-doubt', cause: { code: 'STILL_AT_DESK', appointmentId } } };
};
