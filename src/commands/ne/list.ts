import { defineCommand } from '../framework/parse/descriptor.ts';

export const neList = defineCommand({
  path: 'ne list',
  summary: 'the live services of the NE, with the order each belongs to',
  flags: {
    limit: { type: 'integer', min: 1, summary: 'at most so many (default 50)' },
    all: { type: 'boolean', summary: 'all of them' },
  },
  examples: [{ line: 'ne list' }, { line: 'ne list -o csv > inventory.csv' }],
  output: {
    kind: 'list',
    schema: 'oss.inventory/1',
    fields: ['neId', 'key', 'spec', 'orderId', 'stage', 'equipmentId', 'state'],
  },
  change: false,
});
