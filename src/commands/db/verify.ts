import { defineCommand } from '../framework/parse/descriptor.ts';

export const dbVerify = defineCommand({
  path: 'db verify',
  summary: 'check that the log, the audit and all that hangs on them are whole',
  details:
    'Every event and every row of the audit is read and checked against the one before it; tables, indexes and triggers ' +
    'against what this version makes; the read model, the work that is due and the references to the vault against the log. ' +
    'Exit 1 when something is wrong. A tail that was cut off, ' +
    'or a log that was written anew, shows only against a head that was printed before and kept elsewhere, or against an ' +
    'older copy: keep the head that this prints.',
  flags: {
    head: {
      type: 'text',
      max: 4096,
      placeholder: 'HEAD',
      summary:
        'a head that was printed before, or the file that db head was kept in: all up to there must be the same',
    },
    key: {
      type: 'text',
      max: 4096,
      placeholder: 'PUB',
      summary: 'the public key (Ed25519, PEM) that the head in the file must be signed for',
    },
    against: {
      type: 'text',
      max: 4096,
      placeholder: 'FILE',
      summary: 'an older copy: its events must be the beginning of these',
    },
  },
  examples: [{ line: 'db verify' }, { line: 'db verify --against /backups/oss-monday.db' }],
  output: { kind: 'object', schema: 'oss.verified/1' },
  change: false,
});
