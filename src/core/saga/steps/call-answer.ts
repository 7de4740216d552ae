import { technicianForAgreed } from '../../assign/agreed-technician.ts';
import { holdOrder } from '../../order/decide.ts';
import type { LookUp } from '../../peers/outcome.ts';
import type { Appointment } from '../../ports/peers.ts';
import { isGoing, type OrderProcess } from '../../process/process.ts';
import { holdOf } from '../../rules/step.ts';
import { sameWindow } from '../../scheduling/arrival-window.ts';
import { afterCall } from '../../scheduling/calling-hours.ts';
import { ringTimes } from '../../scheduling/calls.ts';
import { type CustomerAnswer, recordAnswer } from '../../scheduling/decide.ts';
import { ms } from '../../time/iso.ts';
import { MINUTE_MS } from '../../time/units.ts';
import { laterAlone, type SettleContext, type Settled } from './kinds.ts';

/** What the customer said. Of several appointments for a call the first that stands says it; the others are strays of it. */
export const saidBy = (lookUp: LookUp<Appointment>): Appointment | null => {
  if (lookUp.kind === 'found' || lookUp.kind === 'terminated') return lookUp.value;
  if (lookUp.kind !== 'ambiguous') return null;
  return lookUp.matches.find(({ status }) => status === 'confirmed') ?? lookUp.matches[0] ?? null;
};

/** What the desk's appointment says about a call: over with an answer, or still going on. */
export const settleAppointment = async (
  process: OrderProcess,
  callKey: string,
  appointment: Appointment,
  context: SettleContext,
): Promise<Settled> => {
  if (appointment.status === 'initialized' || appointment.status === 'unknown') {
    return stillTalking(process, callKey, context);
  }
  const { intent, policy, now } = context;
  const causationId = intent ?? process.scheduling.call?.intent ?? undefined;
  const by = { by: 'desk', callKey, ...(causationId === undefined ? {} : { causationId }) } as const;
  const going = isGoing(process);
  if (appointment.status === 'confirmed' || appointment.status === 'completed') {
    const answer: CustomerAnswer = {
      ...by,
      outcome: 'AGREED',
      slot: appointment.slot,
      // Another time than the one that was asked for was agreed without play.
      ...sameWindow(process.scheduling.call, appointment.slot),
      appointmentId: appointment.appointmentId,
      nextCallAt: null,
    };
    const technicianId = going ? await technicianForAgreed(process, appointment.slot, context) : null;
    return { events: recordAnswer(process, answer, { going, technicianId }), retry: null };
  }
  const outcome = appointment.answer?.outcome ?? 'NO_ANSWER';
  const callTimes = [...ringTimes(process.scheduling, now), now];
  const callbackAt = appointment.answer?.callbackAt ?? null;
  const { nextCallAt } = afterCall({
    outcome,
    callbackAt: callbackAt === null ? null : ms(callbackAt),
    now,
    callTimes,
    policy,
  });
  const expiresAt =
    nextCallAt === null ? {} : { expiresAt: nextCallAt + policy.schedule.holdMinutes * MINUTE_MS };
  const answer: CustomerAnswer = { ...by, outcome, nextCallAt, ...expiresAt };
  return { events: recordAnswer(process, answer, { going, technicianId: null }), retry: null };
};

/** The call is still going on: the worker polls and never calls again; a call that never ends needs a person. */
const stillTalking = (process: OrderProcess, callKey: string, { policy, now }: SettleContext): Settled => {
  const poll = laterAlone({ code: 'CALL_GOES_ON' }, now + policy.tm.pollMs, false);
  const { call, rings } = process.scheduling;
  const talking = call ?? rings.findLast((ring) => ring.callKey === callKey);
  if (talking === undefined || now - ms(talking.at) < policy.tm.pollMaxMs) return poll;
  // A call that was given up already keeps the next one waiting.
  const [step, subject] =
    call === null ? (['CallCustomer', null] as const) : (['CheckCall', callKey] as const);
  return { ...poll, events: holdOrder(process, holdOf(step, subject), step, 'CALL_NEVER_ENDS') };
};
