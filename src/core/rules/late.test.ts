import { describe, expect, it } from 'vitest';
import type { OrderView } from '../ports/order-view.ts';
import { iso, ms } from '../time/iso.ts';
import { lateBefore, lateOf, lateVisitOf } from './late.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { STAGES, type Stage } from './stage.ts';

const SINCE = '2026-11-24T00:00:00.000Z';
const minutesIn = (minutes: number): number => ms(SINCE) + minutes * 60_000;

const visitFrom = (
  start: number,
  minutes: number,
  status: 'agreed' | 'held' = 'agreed',
): NonNullable<OrderView['visit']> => ({
  start: iso(start),
  end: iso(start + minutes * 60_000),
  technicianId: 'T-01',
  appointmentId: null,
  status,
  expiresAt: null,
});

describe('lateOf, by the age in the stage', () => {
  const late = (stage: Stage, minutes: number) =>
    lateOf({ stage, stageSince: SINCE, visit: null }, minutesIn(minutes), DEFAULT_POLICY);

  it.each([
    ['activating', 30, null],
    ['activating', 31, 'hazard'],
    ['activating', 120, 'hazard'],
    ['activating', 121, 'critical'],
    ['tm-queue', 480, null],
    ['tm-queue', 481, 'hazard'],
    ['completed', 1_000_000, null],
    ['cancelled', 1_000_000, null],
  ] as const)('%s after %i minutes: %s', (stage, minutes, level) => {
    expect(late(stage, minutes)?.level ?? null).toBe(level);
  });

  it('says when the order became late, whatever the level', () => {
    for (const minutes of [31, 500]) {
      expect(late('activating', minutes)?.dueAt).toBe('2026-11-24T00:30:00.000Z');
    }
  });
});

describe('lateOf, by the visit', () => {
  /** A visit of an hour that begins at minute 100. */
  const visit = visitFrom(minutesIn(100), 60);
  const late = (stage: Stage, minutes: number, other: Partial<OrderView> = {}) =>
    lateOf({ stage, stageSince: SINCE, visit, ...other }, minutesIn(minutes), DEFAULT_POLICY);

  it.each([
    ['scheduled', 99, null],
    ['dispatched', 115, null],
    ['dispatched', 116, 'hazard'],
    ['scheduled', 116, 'hazard'],
    ['dispatched', 160, 'hazard'],
    ['dispatched', 161, 'critical'],
    ['on-site', 160, null],
    ['on-site', 161, 'hazard'],
    ['held', 160, null],
    ['held', 161, 'hazard'],
    ['completed', 1_000, null],
    ['tm-queue', 161, null],
  ] as const)('%s at minute %i: %s', (stage, minutes, level) => {
    expect(late(stage, minutes)?.level ?? null).toBe(level);
  });

  it('is due when it should have begun, or ended', () => {
    expect(late('dispatched', 500)?.dueAt).toBe(visit.start);
    expect(late('on-site', 161)?.dueAt).toBe(visit.end);
  });

  it('is in time however long ago it was agreed', () => {
    const start = minutesIn(30 * 1440);
    expect(late('scheduled', 29 * 1440, { visit: visitFrom(start, 60) })).toBeNull();
  });

  it('knows no late visit where nothing is agreed', () => {
    expect(
      lateVisitOf(
        { stage: 'held', visit: visitFrom(minutesIn(1), 60, 'held') },
        minutesIn(500),
        DEFAULT_POLICY,
      ),
    ).toBeNull();
  });

  it('is as late as the worse of stage and visit says', () => {
    // Held for longer than a day: very late, although its visit is only late.
    expect(late('held', 1441)).toEqual({ level: 'critical', dueAt: '2026-11-24T04:00:00.000Z' });
    expect(late('held', 241)).toEqual({ level: 'hazard', dueAt: visit.end });
  });
});

describe('lateBefore', () => {
  it.each(['hazard', 'critical'] as const)(
    'finds exactly the orders that lateOf calls %s or worse',
    (level) => {
      const now = ms('2026-12-24T00:00:00.000Z');
      const before = lateBefore(now, DEFAULT_POLICY, level);
      for (const stage of STAGES) {
        for (const minutes of [0, 29, 30, 31, 60, 120, 121, 240, 241, 480, 1440, 1441, 4321, 20_161]) {
          for (const began of [-60, 14, 15, 16, 60, 61, 400]) {
            for (const length of [10, 60]) {
              const stageSince = iso(now - minutes * 60_000);
              const visit = visitFrom(now - began * 60_000, length);
              const bound = before[stage];
              const found =
                bound !== undefined &&
                (stageSince < (bound.since ?? '') ||
                  visit.start < (bound.visitStart ?? '') ||
                  visit.end < (bound.visitEnd ?? ''));
              const late = lateOf({ stage, stageSince, visit }, now, DEFAULT_POLICY)?.level;
              const is = late === level || late === 'critical';
              expect([stage, minutes, began, length, found]).toEqual([stage, minutes, began, length, is]);
            }
          }
        }
      }
    },
  );
});
