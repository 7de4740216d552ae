import { OP_NAMES } from '../../core/app/batch/ops/op-names.ts';
import { defineCommand } from '../framework/parse/descriptor.ts';

export const batchTemplate = defineCommand({
  path: 'batch template',
  summary: 'print an example of a batch file',
  flags: {
    op: { type: 'choice', choices: OP_NAMES, required: true, placeholder: 'OP', summary: 'what the rows do' },
    as: { type: 'choice', choices: ['csv', 'ndjson', 'yaml'], default: 'csv', summary: 'format of the file' },
  },
  examples: [
    { line: 'batch template --op order.new > orders.csv' },
    { line: 'batch template --op field.complete --as yaml' },
  ],
  output: { kind: 'text' },
  change: false,
  needs: 'nothing',
});
