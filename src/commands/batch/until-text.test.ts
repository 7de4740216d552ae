import { expect, test } from 'vitest';
import { untilText } from './until-text.ts';

const NOW = Date.UTC(2026, 10, 24, 5, 0, 0);
const at = (tz: string, ms: number): string | null => untilText({ view: { tz }, now: () => NOW }, ms);

test.each([
  ['Asia/Seoul', NOW + 200_000, '14:03:20 (+09:00)'],
  ['Asia/Seoul', NOW + 199_001, '14:03:20 (+09:00)'],
  ['America/St_Johns', NOW + 200_000, '01:33:20 (-03:30)'],
  ['UTC', NOW + 24 * 3_600_000, '2026-11-25 05:00:00 (+00:00)'],
  ['UTC', Number.POSITIVE_INFINITY, null],
])('in %s', (tz, ms, text) => {
  expect(at(tz, ms)).toBe(text);
});
