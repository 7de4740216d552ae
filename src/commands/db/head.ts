import { defineCommand } from '../framework/parse/descriptor.ts';

export const dbHead = defineCommand({
  path: 'db head',
  summary: 'where log and audit end, signed, to be kept elsewhere',
  details:
    'Everything up to here is read first; of a log that is not whole there is no head (exit 1). Kept elsewhere, it shows later that nothing before it was cut off or written anew: db verify --head FILE --key PUB. ' +
    'A key: openssl genpkey -algorithm ed25519 -out head.pem, and its public half: openssl pkey -in head.pem -pubout -out head.pub.',
  flags: {
    sign: {
      type: 'text',
      max: 4096,
      placeholder: 'KEYFILE',
      summary: 'the private key (Ed25519, PEM) that signs it',
    },
  },
  examples: [{ line: 'db head --sign /keys/head.pem -o json > /elsewhere/head.json' }],
  output: { kind: 'object', schema: 'oss.head/1' },
  change: false,
});
