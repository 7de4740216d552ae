import { describe, expect, test } from 'vitest';
import { and, given } from '../../../test/support/given.ts';
import { refused } from '../../../test/support/refused.ts';
import {
  called,
  calling,
  callKeyOf,
  cancelled,
  completed,
  dispatched,
  event,
  held,
  LATER_SLOT,
  proposed,
  SLOT,
  scheduled,
  visit,
} from '../../../test/support/stories.ts';
import type { OrderProcess } from '../process/process.ts';
import { iso, ms } from '../time/iso.ts';
import type { Slot } from '../time/slot.ts';
import { MINUTE_MS } from '../time/units.ts';
import { occupiedBy } from '../views/occupied.ts';
import { orderView } from '../views/project.ts';
import { visitChoice } from '../views/visit-choice.ts';
import { actOf, agreedAppointment } from './desk-acts.ts';
import { retimeVisit } from './retime.ts';

/** Agreed for ten o'clock, told: somebody comes between ten and twelve. */
const WINDOW: Slot = { start: SLOT.start, end: iso(ms(SLOT.start) + 120 * MINUTE_MS) };
const agreedWithin = (window: Slot | undefined) =>
  event('CustomerCalled', {
    callKey: callKeyOf(1),
    outcome: 'AGREED',
    slot: SLOT,
    ...(window === undefined ? {} : { window }),
    appointmentId: 'APT-1',
    nextCallAt: null,
    by: 'desk',
  });
const promised = (window: Slot | undefined = WINDOW) => given(...called(), agreedWithin(window), visit());

const startAt = (minutes: number): number => ms(SLOT.start) + minutes * MINUTE_MS;
const shifted = (minutes: number): Slot => ({
  start: iso(startAt(minutes)),
  end: iso(ms(SLOT.end) + minutes * MINUTE_MS),
});
const retimed = (process: OrderProcess, minutes: number): OrderProcess =>
  and(process, ...retimeVisit(process, startAt(minutes)));

describe('a visit is shifted inside its window', () => {
  test('as a fact that names both times and the technician; calendar and view follow, the promise stays', () => {
    const before = promised();
    expect(retimeVisit(before, startAt(60))).toEqual([
      { type: 'VisitRetimed', data: { from: SLOT, slot: shifted(60), technicianId: 'T-01' } },
    ]);
    const after = retimed(before, 60);
    expect(after.stage).toBe('scheduled');
    expect(after.scheduling).toMatchObject({
      visit: { slot: shifted(60), window: WINDOW, technicianId: 'T-01', appointmentId: 'APT-1' },
      promise: SLOT,
      move: null,
    });
    expect(occupiedBy(after)).toMatchObject([{ slot: shifted(60), technicianId: 'T-01', kind: 'agreed' }]);
    expect(orderView(after)).toMatchObject({ visit: { ...shifted(60), window: WINDOW }, promise: SLOT });
  });

  test('up to both of its ends, and back; the same start is no event', () => {
    const last = retimed(promised(), 120);
    expect(last.scheduling.visit?.slot).toEqual(shifted(120));
    expect(retimed(last, 0).scheduling.visit).toEqual(promised().scheduling.visit);
    expect(retimeVisit(last, startAt(120))).toEqual([]);
  });

  test.each([-1, 121])('never outside of it: %i minutes', (minutes) => {
    for (const process of [promised(), retimed(promised(), 60)]) {
      expect(refused(() => retimeVisit(process, startAt(minutes)))).toMatchObject({
        code: 'OUTSIDE_WINDOW',
        detail: { from: WINDOW.start, until: WINDOW.end },
      });
    }
  });

  test('without a window there is no play', () => {
    const process = given(...scheduled());
    expect(refused(() => retimeVisit(process, startAt(30))).code).toBe('OUTSIDE_WINDOW');
    expect(retimeVisit(process, startAt(0))).toEqual([]);
  });

  test.each([
    ['proposed', given(...proposed()), 'ILLEGAL_IN_STAGE'],
    ['dispatched', given(...dispatched()), 'ILLEGAL_IN_STAGE'],
    ['held', given(...scheduled(), held('ConfirmUndo')), 'ILLEGAL_IN_STAGE'],
    ['cancelled', given(...scheduled(), cancelled('scheduled')), 'ALREADY_FINAL'],
    ['completed', given(...completed()), 'ALREADY_FINAL'],
    [
      'being moved',
      and(promised(), event('MoveRequested', { slot: LATER_SLOT, technicianId: 'T-02', code: 'X' })),
      'MOVE_RUNNING',
    ],
    ['being phoned about', and(promised(), calling(2)), 'CALL_RUNNING'],
  ])('is refused when the order is %s', (_what, process, code) => {
    expect(refused(() => retimeVisit(process, startAt(60))).code).toBe(code);
  });
});

describe('after a shift', () => {
  const after = retimed(promised(), 60);
  const atDesk = (slot: Slot) => ({
    appointmentId: 'APT-1',
    callKey: callKeyOf(1),
    status: 'confirmed' as const,
    slot,
    answer: null,
  });

  test('the desk keeps what was agreed: that is no move', () => {
    expect(agreedAppointment(after)).toEqual({ appointmentId: 'APT-1', slot: SLOT });
    expect(actOf(after, atDesk(SLOT) as never)).toBeNull();
    expect(actOf(after, atDesk(LATER_SLOT) as never)).toMatchObject({ kind: 'moved', slot: LATER_SLOT });
  });

  test('another technician at the same time keeps the window, and the time that the desk has', () => {
    const moved = and(
      after,
      event('MoveRequested', { slot: shifted(60), technicianId: 'T-02', code: 'TECHNICIAN_UNAVAILABLE' }),
      event('Scheduled', { visitDateTime: shifted(60), technicianId: 'T-02', appointmentId: 'APT-1' }),
    );
    expect(moved.scheduling.visit).toMatchObject({ slot: shifted(60), window: WINDOW, technicianId: 'T-02' });
    expect(actOf(moved, atDesk(SLOT) as never)).toBeNull();
  });

  test('a move to another time is what the desk keeps from then on', () => {
    const moved = and(
      after,
      event('MoveRequested', { slot: LATER_SLOT, technicianId: 'T-01', code: 'CUSTOMER_RESCHEDULE' }),
      event('Scheduled', { visitDateTime: LATER_SLOT, technicianId: 'T-01', appointmentId: 'APT-1' }),
    );
    expect(agreedAppointment(moved)).toEqual({ appointmentId: 'APT-1', slot: LATER_SLOT });
    expect(moved.scheduling.visit?.window).toBeUndefined();
  });

  test('why the technician goes there is still told', () => {
    const events = [
      {
        type: 'VisitProposed',
        data: { technicianId: 'T-01', slot: SLOT, choice: 'automatic', reasons: ['earliest'] },
      },
      { type: 'VisitRetimed', data: { technicianId: 'T-01', from: SLOT, slot: shifted(60) } },
      { type: 'VisitRetimed', data: { technicianId: 'T-01', from: shifted(60), slot: shifted(30) } },
    ] as never;
    expect(visitChoice(events, { technicianId: 'T-01', start: shifted(30).start })).toEqual({
      choice: 'automatic',
      reasons: ['earliest'],
    });
  });
});
