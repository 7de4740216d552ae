import { defineConfig } from 'vitest/config';
import { asBuilt, TEXT_SUITES } from './test/built/as-built.ts';
import { LongestFirst } from './test/longest-first.ts';
import { stage } from './test/stages.ts';

const everyday = stage({ endings: ['test'] });

/** `npm test`: one example of each kind, and what is about texts once more against the bundle. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { ...everyday, test: { ...everyday.test, name: 'sources' } },
      { plugins: [asBuilt()], test: { ...everyday.test, name: 'bundle', include: TEXT_SUITES } },
    ],
  },
});
