import { defineConfig } from 'vitest/config';
import { stage } from './test/stages.ts';

/** `npm run test:full`: what is heavier, and the drawn ones again, from other seeds and further. */
export default defineConfig(
  stage({
    endings: ['full'],
    longestMs: 1_800_000,
    draws: {
      OSS_LONG_SEED: '20270101',
      OSS_LONG_SCHEDULES: '1000',
      OSS_LONG_RUNS: '1500',
      OSS_LONG_COMMANDS: '60',
      OSS_LONG_WORKERS: '8',
      OSS_LONG_KILLS: '20',
      OSS_LONG_PROCESSES: '24',
      OSS_LONG_ROUNDS: '4',
      OSS_LONG_STEP_KIB: '16',
      OSS_LONG_STEPS: '20000',
      OSS_LONG_PAIRS: '12',
      OSS_LONG_CLOCK_PLACES: '2',
      OSS_LONG_TEXT: '100000',
    },
  }),
);
