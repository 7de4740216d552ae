import { defineCommand } from '../framework/parse/descriptor.ts';

export const configGet = defineCommand({
  path: 'config get',
  summary: 'one setting',
  args: { key: { type: 'id', required: true, placeholder: 'key', summary: 'the dotted key' } },
  examples: [{ line: 'config get ne.timeoutMs' }],
  output: { kind: 'object', schema: 'oss.setting/1' },
  change: false,
  needs: 'nothing',
});
