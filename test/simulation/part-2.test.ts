import { test } from 'vitest';
import { expectALot, expectAllKept, seedsFrom } from './expect-kept.ts';

test('a thousand lives with crashes, sleeps and faults keep every promise (part 2 of 2)', async () => {
  expectALot(await expectAllKept(seedsFrom(2_000_000, 1_000)), 1_000);
}, 300_000);
