import { defineCommand } from '../framework/parse/descriptor.ts';

export const dbInfo = defineCommand({
  path: 'db info',
  summary: 'what the database is: its size, its peers, how far its log goes',
  examples: [{ line: 'db info' }],
  output: { kind: 'object', schema: 'oss.database/1' },
  change: false,
});
