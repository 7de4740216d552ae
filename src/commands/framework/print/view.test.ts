import { expect, it } from 'vitest';
import { ENGLISH } from '../../../texts/catalogue.ts';
import { KOREAN } from '../../../texts/ko/index.ts';
import { createView } from './view.ts';

const at = '2026-11-24T05:00:00.000Z';
let now = Date.parse(at) - 25 * 60_000;
const view = (tty: boolean, t = ENGLISH) =>
  createView({ t, lang: 'en', tz: 'Asia/Seoul', tty, width: 80, program: 'oss', clock: () => now });

it('writes times in the zone of the operator, and how far they are on a terminal', () => {
  expect(view(false).time(at)).toBe('2026-11-24 14:00');
  expect(view(true).time(at)).toBe('2026-11-24 14:00 (in 25 min)');
  expect(view(true).clock(at)).toBe('2026-11-24 14:00');
  expect(view(true, KOREAN).time(at)).toBe('2026-11-24 14:00 (25분 후)');
});

it('writes nothing for nothing', () => {
  for (const none of [null, undefined, 'never']) expect(view(true).time(none)).toBe('');
});

it('goes with the clock', () => {
  const watched = view(true);
  now = Date.parse(at) + 3 * 3_600_000;
  expect(watched.time(at)).toBe('2026-11-24 14:00 (3 h ago)');
  expect(watched.now).toBe(now);
});
