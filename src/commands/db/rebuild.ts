import { defineCommand } from '../framework/parse/descriptor.ts';

export const dbRebuild = defineCommand({
  path: 'db rebuild',
  summary: 'make everything that is derived anew from the log: views, calendar, due work',
  details:
    'The log itself is only read. Others may work meanwhile. Afterwards every view is what its events say.',
  examples: [{ line: 'db rebuild' }],
  output: { kind: 'object', schema: 'oss.rebuilt/1' },
  change: false,
});
