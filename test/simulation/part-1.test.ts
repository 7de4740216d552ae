import { test } from 'vitest';
import { expectALot, expectAllKept, SCHEDULES, seedsFrom } from './expect-kept.ts';

test(`${SCHEDULES} lives with crashes, sleeps and faults keep every promise (part 1 of 2)`, async () => {
  expectALot(await expectAllKept(seedsFrom(1_000_000, SCHEDULES)), SCHEDULES);
}, 600_000);
