import { expect, test } from 'vitest';
import { keyIndex } from './key-index.ts';

test('knows the line on which each key was first', () => {
  const index = keyIndex();
  const keys = Array.from({ length: 50_000 }, (_, i) => `WEB-20261122-${String(i).padStart(6, '0')}`);
  expect(keys.every((key, i) => index.add(key, i + 2) === 0)).toBe(true);
  expect(keys.every((key, i) => index.add(key, 99) === i + 2)).toBe(true);
  expect(keys.every(index.has)).toBe(true);
  expect(['', 'WEB-20261122-', 'WEB-20261122-050000', 'web-20261122-000001'].some(index.has)).toBe(false);
});
