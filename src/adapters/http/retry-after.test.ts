import { expect, test } from 'vitest';
import { retryAtOf } from './retry-after.ts';

const NOW = Date.UTC(2026, 10, 24, 5, 0, 0);

test.each<[string | undefined, number | null]>([
  ['0', NOW],
  ['7', NOW + 7_000],
  [' 120 ', NOW + 120_000],
  ['86400', NOW + 300_000],
  ['Tue, 24 Nov 2026 05:00:30 GMT', NOW + 30_000],
  ['Tue, 24 Nov 2026 04:00:00 GMT', NOW],
  ['Wed, 24 Nov 2027 05:00:00 GMT', NOW + 300_000],
  [undefined, null],
  ['', null],
  ['-5', null],
  ['1.5', null],
  ['1e9', null],
  ['soon', null],
  ['2026-11-24T05:00:30', null],
  ['99999999999', null],
])('%s', (header, at) => {
  expect(retryAtOf(header, NOW)).toBe(at);
});
