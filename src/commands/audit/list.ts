import { defineCommand } from '../framework/parse/descriptor.ts';
import { AUDIT_FIELDS, AUDIT_FLAGS } from './rows.ts';

export const auditList = defineCommand({
  path: 'audit list',
  summary: 'who looked at whose data and who changed what, the latest first',
  details:
    'Readings of personal data in clear, refused roles, erasures, imports, backups, and what was done to the database. Reading it is written down too. For supervisors.',
  flags: { ...AUDIT_FLAGS, limit: { type: 'integer', min: 1, default: 50, summary: 'at most so many' } },
  examples: [
    { line: 'audit list --about CUS-000042', says: 'who looked at this customer' },
    { line: 'audit list --by cs:kim --action pii.read --since 2026-11-01' },
  ],
  output: { kind: 'list', schema: 'oss.audit/1', fields: AUDIT_FIELDS },
  change: false,
});
