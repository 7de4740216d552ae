import { defineCommand } from '../framework/parse/descriptor.ts';

export const accessTokenList = defineCommand({
  path: 'access token list',
  summary: 'the tokens by which programs call over HTTP',
  examples: [{ line: 'access token list' }],
  output: {
    kind: 'list',
    schema: 'oss.tokens/1',
    fields: ['tokenId', 'actor', 'client', 'state', 'seesClear', 'expiresAt', 'lastUsedAt', 'createdAt'],
  },
  change: false,
});
