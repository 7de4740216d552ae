import { defineConfig } from 'vitest/config';
import { stage } from './test/stages.ts';

const everyday = stage({ endings: ['test'] });

/** The tests of use cases once more, while every write does its work twice: nothing may double. */
const TWICE = ['src/core/app/**/*.test.ts', 'test/saga-*.test.ts'];

/** What crosses parts, on the database of a server: the same files, by one variable. */
const onServer = stage({
  endings: ['test'],
  longestMs: 1_800_000,
  draws: { OSS_TEST_DATABASE: 'postgres', OSS_LONG_SEED: '20270102' },
});

/**
 * Not among them: what is about the file itself, what starts databases of its own, the places of kills (they compare the
 * numbers of orders, which have gaps on a server), and the moment of a probe and the matrix of faults (how they end rests on how
 * long a write takes).
 */
const MATRIX = [
  'test/acceptance/{batch,breaker,doubt,road,undo,worker}.test.ts',
  'test/crash/batch-kill.test.ts',
  'test/race/{hot-orders,paused-worker,processes}.test.ts',
];

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
      { ...onServer, test: { ...onServer.test, name: 'server', include: MATRIX } },
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
