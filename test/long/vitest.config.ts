import { defineConfig } from 'vitest/config';

/** The long runs: the same files as every run has, and those that only these have. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.long.ts'],
    pool: 'forks',
    testTimeout: 1_800_000,
    hookTimeout: 300_000,
    env: { TZ: 'America/New_York', LANG: 'C' },
  },
});
