import { defineCommand } from './framework/parse/descriptor.ts';

export const version = defineCommand({
  path: 'version',
  summary: 'show the version',
  examples: [{ line: 'version --json' }],
  output: { kind: 'object', schema: 'oss.version/1' },
  change: false,
  needs: 'nothing',
});
