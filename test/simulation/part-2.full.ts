import { test } from 'vitest';
import { expectALot, expectAllKept, SCHEDULES, seedsFrom } from './expect-kept.ts';

test(`${SCHEDULES} lives that no other run has keep every promise (part 2 of 2)`, async () => {
  expectALot(await expectAllKept(seedsFrom(20_000_000, SCHEDULES)), SCHEDULES);
});
