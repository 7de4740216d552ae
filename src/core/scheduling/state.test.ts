import { describe, expect, test } from 'vitest';
import { and, type GivenEvent, given } from '../../../test/support/given.ts';
import {
  agreed,
  answered,
  called,
  calling,
  callKeyOf,
  completed,
  event,
  LATER_SLOT,
  noTechnician,
  notDone,
  onSite,
  proposal,
  proposed,
  queued,
  SLOT,
  scheduled,
  TASK_SLOTS,
  TM,
  visit,
} from '../../../test/support/stories.ts';
import { openAppointments } from './state.ts';

const stateAfter = (...events: readonly GivenEvent[]) => given(...events).scheduling;
const notPlaced = (number: number, why: 'absent' | 'not-sent' | 'rejected' = 'absent') =>
  event('CallNotPlaced', { callKey: callKeyOf(number), why });

describe('a task and a proposal', () => {
  test('are what the desk offered and what is held', () => {
    expect(stateAfter(...queued()).task).toMatchObject({ taskId: 'TASK-1', slots: TASK_SLOTS });
    expect(stateAfter(...proposed()).proposal).toEqual({
      ...proposal(),
      plannedAt: '2026-11-24T01:00:08.000Z',
    });
    expect(stateAfter(...proposed(), event('VisitReleased', { why: 'expired' })).proposal).toBeNull();
  });

  test('a booking is due at once', () => {
    expect(stateAfter(...proposed({ via: 'agreed' })).proposal?.callAt).toBe('2026-11-24T01:00:08.000Z');
  });
});

describe('a call', () => {
  test('is known by its key, its intent and its peer until it is answered', () => {
    const { call, callNumber } = stateAfter(...called());
    expect(call).toMatchObject({ callKey: callKeyOf(1), intent: 'e10', peer: TM, via: 'desk', slot: SLOT });
    expect(callNumber).toBe(1);
    expect(stateAfter(...called(), agreed()).call).toBeNull();
  });

  test('that was not placed gives its key back', () => {
    expect(stateAfter(...called(), notPlaced(1))).toMatchObject({ call: null, callNumber: 0 });
    const second = [...called(), answered('BUSY', '2026-11-24T03:00:00.000Z'), calling(2)];
    expect(stateAfter(...second)).toMatchObject({ callNumber: 2 });
    expect(stateAfter(...second, notPlaced(2))).toMatchObject({ call: null, callNumber: 1 });
  });

  test('that was not placed gives no key back that a later call has used', () => {
    const byHand = answered('BUSY', '2026-11-24T03:00:00.000Z', 2);
    expect(stateAfter(...called(), byHand, notPlaced(1)).callNumber).toBe(2);
  });

  test('of which the desk knows nothing may have rung; one that was not sent, or only booked, has not', () => {
    const ring = {
      callKey: callKeyOf(1),
      intent: 'e10',
      at: '2026-11-24T01:00:09.000Z',
      peer: TM,
      isLookedAt: false,
    };
    expect(stateAfter(...called(), notPlaced(1))).toMatchObject({ rings: [ring], inVain: 1 });
    expect(stateAfter(...called(), notPlaced(1, 'not-sent'))).toMatchObject({ rings: [], inVain: 0 });
    expect(stateAfter(...called(), notPlaced(1, 'rejected'))).toMatchObject({ rings: [ring], inVain: 0 });
    const booked = event('CallRequested', { callKey: callKeyOf(1), peer: TM, via: 'agreed', slot: SLOT });
    expect(stateAfter(...proposed(), booked, notPlaced(1))).toMatchObject({ rings: [], inVain: 1 });
    // What the customer said at last is that very ring.
    expect(stateAfter(...called(), notPlaced(1), answered('BUSY', null))).toMatchObject({ rings: [] });
  });

  test('of which the desk knows nothing is due when its event says', () => {
    const data = { callKey: callKeyOf(1), why: 'absent' } as const;
    const at = '2026-11-24T02:00:09.000Z';
    const expiresAt = '2026-11-24T04:00:09.000Z';
    const later = stateAfter(...called(), event('CallNotPlaced', { ...data, nextCallAt: at, expiresAt }));
    expect(later.proposal).toMatchObject({ callAt: at, expiresAt });
    expect(
      stateAfter(...called(), event('CallNotPlaced', { ...data, nextCallAt: null })).pending,
    ).not.toBeNull();
  });

  test('in doubt keeps what was said of it', () => {
    const doubt = (more: object) =>
      event('CallInDoubt', { callKey: callKeyOf(1), cause: { code: 'NO_ANSWER', ms: 5 }, ...more });
    const { call } = stateAfter(...called(), doubt({ code: 'BAD_PHONE' }), doubt({ accepted: true }));
    expect(call?.doubt).toEqual({
      isAccepted: true,
      isOfAnother: false,
      refusedCode: 'BAD_PHONE',
      turnedAway: null,
    });
  });

  test('that was asked for again is not answered by what names the request before', () => {
    const again = [...called(), notPlaced(1), calling(1)];
    const named = (causationId: string) => ({ ...answered('BUSY', '2026-11-24T05:00:00.000Z'), causationId });
    expect(stateAfter(...again, named('e10'))).toMatchObject({ call: { intent: 'e12' }, rings: [] });
    expect(stateAfter(...again, named('e12'))).toMatchObject({ call: null, rings: [{ intent: 'e10' }] });
  });

  test('without agreement moves call and expiry of the proposal, or ends in customer-pending', () => {
    const again = stateAfter(...called(), answered('NO_ANSWER', '2026-11-24T05:00:00.000Z'));
    expect(again.proposal).toMatchObject({
      callAt: '2026-11-24T05:00:00.000Z',
      expiresAt: '2026-11-25T04:00:00.000Z',
    });
    expect(again.pending).toBeNull();
    expect(again.calls).toEqual([
      {
        at: '2026-11-24T01:00:10.000Z',
        outcome: 'NO_ANSWER',
        callKey: callKeyOf(1),
        request: null,
        by: 'desk',
      },
    ]);
    expect(stateAfter(...called(), answered('REFUSED', null)).pending).toEqual({
      since: '2026-11-24T01:00:10.000Z',
    });
  });

  test('with an agreement opens the appointment, and is the promise if it is the first', () => {
    const first = stateAfter(...called(), agreed(LATER_SLOT));
    expect(first).toMatchObject({
      agreed: { slot: LATER_SLOT, appointmentId: 'APT-1' },
      promise: LATER_SLOT,
    });
    expect(openAppointments(first)).toEqual([
      [
        'APT-1',
        {
          callKey: callKeyOf(1),
          slot: LATER_SLOT,
          peer: TM,
          open: true,
          saidAt: '2026-11-24T01:00:10.000Z',
          closeAs: null,
        },
      ],
    ]);
  });
});

describe('customer-pending ends', () => {
  const pending = [
    ...called(),
    answered('REFUSED', null),
    event('VisitReleased', { why: 'customer-pending' }),
  ];
  test.each([
    ['with a new proposal', event('VisitProposed', proposal())],
    ['with a call', answered('NO_ANSWER', '2026-11-24T05:00:00.000Z', 2)],
    ['with changed contact data', event('ContactChanged', { fields: ['phone'] })],
    ['with a visit', visit()],
  ])('%s', (_how, ending) => {
    expect(stateAfter(...pending).pending).not.toBeNull();
    expect(stateAfter(...pending, ending).pending).toBeNull();
  });

  test('not with a new task', () => {
    const task = event('SchedulingRequested', { taskId: 'TASK-2', slots: [] });
    expect(stateAfter(...pending, task).pending).not.toBeNull();
  });
});

describe('a visit', () => {
  test('ends the proposal, the wait and the move', () => {
    expect(stateAfter(...scheduled())).toMatchObject({
      visit: { slot: SLOT, technicianId: 'T-01', appointmentId: 'APT-1' },
      proposal: null,
      agreed: null,
      move: null,
      promise: SLOT,
    });
    expect(stateAfter(...noTechnician(), visit(LATER_SLOT)).visit?.slot).toEqual(LATER_SLOT);
  });

  test('that is moved keeps the promise of the first agreed time', () => {
    const moved = event('MoveRequested', { slot: LATER_SLOT, technicianId: 'T-02', code: 'X' });
    expect(stateAfter(...scheduled(), moved)).toMatchObject({
      visit: { slot: SLOT },
      move: { slot: LATER_SLOT, technicianId: 'T-02', code: 'X' },
    });
    expect(stateAfter(...scheduled(), moved, event('MoveRejected', { code: 'FULL' })).move).toBeNull();
    const done = stateAfter(...scheduled(), moved, visit(LATER_SLOT, 'T-02'));
    expect(done).toMatchObject({ visit: { slot: LATER_SLOT }, promise: SLOT, move: null });
    expect(done.appointments.get('APT-1')).toMatchObject({ slot: LATER_SLOT, peer: TM, open: true });
  });

  test('that was not done uses up the visit and the task, and marks the appointment as failed', () => {
    const state = stateAfter(...onSite(), notDone('NO_ACCESS'));
    expect(state).toMatchObject({ visit: null, task: null, proposal: null, pending: null, promise: SLOT });
    expect(state.appointments.get('APT-1')).toMatchObject({ open: true, closeAs: 'failed' });
    expect(stateAfter(...onSite(), notDone('INFORMATION_REQUIRED')).pending).not.toBeNull();
  });

  test('that was completed marks the appointment as completed', () => {
    const state = stateAfter(...completed());
    expect(state.visit).not.toBeNull();
    expect(state.appointments.get('APT-1')).toMatchObject({ open: true, closeAs: 'completed' });
    const marked = event('AppointmentClosed', { appointmentId: 'APT-1', as: 'completed' });
    expect(openAppointments(stateAfter(...completed(), marked))).toEqual([]);
  });

  test('ends every other appointment that the desk still keeps', () => {
    const second = event('CustomerCalled', {
      callKey: callKeyOf(2),
      outcome: 'AGREED',
      slot: LATER_SLOT,
      appointmentId: 'APT-2',
      nextCallAt: null,
      by: 'desk',
    });
    const beside = given(...scheduled(), second);
    expect(beside.scheduling).toMatchObject({ agreed: null, visit: { appointmentId: 'APT-1' } });
    const over = and(beside, ...completed().slice(-1));
    expect(over.scheduling.appointments.get('APT-1')?.closeAs).toBe('completed');
    expect(over.scheduling.appointments.get('APT-2')?.closeAs).toBe('failed');
  });
});

describe('ScheduleCancelled', () => {
  test('clears the schedule and closes the appointments it names; the promise stays on record', () => {
    const cleared = event('ScheduleCancelled', { code: 'TEST', appointments: ['APT-1'] });
    const state = stateAfter(...scheduled(), cleared);
    expect(state).toMatchObject({
      task: null,
      proposal: null,
      agreed: null,
      visit: null,
      move: null,
      pending: null,
    });
    expect(state.promise).toEqual(SLOT);
    expect(openAppointments(state)).toEqual([]);
  });
});

describe('an agreed time that nobody can keep', () => {
  const closings = (...events: readonly GivenEvent[]) =>
    openAppointments(stateAfter(...noTechnician(), ...events)).map(([, { closeAs }]) => closeAs);

  test('waits with its appointment', () => {
    expect(closings()).toEqual([null]);
  });

  test('is given up for another one that was agreed to since then', () => {
    const other = event('VisitProposed', proposal({ via: 'agreed' }));
    expect(closings(other)).toEqual(['failed']);
    expect(stateAfter(...noTechnician(), other).agreed).toBeNull();
    const byHand = { callKey: callKeyOf(2), outcome: 'AGREED', slot: SLOT, nextCallAt: null } as const;
    expect(closings(event('CustomerCalled', { ...byHand, by: 'by-hand' }))).toEqual(['failed']);
  });

  test('keeps its appointment when it is said again, where it was', () => {
    const [[id, before] = ['', null]] = openAppointments(stateAfter(...noTechnician()));
    const again = event('CustomerCalled', {
      callKey: callKeyOf(2),
      outcome: 'AGREED',
      slot: LATER_SLOT,
      appointmentId: id,
      nextCallAt: null,
      by: 'by-hand',
    });
    expect(openAppointments(stateAfter(...noTechnician(), again))).toEqual([
      [id, { ...before, slot: LATER_SLOT }],
    ]);
  });
});
