import { test } from 'vitest';
import { expectALot, expectAllKept, SCHEDULES, seedsFrom } from './expect-kept.ts';

const FIRST = Number(process.env.OSS_LONG_FIRST ?? 3_000_000);

test(`${SCHEDULES} lives from seed ${FIRST} on keep every promise`, async () => {
  expectALot(await expectAllKept(seedsFrom(FIRST, SCHEDULES)), SCHEDULES);
});
