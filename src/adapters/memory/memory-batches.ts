import type { Batch, BatchRow, BatchTable } from '../../core/ports/batches.ts';
import { byText } from './by-id.ts';
import { type UndoLog, undoableMap } from './undo-log.ts';

const rowKey = (batchId: string, line: number): string => `${batchId}:${line}`;

export const memoryBatches = (log: UndoLog): BatchTable => {
  const batches = undoableMap<Batch>(log);
  const journal = undoableMap<BatchRow>(log);
  const rowsOf = (batchId: string): readonly BatchRow[] =>
    [...journal.values()].filter((row) => row.batchId === batchId).sort((a, b) => a.line - b.line);
  const latestFirst = (): readonly Batch[] =>
    [...batches.values()].sort((a, b) => byText(b.startedAt, a.startedAt) || byText(b.batchId, a.batchId));

  return {
    create: async (batch) => {
      if (batches.get(batch.batchId) !== undefined) throw new Error(`the batch ${batch.batchId} exists`);
      batches.set(batch.batchId, batch);
    },
    get: async (batchId) => batches.get(batchId) ?? null,
    update: async (batch) => batches.set(batch.batchId, batch),
    list: async (limit) => latestFirst().slice(0, limit),
    ofFile: async (fileHash) => latestFirst().filter((batch) => batch.fileHash === fileHash),
    hold: async (batchId, owner, now, leaseUntil) => {
      const batch = batches.get(batchId);
      if (batch === undefined) return false;
      if (batch.owner !== null && batch.owner !== owner && batch.leaseUntil > now) return false;
      batches.set(batchId, { ...batch, owner, leaseUntil });
      return true;
    },
    putRow: async (row) => journal.set(rowKey(row.batchId, row.line), row),
    row: async (batchId, line) => journal.get(rowKey(batchId, line)) ?? null,
    rows: async (batchId, { states, afterLine, limit }) =>
      rowsOf(batchId)
        .filter((row) => row.line > afterLine && (states === undefined || states.includes(row.state)))
        .slice(0, limit),
    counts: async (batchId) => {
      const counts = { pending: 0, done: 0, already: 0, failed: 0, skipped: 0 };
      for (const row of rowsOf(batchId)) counts[row.state] += 1;
      return counts;
    },
  };
};
