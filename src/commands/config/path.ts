import { defineCommand } from '../framework/parse/descriptor.ts';

export const configPath = defineCommand({
  path: 'config path',
  summary: 'where the configuration file and the database are',
  examples: [{ line: 'config path' }],
  output: { kind: 'object', schema: 'oss.config-path/1' },
  change: false,
  needs: 'nothing',
});
