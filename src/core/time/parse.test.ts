import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iso, ms } from './iso.ts';
import { parseDate, parseDuration, parseTime } from './parse.ts';
import { relative } from './relative.ts';

const SEOUL = 'Asia/Seoul';
/** Sunday 22 November 2026, 16:13 in Seoul. */
const NOW = ms('2026-11-22T07:13:00.000Z');

const time = (text: string, tz: string = SEOUL, now: number = NOW): string => {
  const read = parseTime(text, now, tz);
  return read.ok ? iso(read.at) : read.why;
};

describe('parseTime', () => {
  it.each([
    ['2026-11-24T05:00:00Z', '2026-11-24T05:00:00.000Z'],
    ['2026-11-24T05:00:00.250Z', '2026-11-24T05:00:00.250Z'],
    ['2026-11-24T14:00:00+09:00', '2026-11-24T05:00:00.000Z'],
    ['2026-11-24T14:00+0900', '2026-11-24T05:00:00.000Z'],
    ['2026-11-24T14:00', '2026-11-24T05:00:00.000Z'],
    ['2026-11-24t14:00:30', '2026-11-24T05:00:00.000Z'],
    ['2026-11-24 14:00', '2026-11-24T05:00:00.000Z'],
    ['  2026-11-24   14:00 ', '2026-11-24T05:00:00.000Z'],
    ['2026-11-24 2pm', '2026-11-24T05:00:00.000Z'],
    ['14:00', '2026-11-22T05:00:00.000Z'],
    ['9:05', '2026-11-22T00:05:00.000Z'],
    ['today 18:00', '2026-11-22T09:00:00.000Z'],
    ['tomorrow 14:00', '2026-11-23T05:00:00.000Z'],
    ['Tomorrow 2:30 PM', '2026-11-23T05:30:00.000Z'],
    ['tomorrow 12am', '2026-11-22T15:00:00.000Z'],
    ['tomorrow 12pm', '2026-11-23T03:00:00.000Z'],
    ['yesterday 14:00', '2026-11-21T05:00:00.000Z'],
    ['wed 14:00', '2026-11-25T05:00:00.000Z'],
    ['Wednesday 14:00', '2026-11-25T05:00:00.000Z'],
    ['sun 18:00', '2026-11-22T09:00:00.000Z'],
    ['sun 14:00', '2026-11-29T05:00:00.000Z'],
    ['내일 14:00', '2026-11-23T05:00:00.000Z'],
    ['모레 오후 2시', '2026-11-24T05:00:00.000Z'],
    ['수 14시', '2026-11-25T05:00:00.000Z'],
    ['수요일 오전 9시 30분', '2026-11-25T00:30:00.000Z'],
    ['내일 오후 2시 반', '2026-11-23T05:30:00.000Z'],
    ['오늘 오후 6:00', '2026-11-22T09:00:00.000Z'],
    ['+2d', '2026-11-24T07:13:00.000Z'],
    ['+1w', '2026-11-29T07:13:00.000Z'],
    ['+90m', '2026-11-22T08:43:00.000Z'],
    ['+3h', '2026-11-22T10:13:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(time(text)).toBe(expected);
  });

  it('reads a decomposed Korean word as well', () => {
    expect(time('내일 14:00'.normalize('NFD'))).toBe('2026-11-23T05:00:00.000Z');
  });

  it.each([
    ['', 'unreadable'],
    ['soon', 'unreadable'],
    ['14', 'unreadable'],
    ['24:00', 'unreadable'],
    ['14:60', 'unreadable'],
    ['13pm', 'unreadable'],
    ['tomorrow', 'no-time'],
    ['2026-11-24', 'no-time'],
    ['wed', 'no-time'],
    ['2026-02-30', 'no-such-date'],
    ['2026-02-30 14:00', 'no-such-date'],
    ['2026-02-30T14:00:00Z', 'no-such-date'],
    ['2026-13-01 14:00', 'no-such-date'],
    ['2026-11-24T25:00:00Z', 'unreadable'],
    ['2026-11-24T14:00:00+99:00', 'unreadable'],
    ['tomorrow soon', 'unreadable'],
    ['２026-11-24 14:00', 'unreadable'],
    ['+999999d', 'unreadable'],
    ['__proto__ 14:00', 'unreadable'],
    ['constructor 14:00', 'unreadable'],
    ['--at', 'unreadable'],
  ])('refuses %s: %s', (text, why) => {
    expect(time(text)).toBe(why);
  });

  it('tells a time that the clocks skip', () => {
    const eve = ms('2026-03-07T15:00:00Z');
    expect(time('2026-03-08 02:30', 'America/New_York', eve)).toBe('gap');
    expect(time('+1d', 'America/New_York', ms('2026-03-07T07:30:00Z'))).toBe('gap');
    expect(time('tomorrow 03:00', 'America/New_York', eve)).toBe('2026-03-08T07:00:00.000Z');
  });

  it('keeps the local time of day over a change of clocks, but not the span', () => {
    const now = ms('2026-10-31T16:00:00Z');
    expect(time('+1d', 'America/New_York', now)).toBe('2026-11-01T17:00:00.000Z');
    expect(time('+24h', 'America/New_York', now)).toBe('2026-11-01T16:00:00.000Z');
  });

  it('never throws and never makes a moment out of nothing', () => {
    const words = fc.constantFrom(
      'today',
      'wed',
      '내일',
      '+',
      '2d',
      '14:00',
      '2026-11-24',
      'T',
      ' ',
      '..',
      '오후',
      '시',
      '9',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 5 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const read = parseTime(text, NOW, SEOUL);
          if (read.ok) expect(Number.isFinite(read.at)).toBe(true);
          const dates = parseDate(text, NOW, SEOUL);
          if (dates.ok) expect(dates.from <= dates.to).toBe(true);
          const span = parseDuration(text);
          if (span !== null) expect(Number.isSafeInteger(span)).toBe(true);
        },
      ),
      { seed: 12, numRuns: 2000 },
    );
  });
});

describe('parseDate', () => {
  it.each([
    ['2026-11-24', '2026-11-24', '2026-11-24'],
    ['today', '2026-11-22', '2026-11-22'],
    ['내일', '2026-11-23', '2026-11-23'],
    ['wed', '2026-11-25', '2026-11-25'],
    ['sun', '2026-11-22', '2026-11-22'],
    ['+2d', '2026-11-24', '2026-11-24'],
    ['2026-12-24..2026-12-26', '2026-12-24', '2026-12-26'],
    ['today .. +1w', '2026-11-22', '2026-11-29'],
  ])('reads %s', (text, from, to) => {
    expect(parseDate(text, NOW, SEOUL)).toEqual({ ok: true, from, to });
  });

  it('takes the day of the zone, not of UTC', () => {
    const late = ms('2026-11-22T15:30:00Z');
    expect(parseDate('today', late, SEOUL)).toEqual({ ok: true, from: '2026-11-23', to: '2026-11-23' });
  });

  it.each([
    ['', 'unreadable'],
    ['2026-11', 'unreadable'],
    ['2026-11-24..', 'unreadable'],
    ['2026-11-24..2026-11-25..2026-11-26', 'unreadable'],
    ['2026-02-29', 'no-such-date'],
    ['2026-11-24..2026-11-31', 'no-such-date'],
    ['2026-11-24..2026-11-23', 'reversed'],
  ])('refuses %s: %s', (text, why) => {
    expect(parseDate(text, NOW, SEOUL)).toEqual({ ok: false, why });
  });
});

describe('parseDuration', () => {
  it.each([
    ['90s', 90_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['500ms', 500],
    ['1h30m', 5_400_000],
    ['0s', 0],
    ['', null],
    ['5', null],
    ['-5m', null],
    ['1.5h', null],
    ['5 m', null],
    ['1e9s', null],
    ['999999999d', null],
  ])('%s is %s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });
});

describe('relative', () => {
  it.each([
    [0, 'second', 0],
    [-100, 'second', 0],
    [45_000, 'second', 45],
    [25 * 60_000, 'minute', 25],
    [-25 * 60_000, 'minute', -25],
    [5 * 3_600_000, 'hour', 5],
    [35 * 3_600_000, 'hour', 35],
    [49 * 3_600_000, 'day', 2],
  ])('%i ms is %s %i', (span, unit, n) => {
    expect(relative(span)).toEqual({ unit, n });
  });
});
