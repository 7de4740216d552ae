import { ROLES } from '../../core/values/actor.ts';
import { defineCommand } from '../framework/parse/descriptor.ts';

export const accessTokenNew = defineCommand({
  path: 'access token new',
  summary: 'make a token by which a program calls over HTTP',
  details:
    'It is shown this once and kept nowhere: only its digest is. What the program does stands in the log under the role and the name. ' +
    'Keys and external ids belong to the client, so that the next token of the same --client goes on where this one ended.',
  flags: {
    role: { type: 'choice', choices: ROLES, required: true, summary: 'what the program may do' },
    name: {
      type: 'text',
      required: true,
      placeholder: 'NAME',
      ask: 'The name of the program',
      summary: 'its name in the log; of a technician the id',
    },
    client: { type: 'text', placeholder: 'NAME', summary: 'whose keys it uses (default: the name)' },
    expires: {
      type: 'duration',
      placeholder: 'D',
      summary: 'how long it is valid, at most 800d (default 90d)',
    },
    pii: { type: 'boolean', summary: 'it may read one order at a time in clear; each reading is recorded' },
  },
  examples: [
    { line: 'access token new --role cs --name webshop --expires 90d' },
    { line: 'access token new --role noc --name prometheus', says: 'for a monitor' },
  ],
  output: { kind: 'object', schema: 'oss.token/1' },
  change: false,
});
