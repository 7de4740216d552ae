import { defineCommand } from '../framework/parse/descriptor.ts';
import { RUN_FLAGS } from './run.ts';

/** The batch that a command is about. */
export const BATCH_ARG = {
  batch: { type: 'id', required: true, placeholder: 'batchId', summary: 'the batch; see `oss batch list`' },
} as const;

export const batchResume = defineCommand({
  path: 'batch resume',
  summary: 'go on with a batch that was interrupted',
  details:
    'Runs the rows that were not run yet; what is in the journal is not run again, failed rows included (`oss batch retry`). ' +
    'The file must be the one that was run. With --wait the steps of all its orders are gone on with too, also when every ' +
    'row was run.',
  args: BATCH_ARG,
  flags: RUN_FLAGS,
  examples: [
    { line: 'batch resume B-20261122-9F3A2C' },
    { line: 'batch resume B-20261122-9F3A2C --wait', says: 'and waits for the network and the desk' },
  ],
  output: { kind: 'object', schema: 'oss.batch/1' },
  change: true,
});
