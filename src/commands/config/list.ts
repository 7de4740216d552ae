import { defineCommand } from '../framework/parse/descriptor.ts';

export const configList = defineCommand({
  path: 'config list',
  summary: 'all settings in force',
  flags: { origin: { type: 'boolean', summary: 'where each value comes from' } },
  examples: [{ line: 'config list --origin', says: 'which of flag, environment, file and default won' }],
  output: { kind: 'list', schema: 'oss.config/1', fields: ['key', 'value', 'origin'] },
  change: false,
  needs: 'nothing',
});
