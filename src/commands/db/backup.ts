import { defineCommand } from '../framework/parse/descriptor.ts';

export const dbBackup = defineCommand({
  path: 'db backup',
  summary: 'copy the database into a file, while others work on it',
  details: 'The folder must be there: a copy in a folder that was mistyped would be found by nobody.',
  args: { file: { type: 'text', max: 4096, required: true, summary: 'a file that does not exist yet' } },
  examples: [{ line: 'db backup /backups/oss-monday.db' }],
  output: { kind: 'object', schema: 'oss.backup/1' },
  change: false,
});
