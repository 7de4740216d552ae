import { defineCommand } from '../framework/parse/descriptor.ts';

export const auditPrune = defineCommand({
  path: 'audit prune',
  summary: 'take away what the audit need not keep any more, and leave signed anchors',
  details:
    'What is older than audit.keepDays goes (two years by default, a year at least), changes of rights after three. An anchor stands for each stretch that went, so that the chain can be checked over it, and it is signed. That it was done is written down. ' +
    'A key: openssl genpkey -algorithm ed25519 -out audit.pem, and its public half: openssl pkey -in audit.pem -pubout -out audit.pub. For supervisors.',
  flags: {
    sign: {
      type: 'text',
      max: 4096,
      required: true,
      placeholder: 'KEYFILE',
      summary: 'the private key (Ed25519, PEM) that signs the anchors',
    },
  },
  examples: [{ line: 'audit prune --sign /keys/audit.pem' }],
  output: { kind: 'object', schema: 'oss.audit-pruned/1' },
  change: false,
});
