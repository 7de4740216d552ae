import { defineCommand } from '../framework/parse/descriptor.ts';

export const auditVerify = defineCommand({
  path: 'audit verify',
  summary: 'check the chains of the audit alone',
  details:
    "Every row against the one before it, each machine's chain by itself, and with --key the signatures of what a pruning left. Exit 1 when something is wrong. oss db verify checks all the rest too.",
  flags: {
    key: {
      type: 'text',
      max: 4096,
      placeholder: 'PUB',
      summary: 'the public key (Ed25519, PEM) that the anchors must be signed for',
    },
  },
  examples: [{ line: 'audit verify --key /keys/audit.pub' }],
  output: { kind: 'object', schema: 'oss.audit-verified/1' },
  change: false,
});
