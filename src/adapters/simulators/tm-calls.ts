import { type AnswerMix, answerFor, type CustomerAnswer } from './answers.ts';
import { pick } from './chance.ts';
import { callBackAt, otherSlot } from './desk-slots.ts';
import type { Journal } from './journal.ts';
import type { AppointmentRow, TmAppointments } from './tm-appointments.ts';
import type { AppointmentDraft } from './tm-body.ts';

export type CallOptions = {
  readonly seed: number;
  readonly answers: AnswerMix;
  /** How long a call lasts; 0: it is over when its request is answered. */
  readonly callMs: number;
  /** The operator's time zone, in which the desk's day lies. */
  readonly tz: string;
};

/** The desk's telephone. `forced`: what the customer says by a fault rule, else seed and call key decide. */
export type TmCalls = {
  /** Takes an appointment on: phones the customer, or only books. null: it could not be kept. */
  readonly take: (
    draft: AppointmentDraft,
    forced: CustomerAnswer | undefined,
    at: number,
  ) => AppointmentRow | null;
  /** The call is over: what the customer said settles its appointment. */
  readonly hearAnswer: (row: AppointmentRow, forced: CustomerAnswer | undefined, at: number) => void;
};

/** The desk's telephone on its ledger. */
export const openTmCalls = (
  appointments: TmAppointments,
  journal: Journal,
  { seed, answers, callMs, tz }: CallOptions,
): TmCalls => {
  const take = (
    draft: AppointmentDraft,
    answer: CustomerAnswer | undefined,
    at: number,
  ): AppointmentRow | null => {
    const booked = draft.category === 'agreed';
    const row = appointments.insert(draft, booked ? 'confirmed' : 'initialized', at);
    if (row === null) return null;
    if (booked) {
      journal.addEffect(draft.callKey, 'book', at);
      return row;
    }
    appointments.ring(row.id, draft.callKey, at);
    journal.addEffect(draft.callKey, 'call', at);
    if (callMs > 0) {
      journal.addJob(at + callMs, {
        kind: 'answer',
        appointment: row.id,
        ...(answer === undefined ? {} : { answer }),
      });
    } else {
      hearAnswer(row, answer, at);
    }
    return appointments.byId(row.id);
  };

  const hearAnswer = (row: AppointmentRow, forced: CustomerAnswer | undefined, at: number): void => {
    // A change ended the appointment while the phone was ringing: the customer's answer no longer matters.
    if (row.status !== 'initialized') {
      appointments.hangUp(row.id, 'CANCELLED');
      return;
    }
    const offered = { start: row.start, end: row.end };
    const answer = forced ?? answerFor(answers, seed, row.callKey);
    const agreed = answer === 'agreed' || answer === 'other-slot';
    const outcome = agreed ? 'AGREED' : answer.toUpperCase().replaceAll('-', '_');
    const hours = 1 + pick(3, 'hours', seed, row.callKey);
    const slot = answer === 'other-slot' ? otherSlot(offered, hours, tz) : offered;
    const note = agreed ? null : answer === 'callback' ? `CALLBACK ${callBackAt(at, tz)}` : outcome;
    const { technicianId } = row;
    appointments.hangUp(row.id, outcome);
    appointments.change(row.id, { status: agreed ? 'confirmed' : 'failed', slot, technicianId, note }, at);
    if (agreed) journal.addEffect(row.callKey, 'book', at);
  };

  return { take, hearAnswer };
};
