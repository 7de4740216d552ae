import type { Batch, BatchRow } from '../../ports/batches.ts';
import type { AppDeps } from '../deps.ts';
import { rehearsed } from '../within.ts';
import { type BatchSummary, readSummary } from './read-batches.ts';
import type { PlannedRow } from './row.ts';
import { type RunBatchOptions, runBatch } from './run-batch.ts';

/** Rows that are rehearsed: while they are, no other process can write. */
export const MOST_REHEARSED = 5_000;

export type RehearsedBatch = {
  /** As the batch would stand; the rows that were not rehearsed are pending. */
  readonly summary: BatchSummary;
  /** The first failures. */
  readonly failed: readonly BatchRow[];
};

type Rehearsal = Pick<RunBatchOptions, 'word' | 'signal' | 'before'> & {
  /** Creates the batch, or takes it, as the real run does. */
  readonly begin: (inside: AppDeps) => Promise<Batch>;
  /** How many failures end the run; null: none do. */
  readonly limit: (rows: number) => number | null;
  /** true: the real run waits for the peers before rows that need them; those cannot be foretold and stay pending. */
  readonly waits: boolean;
  readonly failures: number;
};

/** Runs the first rows as the real run does, one after the other in one write that is rolled back. */
export const rehearseBatch = async (
  deps: AppDeps,
  pieces: AsyncIterable<readonly PlannedRow[]>,
  { begin, limit, waits, failures, ...options }: Rehearsal,
): Promise<RehearsedBatch> => {
  // Read before the write: another attempt at it runs the same rows again.
  const rows = await toRehearse(pieces, waits);
  return rehearsed(deps, async (inside) => {
    const batch = await begin(inside);
    await runBatch(inside, batch, inOnePiece(rows), {
      ...options,
      jobs: 1,
      maxFailures: limit(batch.rows),
      onRow: () => undefined,
    });
    return readSummary(inside, batch.batchId, { failures });
  });
};

const toRehearse = async (
  pieces: AsyncIterable<readonly PlannedRow[]>,
  waits: boolean,
): Promise<readonly PlannedRow[]> => {
  const all: PlannedRow[] = [];
  let left = MOST_REHEARSED;
  for await (const rows of pieces) {
    const some = rows.slice(0, left);
    left -= some.length;
    all.push(...(waits ? some.filter((row) => !needsPeers(row)) : some));
    if (left === 0) break;
  }
  return all;
};

async function* inOnePiece(rows: readonly PlannedRow[]): AsyncGenerator<readonly PlannedRow[], void> {
  yield rows;
}

const needsPeers = (row: PlannedRow): boolean =>
  row.kind === 'ready' && row.action.kind === 'change' && row.action.needsPeers;
