import { expect, test } from 'vitest';
import { orderIdOf, parseOrderId } from './order-id.ts';

test.each([
  ['42', 'ORD-000042'],
  ['ord-42', 'ORD-000042'],
  ['#42', 'ORD-000042'],
  ['ORD-000042', 'ORD-000042'],
  [' 000042 ', 'ORD-000042'],
  ['1234567', 'ORD-1234567'],
  ['Ord-0001234567', 'ORD-1234567'],
])('%s is %s', (text, id) => {
  expect(parseOrderId(text)).toBe(id);
  expect(parseOrderId(id)).toBe(id);
});

test.each([
  '',
  '0',
  '#',
  'ord-',
  'ORD-000000',
  '-1',
  '1.5',
  '４２',
  'ORD 42',
  '##42',
  '#ord-42',
  '42x',
  '1e3',
  '9'.repeat(13),
])('%j is none', (text) => {
  expect(parseOrderId(text)).toBeNull();
});

test('ids grow beyond six digits', () => {
  expect([1, 999_999, 1_000_000].map(orderIdOf)).toEqual(['ORD-000001', 'ORD-999999', 'ORD-1000000']);
});
