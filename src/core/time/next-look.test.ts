import { expect, test } from 'vitest';
import { untilNextLook } from './next-look.ts';

test.each([
  [{ left: 5_000, since: null, atLeast: 100 }, 5_000],
  [{ left: -3, since: null, atLeast: 100 }, 0],
  [{ left: 5_000, since: 40, atLeast: 100 }, 100],
  [{ left: 5_000, since: 2_000, atLeast: 100 }, 2_000],
  [{ left: 5_000, since: 9_000, atLeast: 100 }, 5_000],
  [{ left: 50, since: 0, atLeast: 100 }, 50],
])('%o: %d ms', (given, ms) => {
  expect(untilNextLook(given)).toBe(ms);
});
