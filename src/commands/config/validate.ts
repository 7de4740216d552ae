import { defineCommand } from '../framework/parse/descriptor.ts';

export const configValidate = defineCommand({
  path: 'config validate',
  summary: 'check every setting',
  details: 'Lists everything that is wrong at once; exit 78 when something is.',
  examples: [{ line: 'config validate' }],
  output: { kind: 'list', schema: 'oss.problems/1', fields: ['code', 'problem', 'why', 'next'] },
  change: false,
  needs: 'nothing',
});
