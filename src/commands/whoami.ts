import { defineCommand } from './framework/parse/descriptor.ts';

export const whoami = defineCommand({
  path: 'whoami',
  summary: 'who acts, on which database, with which peers',
  examples: [{ line: 'whoami' }, { line: 'whoami --actor technician:T-01' }],
  output: { kind: 'object', schema: 'oss.whoami/1' },
  change: false,
});
