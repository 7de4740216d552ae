import { defineCommand } from '../framework/parse/descriptor.ts';

export const dbBind = defineCommand({
  path: 'db bind',
  summary: 'bind the database to the configured peers instead of its own',
  details:
    'A database is bound to its peers at its first write, so that nobody switches real orders on at a simulator. Bind it ' +
    'anew only when the same peers have moved to another address. It is recorded with the reason.',
  flags: { reason: { type: 'lines', required: true, ask: 'Why', summary: 'why the peers changed' } },
  examples: [{ line: 'db bind --reason "the NE moved to a new address"' }],
  output: { kind: 'object', schema: 'oss.database/1' },
  change: false,
});
