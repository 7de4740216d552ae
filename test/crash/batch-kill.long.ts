import { expect, test } from 'vitest';
import { eachOf } from '../support/real-process.ts';
import { killBatch } from './batch-kill.ts';

const RUNS = Number(process.env.OSS_LONG_KILLS ?? 300);
const FIRST_SEED = Number(process.env.OSS_LONG_SEED ?? 1_000);

test(`${RUNS} batches, each killed twice: nothing lost, nothing twice`, async () => {
  let runs = 0;
  await eachOf(
    Array.from({ length: RUNS }, (_, i) => FIRST_SEED + i),
    2,
    async (seed) => {
      await killBatch(seed);
      runs += 1;
    },
  );
  expect(runs).toBe(RUNS);
});
