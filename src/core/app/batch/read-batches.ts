import type { Batch, BatchCounts, BatchRow } from '../../ports/batches.ts';
import type { AppDeps } from '../deps.ts';
import { readBatch } from './batch-lease.ts';

/** An item of `oss.batch/1`. Rows that are not final yet are not in the journal: they are the rest. */
export type BatchSummary = Pick<
  Batch,
  'batchId' | 'file' | 'op' | 'rows' | 'state' | 'startedAt' | 'finishedAt' | 'actor'
> &
  BatchCounts;

/** Where batches are read, and what tells whether the process that runs one still does. */
export type BatchReading = Pick<AppDeps, 'store' | 'clock' | 'processes'>;

/** A process that was killed could not say so: its batch is interrupted all the same. */
const stateNow = (
  { state, owner, leaseUntil }: Batch,
  { clock, processes }: BatchReading,
): Batch['state'] => {
  const isAlive = owner !== null && leaseUntil > clock.now() && processes.alive(owner);
  return state === 'running' && !isAlive ? 'interrupted' : state;
};

const summaryOf = (batch: Batch, counts: BatchCounts, reading: BatchReading): BatchSummary => {
  const { batchId, file, op, rows, startedAt, finishedAt, actor } = batch;
  const state = stateNow(batch, reading);
  const { done, already, skipped, failed } = counts;
  const pending = Math.max(0, rows - done - already - skipped - failed);
  return {
    batchId,
    file,
    op,
    rows,
    done,
    already,
    skipped,
    failed,
    pending,
    state,
    startedAt,
    finishedAt,
    actor,
  };
};

/** One batch as it was begun. Throws BATCH_NOT_FOUND. */
export const findBatch = ({ store }: Pick<AppDeps, 'store'>, batchId: string): Promise<Batch> =>
  store.read((tx) => readBatch(tx, batchId));

/** One batch, its figures, and its first failures. Throws BATCH_NOT_FOUND. */
export const readSummary = (
  reading: BatchReading,
  batchId: string,
  { failures }: { readonly failures: number },
): Promise<{ readonly summary: BatchSummary; readonly failed: readonly BatchRow[] }> =>
  reading.store.read(async (tx) => {
    const batch = await readBatch(tx, batchId);
    const query = { states: ['failed' as const], afterLine: 0, limit: failures };
    return {
      summary: summaryOf(batch, await tx.batches.counts(batch.batchId), reading),
      failed: failures === 0 ? [] : await tx.batches.rows(batch.batchId, query),
    };
  });

/** Batches, the latest first. */
export const listBatches = (reading: BatchReading, limit: number): Promise<readonly BatchSummary[]> =>
  reading.store.read(async ({ batches }) => {
    const found = await batches.list(limit);
    return Promise.all(
      found.map(async (batch) => summaryOf(batch, await batches.counts(batch.batchId), reading)),
    );
  });

/** More batches than people leave unfinished. */
const MOST_UNFINISHED = 1_000;

/** The latest batch that is not done and reads from one of these files; null: none does. */
export const resumableFrom = (
  { store }: { readonly store: Pick<AppDeps['store'], 'read'> },
  files: readonly string[],
): Promise<Batch | null> =>
  store.read(async ({ batches }) => {
    const latest = await batches.list(MOST_UNFINISHED);
    return latest.find(({ file, state }) => state !== 'done' && files.includes(file)) ?? null;
  });
