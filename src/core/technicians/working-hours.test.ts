import { describe, expect, test } from 'vitest';
import { daySpanText, parseDaySpan } from '../time/day-span.ts';
import { hoursText, parseHours } from './working-hours.ts';

const NINE_TO_SIX = { from: 540, to: 1080 };

test('a span of the day reads what it writes', () => {
  expect(parseDaySpan('9:05 - 24:00')).toEqual({ from: 545, to: 1440 });
  expect(daySpanText({ from: 545, to: 1440 })).toBe('09:05-24:00');
  for (const bad of [
    '',
    '09:00',
    '18:00-09:00',
    '09:00-09:00',
    '09:60-10:00',
    '0900-1800',
    '00:00-24:01',
    '-',
    '1:00-2:00-3:00',
  ]) {
    expect(parseDaySpan(bad), bad).toBeNull();
  }
});

describe('working hours', () => {
  test.each([
    [
      'Mon-Fri 09:00-18:00',
      { 1: NINE_TO_SIX, 2: NINE_TO_SIX, 3: NINE_TO_SIX, 4: NINE_TO_SIX, 5: NINE_TO_SIX },
    ],
    ['sat 9:00-18:00', { 6: NINE_TO_SIX }],
    ['Sat - Mon 09:00 - 18:00', { 1: NINE_TO_SIX, 6: NINE_TO_SIX, 7: NINE_TO_SIX }],
    ['Mon,Wed 09:00-18:00; Fri 10:00-12:00', { 1: NINE_TO_SIX, 3: NINE_TO_SIX, 5: { from: 600, to: 720 } }],
    ['월-화 09:00-18:00;토 10:00-12:00', { 1: NINE_TO_SIX, 2: NINE_TO_SIX, 6: { from: 600, to: 720 } }],
  ])('%s', (text, hours) => {
    expect(parseHours(text)).toEqual({ ok: true, hours });
  });

  test.each([
    ['', { code: 'NOT_HOURS' }],
    ['09:00-18:00', { code: 'NOT_HOURS' }],
    ['Mon', { code: 'NOT_HOURS' }],
    ['Funday 09:00-18:00', { code: 'NOT_HOURS', text: 'Funday 09:00-18:00' }],
    ['Mon-Tue-Wed 09:00-18:00', { code: 'NOT_HOURS' }],
    ['Mon 18:00-09:00', { code: 'NOT_HOURS' }],
    ['Mon-Fri 09:00-18:00;', { code: 'NOT_HOURS' }],
    ['Mon-Fri 09:00-18:00; Fri 10:00-12:00', { code: 'DAY_TWICE', weekday: 5 }],
  ])('%j is refused', (text, reason) => {
    expect(parseHours(text)).toMatchObject({ ok: false, reason });
  });

  test('a text of megabytes is refused at once', () => {
    expect(parseHours(`Mon${' '.repeat(1_000_000)}x`)).toMatchObject({ ok: false });
  });

  test('are written with neighbouring days joined, and read back the same', () => {
    const hours = {
      1: NINE_TO_SIX,
      2: NINE_TO_SIX,
      3: { from: 600, to: 720 },
      5: NINE_TO_SIX,
      6: NINE_TO_SIX,
    };
    expect(hoursText(hours)).toBe('Mon-Tue 09:00-18:00; Wed 10:00-12:00; Fri-Sat 09:00-18:00');
    expect(parseHours(hoursText(hours))).toEqual({ ok: true, hours });
  });
});
