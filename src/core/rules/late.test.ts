import { describe, expect, it } from 'vitest';
import { iso, ms } from '../time/iso.ts';
import { lateBefore, lateOf } from './late.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { STAGES } from './stage.ts';

const SINCE = '2026-11-24T00:00:00.000Z';
const minutesIn = (minutes: number): number => ms(SINCE) + minutes * 60_000;

describe('lateOf', () => {
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
    expect(lateOf(stage, SINCE, minutesIn(minutes), DEFAULT_POLICY)?.level ?? null).toBe(level);
  });

  it('says when the order became late, whatever the level', () => {
    for (const minutes of [31, 500]) {
      expect(lateOf('activating', SINCE, minutesIn(minutes), DEFAULT_POLICY)?.dueAt).toBe(
        '2026-11-24T00:30:00.000Z',
      );
    }
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
          const since = iso(now - minutes * 60_000);
          const bound = before[stage];
          const found = bound !== undefined && since < bound;
          const late = lateOf(stage, since, now, DEFAULT_POLICY)?.level;
          expect([stage, minutes, found]).toEqual([stage, minutes, late === level || late === 'critical']);
        }
      }
    },
  );
});
