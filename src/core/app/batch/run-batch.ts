import type { Batch, BatchRow } from '../../ports/batches.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { AppDeps } from '../deps.ts';
import { batchLease } from './batch-lease.ts';
import { otherRuns } from './other-runs.ts';
import type { PlannedRow, ReadyRow, WordError } from './row.ts';
import { rowGroups } from './row-groups.ts';
import { limitRows } from './row-limit.ts';
import { type Finished, rowOrder } from './row-order.ts';
import { NotBegun, rowWriter } from './row-writer.ts';
import { runEnd } from './run-end.ts';
import { rowRunner } from './run-row.ts';

export type RunBatchOptions = {
  /** Rows in work at once. */
  readonly jobs: number;
  /** So many failures end the run; null: none do. */
  readonly maxFailures: number | null;
  /** Ends the run after what is in flight. */
  readonly signal: AbortSignal;
  readonly word: WordError;
  /** Hears of every row that became final, after its commit. A slow listener slows the run. */
  readonly onRow: (row: BatchRow) => Promise<unknown> | undefined;
  /** What became of a line in an earlier run; null: not final. The run calls it with ascending lines. Absent: no earlier run. */
  readonly before?: ((line: number) => Promise<BatchRow | null>) | undefined;
  /** The run calls it before a row whose order must have its peers' answers first; false: the next run does the row. Absent: rows do not wait. */
  readonly ready?: ((row: ReadyRow) => Promise<boolean>) | undefined;
};

/** finished: every row was looked at. limit: too many failures. interrupted: its signal stopped it. */
export type BatchRun = { readonly ending: 'finished' | 'limit' | 'interrupted' };

/** Rows that wait for nothing share one write: so many, as long as none of them is refused. */
const MOST_TOGETHER = 64;

/** A row that has begun, or waits to. */
type InFlight<R extends PlannedRow = PlannedRow> = {
  readonly row: R;
  readonly settle: (how: Finished) => void;
};

/**
 * Runs the rows of a batch. Each row's events and its journal entry are one commit, so that a run that was killed is
 * gone on with, nothing lost and nothing done twice. Rows of one order run in file order, others side by side.
 * Throws what makes going on pointless: the database busy or full, a commit in doubt (Refusal), the batch taken by another
 * process (BATCH_HELD); what is final by then stays so, and the journal says what of a commit in doubt is.
 */
export const runBatch = async (
  deps: AppDeps,
  batch: Batch,
  pieces: AsyncIterable<readonly PlannedRow[]>,
  { jobs, maxFailures, signal, word, onRow, before, ready }: RunBatchOptions,
): Promise<BatchRun> => {
  const order = rowOrder();
  const limit = limitRows(jobs);
  const end = runEnd({ maxFailures, signal });
  const runner = rowRunner(batch, { word, others: await otherRuns(deps.store, batch) });
  const writer = rowWriter(deps, { runner, proveLease: batchLease(deps, batch), end });

  /** Tells of a row that is final, or notes why it could not become so. Never throws. */
  const finish = async ({ settle }: InFlight, run: () => BatchRow | Promise<BatchRow>): Promise<void> => {
    let how: Finished = 'failed';
    try {
      const final = await run();
      if (final.state !== 'failed') how = 'done';
      await onRow(final);
    } catch (error) {
      if (!(error instanceof NotBegun)) end.giveUp(error);
    } finally {
      settle(how);
      limit.end();
    }
  };

  const waitsForPeers = (row: PlannedRow): row is ReadyRow =>
    ready !== undefined && row.kind === 'ready' && row.action.kind === 'change' && row.action.needsPeers;

  const runAlone = (one: InFlight, mayBegin: Promise<boolean> | null): Promise<void> =>
    finish(one, async () => {
      const { row } = one;
      const isAllowed = mayBegin === null || (await mayBegin);
      if (end.isOver()) throw new NotBegun();
      if (isAllowed && waitsForPeers(row) && !(await ready?.(row))) throw new NotBegun();
      if (end.isOver()) throw new NotBegun();
      if (row.kind === 'invalid') return writer.fail(row, row.error);
      if (isAllowed) return writer.alone(row);
      return writer.fail(row, new Refusal('AFTER_FAILED', { after: row.after ?? '' }));
    });

  const runTogether = async (some: readonly InFlight<ReadyRow>[]): Promise<void> => {
    let finals: Awaited<ReturnType<typeof writer.together>>;
    try {
      finals = await writer.together(some.map(({ row }) => row));
    } catch (error) {
      const rethrow = (): never => {
        throw error;
      };
      await Promise.all(some.map((one) => finish(one, rethrow)));
      return;
    }
    groups.learn(finals === null ? 'undone' : 'kept');
    // Each on its own, then.
    if (finals === null) return void (await Promise.all(some.map((one) => runAlone(one, null))));
    for (const [i, one] of some.entries()) {
      const final = finals[i];
      if (final !== undefined) await finish(one, () => final);
    }
  };

  const groups = rowGroups<InFlight<ReadyRow>>(Math.min(MOST_TOGETHER, jobs), (some) => {
    const [only] = some;
    void (some.length === 1 && only !== undefined ? runAlone(only, null) : runTogether(some));
  });

  const begin = (row: PlannedRow): void => {
    if (row.kind === 'invalid') {
      const settle = (): void => {
        if (row.key !== null) order.failedBefore(row.key);
      };
      void runAlone({ row, settle }, null);
      return;
    }
    const { mayBegin, settle } = order.enter(row);
    if (mayBegin !== null || waitsForPeers(row)) void runAlone({ row, settle }, mayBegin);
    else groups.add({ row, settle });
  };

  const isFinal = async ({ line }: PlannedRow): Promise<boolean> => {
    const known = before === undefined ? null : await before(line);
    if (known?.state === 'failed' && known.key !== null) order.failedBefore(known.key);
    return known !== null;
  };

  const beginAll = async (): Promise<void> => {
    for await (const rows of pieces) {
      for (const row of rows) {
        if (before !== undefined && (await isFinal(row))) continue;
        if (end.isOver()) return;
        const full = limit.begin();
        if (full !== null) {
          // Rows that are collected are in work themselves.
          groups.flush();
          await full;
        }
        if (end.isOver()) return limit.end();
        begin(row);
      }
    }
  };

  // Whatever happens to the file, what is in flight is finished first.
  await beginAll().catch(end.giveUp);
  groups.flush();
  await limit.idle();
  return { ending: end.ending() };
};
