import { describe, expect, it } from 'vitest';
import type { OrderView } from '../ports/order-view.ts';
import { iso, ms } from '../time/iso.ts';
import { type Forecast, type LateReading, lateBefore, lateOf, lateVisitOf, NO_FORECAST } from './late.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { STAGES, type Stage } from './stage.ts';

const SINCE = '2026-11-24T00:00:00.000Z';
const ID = 'ORD-000001';

const at = (now: number, forecast: Forecast = NO_FORECAST): LateReading => ({
  now,
  policy: DEFAULT_POLICY,
  forecast,
});
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
    lateOf({ orderId: ID, stage, stageSince: SINCE, visit: null }, at(minutesIn(minutes)));

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
    lateOf({ orderId: ID, stage, stageSince: SINCE, visit, ...other }, at(minutesIn(minutes)));

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
        { orderId: ID, stage: 'held', visit: visitFrom(minutesIn(1), 60, 'held') },
        at(minutesIn(500)),
      ),
    ).toBeNull();
  });

  it('is as late as the worse of stage and visit says', () => {
    // Held for longer than a day: very late, although its visit is only late.
    expect(late('held', 1441)).toEqual({
      level: 'critical',
      what: 'stage',
      expectedAt: null,
      dueAt: '2026-11-24T04:00:00.000Z',
    });
    expect(late('held', 241)).toEqual({
      level: 'hazard',
      what: 'not-finished',
      expectedAt: null,
      dueAt: visit.end,
    });
  });
});

describe('lateOf, by the forecast', () => {
  const visit = visitFrom(minutesIn(100), 60);
  const late = (stage: Stage, expected: number, now = minutesIn(60)) =>
    lateOf(
      { orderId: ID, stage, stageSince: SINCE, visit },
      at(now, new Map([[ID, { start: expected, dueAt: minutesIn(100) }]])),
    );

  it.each([
    ['as planned', minutesIn(100), null],
    ['within the time of grace', minutesIn(115), null],
    ['a millisecond after it', minutesIn(115) + 1, 'expected'],
    ['when its slot is over', minutesIn(170), 'expected'],
  ] as const)('a visit that will begin %s', (_when, expected, what) => {
    for (const stage of ['scheduled', 'dispatched'] as const) {
      expect(late(stage, expected)).toEqual(
        what === null ? null : { level: 'hazard', what, dueAt: visit.start, expectedAt: iso(expected) },
      );
    }
  });

  it('says nothing of a visit that has begun, or that is late already', () => {
    expect(late('on-site', minutesIn(170))).toBeNull();
    expect(late('dispatched', minutesIn(170), minutesIn(115) + 1)).toMatchObject({ what: 'not-started' });
  });
});

describe('lateBefore', () => {
  it.each(['hazard', 'critical'] as const)(
    'finds exactly the orders that lateOf calls %s or worse',
    (level) => {
      const now = ms('2026-12-24T00:00:00.000Z');
      for (const stage of STAGES) {
        for (const minutes of [0, 29, 30, 31, 60, 120, 121, 240, 241, 480, 1440, 1441, 4321, 20_161]) {
          for (const began of [-60, 14, 15, 16, 60, 61, 400]) {
            for (const length of [10, 60]) {
              for (const behind of [0, 15, 16]) {
                const stageSince = iso(now - minutes * 60_000);
                const visit = visitFrom(now - began * 60_000, length);
                const dueAt = now - began * 60_000;
                const forecast = new Map([[ID, { start: dueAt + behind * 60_000, dueAt }]]);
                const before = lateBefore(at(now, forecast), level);
                const bound = before[stage];
                const found =
                  bound !== undefined &&
                  (stageSince < (bound.since ?? '') ||
                    visit.start < (bound.visitStart ?? '') ||
                    visit.end < (bound.visitEnd ?? '') ||
                    bound.expected.includes(ID));
                const late = lateOf({ orderId: ID, stage, stageSince, visit }, at(now, forecast))?.level;
                const is = late === level || late === 'critical';
                expect([stage, minutes, began, length, behind, found]).toEqual([
                  stage,
                  minutes,
                  began,
                  length,
                  behind,
                  is,
                ]);
              }
            }
          }
        }
      }
    },
  );
});
