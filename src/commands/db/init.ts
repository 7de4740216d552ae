import { defineCommand } from '../framework/parse/descriptor.ts';

export const dbInit = defineCommand({
  path: 'db init',
  summary: 'make the database',
  details:
    'Only a default database is made by itself; one that is named by --db, OSS_DB or the configuration is made here.',
  examples: [{ line: 'db init --db /var/lib/oss/oss.db' }],
  output: { kind: 'object', schema: 'oss.database/1' },
  change: false,
});
