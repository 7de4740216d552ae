import { defineCommand } from '../framework/parse/descriptor.ts';
import { BATCH_ARG } from './resume.ts';
import { RUN_FLAGS } from './run.ts';

export const batchRetry = defineCommand({
  path: 'batch retry',
  summary: 'run the failed rows of a batch again',
  details:
    'From the file that was run, or from one with the rows put right (such as --failed-out wrote): its rows are matched ' +
    'with the failed ones by their key.',
  args: BATCH_ARG,
  flags: {
    fromFile: {
      type: 'text',
      max: 4096,
      placeholder: 'FILE',
      summary: 'take the failed rows from this file instead',
    },
    ...RUN_FLAGS,
  },
  examples: [
    { line: 'batch retry B-20261122-9F3A2C' },
    { line: 'batch retry B-20261122-9F3A2C --from-file fixed.csv' },
  ],
  output: { kind: 'object', schema: 'oss.batch/1' },
  change: true,
});
