import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iso, ms } from './iso.ts';
import { isZone, offsetAt } from './offset.ts';
import { weekdayName } from './weekday.ts';
import { addDays, clockTime, dayNumber, formatLocal, fromLocal, toLocal, weekdayOfDate } from './zone.ts';

const ZONES = [
  'Asia/Seoul',
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
] as const;

describe('toLocal', () => {
  it.each([
    ['2026-11-24T05:00:00.000Z', 'Asia/Seoul', '2026-11-24', 840, 2],
    ['2026-11-24T15:00:00.000Z', 'Asia/Seoul', '2026-11-25', 0, 3],
    ['2026-11-24T14:59:59.999Z', 'Asia/Seoul', '2026-11-24', 1439, 2],
    ['2026-11-24T00:00:00.000Z', 'America/New_York', '2026-11-23', 19 * 60, 1],
    ['2026-07-01T00:00:00.000Z', 'Asia/Kathmandu', '2026-07-01', 345, 3],
    // New York: clocks go forward at 07:00 UTC on 8 March 2026, back at 06:00 UTC on 1 November.
    ['2026-03-08T06:59:00.000Z', 'America/New_York', '2026-03-08', 119, 7],
    ['2026-03-08T07:00:00.000Z', 'America/New_York', '2026-03-08', 180, 7],
    ['2026-11-01T05:30:00.000Z', 'America/New_York', '2026-11-01', 90, 7],
    ['2026-11-01T06:30:00.000Z', 'America/New_York', '2026-11-01', 90, 7],
  ])('%s in %s is %s, minute %i', (at, tz, date, minutes, weekday) => {
    expect(toLocal(ms(at), tz)).toEqual({ date, minutes, weekday });
  });

  it('refuses a zone that Intl does not know', () => {
    expect(() => toLocal(0, 'Mars/Olympus')).toThrow(RangeError);
    expect(isZone('Mars/Olympus')).toBe(false);
    expect(isZone('Asia/Seoul')).toBe(true);
    expect(isZone('+09:00')).toBe(false);
  });
});

describe('fromLocal', () => {
  it.each([
    ['2026-11-24', 840, 'Asia/Seoul', '2026-11-24T05:00:00.000Z', true],
    ['2026-11-24', 1440, 'Asia/Seoul', '2026-11-24T15:00:00.000Z', true],
    ['2026-03-08', 150, 'America/New_York', '2026-03-08T07:30:00.000Z', false],
    ['2026-03-08', 119, 'America/New_York', '2026-03-08T06:59:00.000Z', true],
    ['2026-03-08', 180, 'America/New_York', '2026-03-08T07:00:00.000Z', true],
    // 01:30 happens twice: the first one counts.
    ['2026-11-01', 90, 'America/New_York', '2026-11-01T05:30:00.000Z', true],
    ['2026-03-29', 150, 'Europe/Berlin', '2026-03-29T01:30:00.000Z', false],
    ['2026-10-25', 150, 'Europe/Berlin', '2026-10-25T00:30:00.000Z', true],
    // Lord Howe moves by half an hour only.
    ['2026-10-04', 135, 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z', false],
    ['2026-10-04', 150, 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z', true],
  ])('%s minute %i in %s', (date, minutes, tz, at, exact) => {
    expect({ ...fromLocal(date, minutes, tz), at: iso(fromLocal(date, minutes, tz).at) }).toEqual({
      at,
      exact,
    });
  });

  it('gives back every moment, or the first one that reads the same', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: ms('2015-01-01T00:00:00Z') / 60_000, max: ms('2040-01-01T00:00:00Z') / 60_000 }),
        (tz, minute) => {
          const at = minute * 60_000;
          const local = toLocal(at, tz);
          const back = fromLocal(local.date, local.minutes, tz);
          expect(back.exact).toBe(true);
          expect(back.at).toBeLessThanOrEqual(at);
          expect(toLocal(back.at, tz)).toEqual(local);
          expect(at - back.at).toBeLessThanOrEqual(3_600_000);
        },
      ),
      { seed: 11, numRuns: 1500 },
    );
  });
});

describe('offsetAt', () => {
  it('agrees with Intl asked directly, around every hour of two years', () => {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: 'America/New_York',
      timeZoneName: 'longOffset',
    });
    for (let at = ms('2025-01-01T00:10:00Z'); at < ms('2027-01-01T00:00:00Z'); at += 7 * 3_600_000) {
      const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value;
      expect(`${iso(at)} ${offsetAt(at, 'America/New_York')}`).toBe(
        `${iso(at)} ${name === 'GMT-05:00' ? -18_000_000 : -14_400_000}`,
      );
    }
  });
});

describe('dates', () => {
  it.each([
    ['2026-11-24', 1, '2026-11-25'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-03-01', -1, '2026-02-28'],
    ['1969-12-31', 1, '1970-01-01'],
  ])('%s and %i days is %s', (date, n, expected) => {
    expect(addDays(date, n)).toBe(expected);
  });

  it('knows weekdays on both sides of 1970', () => {
    expect(weekdayOfDate('2026-11-22')).toBe(7);
    expect(weekdayOfDate('1969-12-31')).toBe(3);
    expect(weekdayName(7, 'en')).toBe('Sun');
    expect(weekdayName(1, 'ko')).toBe('월');
  });

  it('writes local times by hand, whatever the locale', () => {
    expect(formatLocal(ms('2026-11-24T05:00:00Z'), 'Asia/Seoul')).toBe('2026-11-24 14:00');
    expect(clockTime(545)).toBe('09:05');
  });

  it('throws on what is no date or moment', () => {
    expect(() => dayNumber('tomorrow')).toThrow(RangeError);
    expect(() => ms('tomorrow')).toThrow(RangeError);
  });
});
