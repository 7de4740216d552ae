import { expect, test } from 'vitest';
import { fnv1a } from './fnv.ts';

// The published vectors of FNV-1a, 32 bits.
test.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('%j', (text, hash) => {
  expect(fnv1a(text)).toBe(hash);
});

test('another start gives another hash', () => {
  expect(fnv1a('a', 1)).not.toBe(fnv1a('a'));
});
