import { defineCommand } from '../framework/parse/descriptor.ts';

export const dbMigrate = defineCommand({
  path: 'db migrate',
  summary: 'bring the database of an older program to this one, in one step',
  examples: [{ line: 'db migrate' }],
  output: { kind: 'object', schema: 'oss.database/1' },
  change: false,
});
