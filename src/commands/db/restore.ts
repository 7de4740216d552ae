import { defineCommand } from '../framework/parse/descriptor.ts';

export const dbRestore = defineCommand({
  path: 'db restore',
  summary: 'put a backup in the place of the database',
  details:
    'The backup is checked first, event by event. Everything after it is lost, and nobody may have the database open. ' +
    'Open orders are told so, and what they have in the network is looked up before anything else. Afterwards compare with the network: ne reconcile.',
  args: { file: { type: 'text', max: 4096, required: true, summary: 'what db backup made' } },
  examples: [{ line: 'db restore /backups/oss-monday.db' }],
  output: { kind: 'object', schema: 'oss.restored/1' },
  change: false,
});
