import { defineConfig } from 'vitest/config';
import { asBuilt, TEXT_SUITES } from './test/built/as-built.ts';
import { LongestFirst } from './test/longest-first.ts';
import { stage } from './test/stages.ts';

const everyday = stage({ endings: ['test'] });
const shared = stage({ endings: ['test'], isShared: true });

/** Rooms whose modules keep no state, so that their tests need not load them anew for each file. */
const STATELESS = ['src/core/**/*.test.ts', 'src/commands/**/*.test.ts', 'src/faces/**/*.test.ts'];

/** `npm test`: one example of each kind, and what is about texts once more against the bundle. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { ...everyday, test: { ...everyday.test, name: 'sources', exclude: STATELESS } },
      { ...shared, test: { ...shared.test, name: 'stateless', include: STATELESS } },
      { plugins: [asBuilt()], test: { ...shared.test, name: 'bundle', include: TEXT_SUITES } },
    ],
  },
});
