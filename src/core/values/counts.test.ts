import { expect, test } from 'vitest';
import { parseCount } from './counts.ts';

test.each([
  ['0', 0],
  ['2', 2],
  ['007', 7],
  ['1.0', 1],
  ['12.000', 12],
  ['１', 1],
  ['２．０', 2],
  [' 1', 1],
  ['1\n', 1],
  ['\u200b3\u00a0', 3],
  ['999999999999999', 999_999_999_999_999],
])('%s is %d', (text, value) => {
  expect(parseCount(text)).toBe(value);
});

test.each([
  '',
  ' ',
  '-1',
  '+1',
  '1.5',
  '1.01',
  '1.',
  '.0',
  '1,0',
  '1.0.0',
  '1e3',
  '1e309',
  '٣',
  '1 0',
  '0x10',
  '1_000',
  '1,000',
  'two',
  '9'.repeat(16),
])('%j is no count', (text) => {
  expect(parseCount(text)).toBeNull();
});

test('the range includes its ends', () => {
  const read = (text: string) => parseCount(text, { min: 1, max: 10 });
  expect(['0', '1', '10', '11'].map(read)).toEqual([null, 1, 10, null]);
});
