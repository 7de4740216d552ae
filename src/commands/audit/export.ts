import { defineCommand } from '../framework/parse/descriptor.ts';
import { AUDIT_FIELDS, AUDIT_FLAGS } from './rows.ts';

export const auditExport = defineCommand({
  path: 'audit export',
  summary: 'the whole record of who looked and who changed, the oldest first',
  details:
    'For an auditor or an archive: every column, with number and hash of each row, by which the chains can be checked elsewhere. It is written down. For supervisors.',
  flags: AUDIT_FLAGS,
  examples: [{ line: 'audit export --since 2026-01-01 --until 2027-01-01 -o ndjson > audit-2026.ndjson' }],
  output: { kind: 'list', schema: 'oss.audit/1', fields: AUDIT_FIELDS },
  change: false,
});
