import { defineConfig } from 'vitest/config';
import { stage } from './test/stages.ts';

const everyday = stage({ endings: ['test'] });

/** The tests of use cases once more, while every write does its work twice: nothing may double. */
const TWICE = ['src/core/app/**/*.test.ts', 'test/saga-*.test.ts'];

/** What is heavier, and the drawn ones again, from other seeds and further. */
const heavier = stage({
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
});

/** `npm run test:full` */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { ...heavier, test: { ...heavier.test, name: 'heavier' } },
      {
        ...everyday,
        test: {
          ...everyday.test,
          name: 'twice',
          include: TWICE,
          setupFiles: ['test/setup.ts', 'test/twice/repeat-writes.ts'],
        },
      },
    ],
  },
});
