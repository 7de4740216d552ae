import { describe, expect, test } from 'vitest';
import { given } from '../../../test/support/given.ts';
import {
  calling,
  callKeyOf,
  cancelled,
  completed,
  event,
  on,
  SLOT,
  scheduled,
  started,
  TM,
} from '../../../test/support/stories.ts';
import type { Appointment } from '../ports/peers.ts';
import type { Envelope, NewEvent } from '../process/events.ts';
import { newProcess } from '../process/process.ts';
import { judgeAppointment } from './judge-appointment.ts';

const CALL = callKeyOf(1);
const kept = (appointmentId: string, status: Appointment['status'] = 'confirmed'): Appointment => ({
  appointmentId,
  callKey: CALL,
  status,
  slot: SLOT,
  answer: null,
});
const judge = (story: readonly NewEvent[], appointment: Appointment) =>
  judgeAppointment({
    process: given(...story),
    // Only type and data are looked at.
    events: story as readonly Envelope[],
    appointment,
    callKey: CALL,
    peer: TM,
  });
const answered = (outcome: 'AGREED' | 'NO_ANSWER', by: 'desk' | 'by-hand' = 'desk'): NewEvent =>
  event('CustomerCalled', {
    callKey: CALL,
    outcome,
    nextCallAt: null,
    by,
    ...(outcome === 'AGREED' ? { slot: SLOT } : {}),
  });
const own = (): string => {
  const [id = ''] = given(...scheduled()).scheduling.appointments.keys();
  return id;
};
const FOUND = {
  type: 'AppointmentFound',
  data: { callKey: CALL, appointmentId: 'APT-9', slot: SLOT, peer: TM },
};

describe('an appointment that the desk keeps', () => {
  test('is as known when the log has it open, or while its call is unanswered', () => {
    expect(judge(scheduled(), kept(own()))).toEqual({ kind: 'as-known' });
    const unanswered = [...started(), on('access.gpon#1'), calling(1)];
    expect(judge(unanswered, kept('APT-9'))).toEqual({ kind: 'as-known' });
  });

  test.each([
    ['scheduled', scheduled()],
    ['completed', completed()],
    ['cancelled', [...scheduled(), cancelled('scheduled')]],
  ])('beside that of its call is a stray: %s', (_stage, story) => {
    expect(judge(story, kept('APT-9'))).toMatchObject({ kind: 'stray', events: [FOUND] });
    expect(judge(story, kept('APT-9', 'initialized'))).toMatchObject({ kind: 'stray', events: [FOUND] });
  });

  test('that the log says was ended is a stray', () => {
    const story = [...completed(), event('AppointmentClosed', { appointmentId: own(), as: 'completed' })];
    const { kind, ...judged } = judge(story, kept(own()));
    expect(kind).toBe('stray');
    expect(judged).toMatchObject({ detail: { code: 'ENDED_HERE', appointmentId: own() } });
  });

  test('of a call that has no outcome on the log is what the customer said', () => {
    expect(judge(started(), kept('APT-9'))).toEqual({ kind: 'unheard' });
    expect(judge([...started(), calling(2)], kept('APT-9'))).toEqual({ kind: 'as-known' });
  });

  test('of a call in which nobody agreed is what the customer said, as long as nothing else is agreed', () => {
    const story = [...started(), answered('NO_ANSWER')];
    expect(judge(story, kept('APT-9'))).toEqual({ kind: 'unheard' });
    expect(judge([...story, cancelled()], kept('APT-9'))).toMatchObject({ kind: 'stray', events: [FOUND] });
  });

  test('of a time that a person recorded as agreed is for a person, until the order is undone', () => {
    const story = [...started(), answered('AGREED', 'by-hand')];
    expect(judge(story, kept('APT-9'))).toMatchObject({ kind: 'stray', events: [] });
    expect(judge([...story, cancelled()], kept('APT-9'))).toMatchObject({ kind: 'stray', events: [FOUND] });
  });

  test('of an order that the log does not know is for a person', () => {
    const process = newProcess('ORD-000042');
    const judged = judgeAppointment({
      process,
      events: [],
      appointment: kept('APT-9'),
      callKey: CALL,
      peer: TM,
    });
    expect(judged).toMatchObject({ kind: 'stray', events: [] });
  });
});
