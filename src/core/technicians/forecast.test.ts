import { describe, expect, it } from 'vitest';
import type { Stage } from '../rules/stage.ts';
import { iso, ms } from '../time/iso.ts';
import { type DayVisit, expectedDay, expectedDays } from './forecast.ts';

const at = (time: string): string => `2026-11-24T${time}:00.000Z`;

const visit = (
  orderId: string,
  [start, end]: readonly [string, string],
  stage: Stage = 'dispatched',
  since = '00:00',
): DayVisit => ({ orderId, stage, stageSince: at(since), start: at(start), end: at(end), area: null });

const expected = (visits: readonly DayVisit[], now: string) =>
  Object.fromEntries(
    [...expectedDay(visits, { now: ms(at(now)), travel: { minutes: () => 20 } })].map(
      ([id, { start, delayMs }]) => [id, [iso(start).slice(11, 16), delayMs / 60_000]],
    ),
  );

const MORNING = ['01:00', '02:00'] as const;
const NOON = ['02:30', '03:30'] as const;
const AFTERNOON = ['06:00', '07:00'] as const;

describe('the rest of a technician’s day', () => {
  it('begins as agreed while nothing is late', () => {
    const day = [visit('A', MORNING, 'on-site', '01:00'), visit('B', NOON), visit('C', AFTERNOON)];
    expect(expected(day, '01:30')).toEqual({ B: ['02:30', 0], C: ['06:00', 0] });
  });

  it('is pushed by a visit that began late: its time on site, and the way', () => {
    const day = [visit('A', MORNING, 'on-site', '01:40'), visit('B', NOON), visit('C', AFTERNOON)];
    expect(expected(day, '01:50')).toEqual({ B: ['03:00', 30], C: ['06:00', 0] });
  });

  it('is pushed by a visit that is over its time', () => {
    const day = [visit('A', MORNING, 'on-site', '01:00'), visit('B', NOON)];
    expect(expected(day, '03:00')).toEqual({ B: ['03:20', 50] });
  });

  it('is pushed on and on until a gap takes it up', () => {
    const day = [
      visit('A', MORNING, 'on-site', '02:00'),
      visit('B', ['02:20', '03:20']),
      visit('C', ['03:40', '04:40']),
      visit('D', AFTERNOON),
    ];
    expect(expected(day, '02:00')).toEqual({ B: ['03:20', 60], C: ['04:40', 60], D: ['06:00', 0] });
  });

  it('counts a visit that has not begun from now on', () => {
    const day = [visit('B', NOON), visit('A', MORNING)];
    expect(expected(day, '01:45')).toEqual({ A: ['01:45', 45], B: ['03:05', 35] });
  });

  it('does not count what is over or cancelled', () => {
    const day = [
      visit('A', MORNING, 'completed', '02:25'),
      visit('X', ['01:30', '03:30'], 'cancelling'),
      visit('B', NOON),
    ];
    expect(expected(day, '02:28')).toEqual({ B: ['02:30', 0] });
    expect(expected([], '02:28')).toEqual({});
  });

  it('is each technician’s own', () => {
    const day = [
      { ...visit('A', MORNING, 'on-site', '02:00'), technicianId: 'T-01' },
      { ...visit('B', NOON), technicianId: 'T-01' },
      { ...visit('C', NOON), technicianId: 'T-02' },
    ];
    const all = expectedDays(day, { now: ms(at('02:00')), travel: { minutes: () => 20 } });
    expect([...all].map(([id, { delayMs }]) => [id, delayMs / 60_000])).toEqual([
      ['B', 50],
      ['C', 0],
    ]);
  });
});
