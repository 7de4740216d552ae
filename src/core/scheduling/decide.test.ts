import { describe, expect, test } from 'vitest';
import { given, typesOf } from '../../../test/support/given.ts';
import { refused } from '../../../test/support/refused.ts';
import {
  answered,
  called,
  callKeyOf,
  cancelled,
  dispatched,
  event,
  LATER_SLOT,
  noTechnician,
  onSite,
  placed,
  proposal,
  proposed,
  queued,
  SLOT,
  scheduled,
} from '../../../test/support/stories.ts';
import { ms } from '../time/iso.ts';
import {
  type CustomerAnswer,
  moveVisit,
  nextCallKey,
  proposeVisit,
  recordAnswer,
  releaseVisit,
} from './decide.ts';

describe('proposing a visit', () => {
  test('holds the time; a present proposal is replaced', () => {
    expect(proposeVisit(given(...queued()), proposal())).toEqual([
      { type: 'VisitProposed', data: proposal() },
    ]);
    expect(proposeVisit(given(...proposed()), proposal({ technicianId: 'T-02' }))).toMatchObject([
      { type: 'VisitReleased', data: { why: 'replaced' } },
      { type: 'VisitProposed', data: { technicianId: 'T-02' } },
    ]);
  });

  test('for want of a technician answers that want and uses the agreed appointment again', () => {
    expect(proposeVisit(given(...noTechnician()), proposal({ technicianId: 'T-03' }))).toEqual([
      { type: 'HoldReleased', data: { hold: 'ScheduleVisit', action: 'done' } },
      {
        type: 'Scheduled',
        data: { visitDateTime: LATER_SLOT, technicianId: 'T-03', appointmentId: 'APT-1' },
      },
    ]);
  });

  test('is refused while the customer is on the phone, and elsewhere', () => {
    expect(refused(() => proposeVisit(given(...called()), proposal()))).toMatchObject({
      code: 'CALL_RUNNING',
      detail: { callKey: callKeyOf(1) },
    });
    for (const events of [[placed()], scheduled(), onSite()]) {
      expect(refused(() => proposeVisit(given(...events), proposal())).code).toBe('ILLEGAL_IN_STAGE');
    }
    expect(refused(() => proposeVisit(given(...queued(), cancelled()), proposal())).code).toBe(
      'ALREADY_FINAL',
    );
  });
});

describe('releasing a visit', () => {
  test('frees what is not agreed yet', () => {
    expect(releaseVisit(given(...proposed()))).toEqual([
      { type: 'VisitReleased', data: { why: 'unassigned' } },
    ]);
  });

  test.each([
    ['VISIT_AGREED', scheduled()],
    ['CALL_RUNNING', called()],
    ['NOTHING_TO_UNASSIGN', queued()],
    ['ILLEGAL_IN_STAGE', [placed()]],
  ])('is refused: %s', (code, events) => {
    expect(refused(() => releaseVisit(given(...events))).code).toBe(code);
  });
});

describe("recording the customer's word", () => {
  const answer = (changes: Partial<CustomerAnswer>): CustomerAnswer => ({
    callKey: callKeyOf(1),
    outcome: 'AGREED',
    slot: SLOT,
    appointmentId: 'APT-1',
    nextCallAt: null,
    by: 'desk',
    causationId: 'e10',
    ...changes,
  });
  const going = { going: true, technicianId: 'T-01' };

  test('an agreement is a visit in the same commit', () => {
    expect(recordAnswer(given(...called()), answer({}), going)).toEqual([
      {
        type: 'CustomerCalled',
        causationId: 'e10',
        data: {
          callKey: callKeyOf(1),
          outcome: 'AGREED',
          slot: SLOT,
          appointmentId: 'APT-1',
          nextCallAt: null,
          by: 'desk',
        },
      },
      { type: 'Scheduled', data: { visitDateTime: SLOT, technicianId: 'T-01', appointmentId: 'APT-1' } },
    ]);
  });

  test('an agreement for which nobody is free holds the order and frees the proposal', () => {
    const events = recordAnswer(given(...called()), answer({}), { going: true, technicianId: null });
    expect(typesOf(events)).toEqual(['CustomerCalled', 'VisitReleased', 'OrderHeld']);
    expect(events[2]).toMatchObject({
      data: { hold: 'ScheduleVisit', step: 'ScheduleVisit', cause: 'NO_TECHNICIAN_AT_AGREED_SLOT' },
    });
  });

  test('an agreement after the want of a technician answers that want', () => {
    const events = recordAnswer(
      given(...noTechnician()),
      answer({ callKey: callKeyOf(2), by: 'by-hand' }),
      going,
    );
    expect(typesOf(events)).toEqual(['CustomerCalled', 'HoldReleased', 'Scheduled']);
    const none = recordAnswer(given(...noTechnician()), answer({}), { going: true, technicianId: null });
    expect(typesOf(none)).toEqual(['CustomerCalled']);
  });

  test('an agreement beside a visit that stands, or after the end, is recorded and nothing else', () => {
    expect(typesOf(recordAnswer(given(...scheduled()), answer({}), going))).toEqual(['CustomerCalled']);
    const undoing = given(...called(), cancelled());
    expect(typesOf(recordAnswer(undoing, answer({}), { going: false, technicianId: null }))).toEqual([
      'CustomerCalled',
    ]);
  });

  test('no agreement leaves the proposal for the next call, or frees it', () => {
    const nextCallAt = ms('2026-11-24T05:00:00.000Z');
    const again = answer({ outcome: 'BUSY', nextCallAt, expiresAt: nextCallAt + 1 });
    expect(recordAnswer(given(...called()), again, going)).toMatchObject([
      { data: { nextCallAt: '2026-11-24T05:00:00.000Z', expiresAt: '2026-11-24T05:00:00.001Z' } },
    ]);
    expect(typesOf(recordAnswer(given(...called()), answer({ outcome: 'REFUSED' }), going))).toEqual([
      'CustomerCalled',
      'VisitReleased',
    ]);
    expect(typesOf(recordAnswer(given(...queued()), answer({ outcome: 'REFUSED' }), going))).toEqual([
      'CustomerCalled',
    ]);
  });

  test('the next key follows the last one that was used', () => {
    expect(nextCallKey(given(...queued()), null)).toBe(callKeyOf(1));
    const busy = given(...called(), answered('BUSY', '2026-11-24T05:00:00.000Z'));
    expect(nextCallKey(busy, null)).toBe(callKeyOf(2));
    expect(nextCallKey(busy, 'k7f3c1x9')).toBe(`${busy.orderId}@k7f3c1x9/call#2`);
  });
});

describe('moving a visit', () => {
  const move = (changes: Partial<Parameters<typeof moveVisit>[1]> = {}) => ({
    slot: LATER_SLOT,
    technicianId: 'T-02',
    code: 'CUSTOMER_RESCHEDULE',
    agreed: true,
    ...changes,
  });

  test('is an intent; the old visit stands', () => {
    expect(moveVisit(given(...scheduled()), move())).toEqual([
      {
        type: 'MoveRequested',
        data: { slot: LATER_SLOT, technicianId: 'T-02', code: 'CUSTOMER_RESCHEDULE' },
      },
    ]);
  });

  test('of what was handed over calls the technician back', () => {
    expect(moveVisit(given(...dispatched()), move())).toMatchObject([
      { type: 'FieldWorkRecalled', data: { technicianId: 'T-01' } },
      { type: 'MoveRequested' },
    ]);
  });

  test("to another time needs the customer's word; to another technician it does not", () => {
    const process = given(...scheduled());
    expect(refused(() => moveVisit(process, move({ agreed: false }))).code).toBe('AGREEMENT_REQUIRED');
    expect(typesOf(moveVisit(process, move({ slot: SLOT, agreed: false })))).toEqual(['MoveRequested']);
  });

  test('to where it is already is no event', () => {
    expect(moveVisit(given(...scheduled()), move({ slot: SLOT, technicianId: 'T-01' }))).toEqual([]);
  });

  test('is refused while one is running, on site, and without a visit', () => {
    const running = event('MoveRequested', { slot: LATER_SLOT, technicianId: 'T-02', code: 'X' });
    expect(refused(() => moveVisit(given(...scheduled(), running), move())).code).toBe('MOVE_RUNNING');
    for (const events of [onSite(), queued()]) {
      expect(refused(() => moveVisit(given(...events), move())).code).toBe('ILLEGAL_IN_STAGE');
    }
  });
});
