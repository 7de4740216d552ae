import { defineCommand } from '../framework/parse/descriptor.ts';

export const batchList = defineCommand({
  path: 'batch list',
  summary: 'list batches, the latest first',
  flags: {
    limit: { type: 'integer', min: 1, summary: 'at most so many (default 20)' },
    all: { type: 'boolean', summary: 'all of them' },
  },
  examples: [{ line: 'batch list' }, { line: 'batch list --limit 5 --json' }],
  output: {
    kind: 'list',
    schema: 'oss.batches/1',
    fields: [
      'batchId',
      'file',
      'op',
      'rows',
      'done',
      'already',
      'skipped',
      'failed',
      'pending',
      'state',
      'startedAt',
      'finishedAt',
      'actor',
    ],
  },
  change: false,
});
