import { defineCommand } from '../framework/parse/descriptor.ts';

export const configSet = defineCommand({
  path: 'config set',
  summary: 'write one setting into the configuration file',
  details:
    'Written down in the audit of the database before the file is changed. A database that cannot be written keeps the setting ' +
    'from being changed; where there is none yet, there is nothing to write it into.',
  args: {
    key: { type: 'id', required: true, placeholder: 'key', summary: 'the dotted key' },
    value: { type: 'text', max: 2000, required: true, placeholder: 'value', summary: 'its new value' },
  },
  examples: [{ line: 'config set schedule.auto true' }],
  output: { kind: 'object', schema: 'oss.setting/1' },
  change: false,
  needs: 'nothing',
});
