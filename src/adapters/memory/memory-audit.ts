import { createHash } from 'node:crypto';
import type { Audit, AuditRow } from '../../core/ports/audit.ts';
import { canonicalJson } from '../../core/values/canonical-json.ts';
import { type UndoLog, undoableList } from './undo-log.ts';

/** One chain, of a machine that is none. */
export const memoryAudit = (log: UndoLog): Audit => {
  const rows = undoableList<AuditRow>(log);
  return {
    add: async ({ via, ...entry }) => {
      const before = rows.all().at(-1);
      const seq = (before?.seq ?? 0) + 1;
      const row = {
        ...entry,
        id: seq,
        orderIds: entry.orderIds ?? [],
        customerIds: entry.customerIds ?? [],
        purpose: entry.purpose ?? null,
        face: via?.face ?? 'console',
        client: via?.client ?? null,
        osUser: 'memory',
        host: 'memory',
        seq,
      };
      const hash = createHash('sha256')
        .update(`${before?.hash ?? ''}${canonicalJson(row)}`)
        .digest('hex');
      rows.push({ ...row, hash });
    },
    list: async (limit) => rows.all().toReversed().slice(0, limit),
  };
};
