import { describe, expect, test } from 'vitest';
import { expectKept } from './expect-kept.ts';
import { REGRESSIONS } from './regressions.ts';
import { runSchedule } from './schedule.ts';

const asked = process.env.SIMULATION_SEED;

if (asked !== undefined) {
  test(`seed ${asked}, which was asked for`, async () => {
    await expectKept(Number(asked));
  });
}

describe('seeds that once failed', () => {
  test.each(REGRESSIONS)('seed $seed: $was', async ({ seed }) => {
    await expectKept(seed, new Set());
  });
});

test('a seed makes the same life again', async () => {
  const first = await runSchedule(4_711);
  const second = await runSchedule(4_711);
  expect(second.trace).toEqual(first.trace);
  expect(second.counts).toEqual(first.counts);
});
