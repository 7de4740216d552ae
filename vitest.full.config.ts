import { defineConfig } from 'vitest/config';
import { stage } from './test/stages.ts';

/** `npm run test:full`: what is heavier, and the drawn ones again, from other seeds and further. */
export default defineConfig(
  stage({
    endings: ['full'],
    longestMs: 1_800_000,
    draws: {
      OSS_LONG_SEED: '20270101',
      OSS_LONG_SCHEDULES: '5000',
      OSS_LONG_RUNS: '4000',
      OSS_LONG_COMMANDS: '100',
      OSS_LONG_WORKERS: '16',
      OSS_LONG_KILLS: '30',
      OSS_LONG_PROCESSES: '50',
      OSS_LONG_ROUNDS: '10',
      OSS_LONG_STEP_KIB: '4',
      OSS_LONG_STEPS: '100000',
      OSS_LONG_PAIRS: '60',
    },
  }),
);
