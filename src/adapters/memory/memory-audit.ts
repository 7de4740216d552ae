import { createHash } from 'node:crypto';
import { type Audit, type AuditRow, anchorText, stretchesOf } from '../../core/ports/audit.ts';
import { canonicalJson } from '../../core/values/canonical-json.ts';
import { type UndoLog, undoableMap } from './undo-log.ts';

/** One chain, of a machine that is none. */
const HOST = 'memory';

/** The end of the chain is kept beside the rows, which may be taken away. */
const END = 'end';

export const memoryAudit = (log: UndoLog): Audit => {
  const rows = undoableMap<AuditRow>(log);
  const ends = undoableMap<AuditRow>(log);
  const all = (): readonly AuditRow[] => [...rows.values()].sort((a, b) => a.id - b.id);
  return {
    add: async ({ via, ...entry }) => {
      const before = ends.get(END);
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
        host: HOST,
        seq,
      };
      const hash = createHash('sha256')
        .update(`${before?.hash ?? ''}${canonicalJson(row)}`)
        .digest('hex');
      rows.set(String(seq), { ...row, hash });
      ends.set(END, { ...row, hash });
    },
    list: async (limit) => all().toReversed().slice(0, limit),
    page: async ({ from, limit, newestFirst, since, until }) =>
      (newestFirst ? all().toReversed() : all())
        .filter(
          ({ id, at }) =>
            (from === null || (newestFirst ? id < from : id > from)) &&
            (since === undefined || at >= since) &&
            (until === undefined || at < until),
        )
        .slice(0, limit),
    heads: async () => {
      const end = ends.get(END);
      return end === undefined ? [] : [{ host: HOST, seq: end.seq, hash: end.hash }];
    },
    prune: async (pruning) => {
      const stretches = stretchesOf(all(), pruning);
      let gone = 0;
      for (const stretch of stretches) {
        const { firstSeq, lastSeq } = stretch;
        // Nothing reads the anchors of a store that is gone with its process; who signs hears of them all the same.
        pruning.sign(anchorText({ ...stretch, host: HOST, prunedAt: pruning.prunedAt }));
        for (let seq = firstSeq; seq <= lastSeq; seq += 1) rows.remove(String(seq));
        gone += lastSeq - firstSeq + 1;
      }
      return { rows: gone, anchors: stretches.length };
    },
  };
};
