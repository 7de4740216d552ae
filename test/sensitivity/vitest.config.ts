import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BUGS } from './bug.ts';

const bug = BUGS.find(({ name }) => name === process.env.OSS_SOWN_BUG);
if (bug === undefined) throw new Error(`no such bug: ${process.env.OSS_SOWN_BUG}`);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** The ordinary tests, over sources of which one holds a bug. Nothing on the disk is changed. */
export default defineConfig({
  root,
  plugins: [
    {
      name: 'sow-a-bug',
      enforce: 'pre',
      transform(code, id) {
        if (id.split('?')[0] !== `${root}${bug.file}`) return null;
        if (code.split(bug.find).length !== 2) throw new Error(`"${bug.find}" is not once in ${bug.file}`);
        return { code: code.replace(bug.find, () => bug.replace), map: null };
      },
    },
  ],
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    pool: 'forks',
    testTimeout: 120_000,
    bail: 1,
    env: { TZ: 'America/New_York', LANG: 'C', OSS_LONG_SCHEDULES: '300' },
  },
});
