import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
import { stage } from '../stages.ts';
import { BUGS } from './bug.ts';

const bug = BUGS.find(({ name }) => name === process.env.OSS_SOWN_BUG);
if (bug === undefined) throw new Error(`no such bug: ${process.env.OSS_SOWN_BUG}`);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Changes the one source; nothing on the disk. */
const sown = defineConfig({
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
  // scripts/test-sensitivity.mjs looks for two bugs at a time.
  test: { bail: 1, maxWorkers: 1 },
});

/** The ordinary tests, over sources of which one holds a bug. */
export default mergeConfig(stage({ endings: ['test'], draws: { OSS_LONG_SCHEDULES: '300' } }), sown);
