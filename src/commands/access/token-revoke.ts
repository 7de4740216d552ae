import { defineCommand } from '../framework/parse/descriptor.ts';

export const accessTokenRevoke = defineCommand({
  path: 'access token revoke',
  summary: 'end a token for good',
  details:
    'Every server refuses it a second later; a stream of events that was begun with it ends within thirty.',
  args: { id: { type: 'id', required: true, summary: 'its id, as access token list shows it' } },
  examples: [{ line: 'access token revoke 3f9a12bc04de' }],
  output: { kind: 'object', schema: 'oss.token/1' },
  change: false,
});
