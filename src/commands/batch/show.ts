import { defineCommand } from '../framework/parse/descriptor.ts';
import { BATCH_ARG } from './resume.ts';

export const batchShow = defineCommand({
  path: 'batch show',
  summary: 'show one batch: its figures and its failures',
  details:
    'With -o ndjson, csv or id it prints every row that is final; --failed prints the failed ones only.',
  args: BATCH_ARG,
  flags: { failed: { type: 'boolean', summary: 'of the rows only those that failed' } },
  examples: [
    { line: 'batch show B-20261122-9F3A2C' },
    { line: 'batch show B-20261122-9F3A2C --failed -o csv', says: 'all failed rows' },
  ],
  output: { kind: 'object', schema: 'oss.batch/1' },
  change: false,
});
