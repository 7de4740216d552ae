import { defineCommand } from '../framework/parse/descriptor.ts';

export const fieldNext = defineCommand({
  path: 'field next',
  summary: 'your visit that is going on, else your next one',
  flags: {
    technician: { type: 'technician', pick: 'technician', summary: 'of this technician (default: you)' },
  },
  examples: [{ line: 'field next --actor technician:T-01' }, { line: 'field next --technician T-01' }],
  output: { kind: 'object', schema: 'oss.visit/1' },
  change: false,
});
