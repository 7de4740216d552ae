import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/long/**', 'node_modules/**'],
    setupFiles: ['test/setup.ts'],
    pool: 'forks',
    // They end what hangs, and nothing else: no test may fail because a machine is slow.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    env: { TZ: 'America/New_York', LANG: 'C' },
  },
});
