import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../rules/policy.ts';
import { iso, ms } from '../time/iso.ts';
import { toLocal } from '../time/zone.ts';
import { afterCall, nextCallTime } from './calling-hours.ts';

const at = (local: string): number => ms(`${local.replace(' ', 'T')}:00+09:00`);
const policy = DEFAULT_POLICY;

describe('nextCallTime', () => {
  it.each([
    ['2026-11-24 14:00', '2026-11-24 14:00'],
    ['2026-11-24 09:00', '2026-11-24 09:00'],
    ['2026-11-24 08:59', '2026-11-24 09:00'],
    ['2026-11-24 00:00', '2026-11-24 09:00'],
    ['2026-11-24 19:59', '2026-11-24 19:59'],
    ['2026-11-24 20:00', '2026-11-25 09:00'],
    ['2026-12-31 23:00', '2027-01-01 09:00'],
  ])('from %s it is %s', (from, expected) => {
    expect(iso(nextCallTime(at(from), policy))).toBe(iso(at(expected)));
  });
});

describe('afterCall', () => {
  const nextCall = (
    outcome: Parameters<typeof afterCall>[0]['outcome'],
    calls: readonly string[],
    callback: string | null = null,
  ) => {
    const callTimes = calls.map(at);
    const { nextCallAt } = afterCall({
      outcome,
      callbackAt: callback === null ? null : at(callback),
      now: callTimes.at(-1) ?? 0,
      callTimes,
      policy,
    });
    return nextCallAt === null ? null : iso(nextCallAt);
  };

  it.each(['NO_ANSWER', 'BUSY'] as const)('%s is tried again an hour later', (outcome) => {
    expect(nextCall(outcome, ['2026-11-24 10:00'])).toBe(iso(at('2026-11-24 11:00')));
  });

  it('moves the next try into calling hours', () => {
    expect(nextCall('NO_ANSWER', ['2026-11-24 19:30'])).toBe(iso(at('2026-11-25 09:00')));
  });

  it('calls three times a day and goes on the next day', () => {
    const three = ['2026-11-24 10:00', '2026-11-24 11:00', '2026-11-24 12:00'];
    expect(nextCall('NO_ANSWER', three.slice(0, 2))).toBe(iso(at('2026-11-24 12:00')));
    expect(nextCall('NO_ANSWER', three)).toBe(iso(at('2026-11-25 09:00')));
  });

  it('ends in customer-pending after six calls in all', () => {
    const six = ['24 10:00', '24 11:00', '24 12:00', '25 09:00', '25 10:00', '25 11:00'].map(
      (t) => `2026-11-${t}`,
    );
    expect(nextCall('BUSY', six.slice(0, 5))).toBe(iso(at('2026-11-25 11:00')));
    expect(nextCall('BUSY', six)).toBeNull();
  });

  it.each(['AGREED', 'REFUSED', 'WRONG_NUMBER'] as const)('%s wants no further call', (outcome) => {
    expect(nextCall(outcome, ['2026-11-24 10:00'])).toBeNull();
  });

  it.each([
    ['2026-11-25 15:30', '2026-11-25 15:30'],
    ['2026-11-25 21:00', '2026-11-26 09:00'],
    ['2026-11-25 07:00', '2026-11-25 09:00'],
    // A time that has passed, or none at all: by policy.
    ['2026-11-24 09:00', '2026-11-24 11:00'],
    [null, '2026-11-24 11:00'],
  ])('CALLBACK at %s: %s', (callback, expected) => {
    expect(nextCall('CALLBACK', ['2026-11-24 10:00'], callback)).toBe(iso(at(expected)));
  });

  it('keeps a callback even after the sixth call: the customer asked for it', () => {
    const six = Array.from({ length: 6 }, (_, i) => `2026-11-2${i + 1} 10:00`);
    expect(nextCall('CALLBACK', six, '2026-11-27 10:00')).toBe(iso(at('2026-11-27 10:00')));
  });

  it('never calls outside the hours, too often a day, or before now', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4000), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('Asia/Seoul', 'America/New_York', 'Europe/Berlin'),
        (minutes, tz) => {
          const start = ms('2026-03-07T00:00:00Z');
          const callTimes = minutes.sort((a, b) => a - b).map((m) => start + m * 60_000);
          const now = callTimes.at(-1) ?? start;
          const { nextCallAt } = afterCall({
            outcome: 'NO_ANSWER',
            callbackAt: null,
            now,
            callTimes,
            policy: { ...policy, tz },
          });
          if (nextCallAt === null) throw new Error('five calls do not use up six');
          const local = toLocal(nextCallAt, tz);
          expect(nextCallAt).toBeGreaterThan(now);
          expect(local.minutes).toBeGreaterThanOrEqual(policy.schedule.callingHours.from);
          expect(local.minutes).toBeLessThan(policy.schedule.callingHours.to);
          const sameDay = callTimes.filter((t) => toLocal(t, tz).date === local.date);
          expect(sameDay.length).toBeLessThan(policy.schedule.callsPerDay);
        },
      ),
      { seed: 22, numRuns: 500 },
    );
  });
});
