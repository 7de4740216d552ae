import type { Batch, BatchRow } from '../../ports/batches.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { AppDeps } from '../deps.ts';
import { freePlaces } from './free-places.ts';
import { batchHold } from './hold-batch.ts';
import { otherRuns } from './other-runs.ts';
import type { PlannedRow, ReadyRow, RowError, WordError } from './row.ts';
import { type Finished, rowOrder } from './row-order.ts';
import { isAboutRow, rowRunner, rowWrite } from './run-row.ts';

export type RunBatchOptions = {
  /** Rows in work at once. */
  readonly jobs: number;
  /** So many failures end the run; null: none do. */
  readonly maxFailures: number | null;
  /** Ends the run after what is in flight. */
  readonly signal: AbortSignal;
  readonly word: WordError;
  /** Told of every row that became final, after its commit. A slow listener slows the run. */
  readonly onRow: (row: BatchRow) => Promise<unknown> | undefined;
  /** What became of a line in an earlier run; null: not final. Asked with ascending lines. Absent: there was none. */
  readonly before?: ((line: number) => Promise<BatchRow | null>) | undefined;
  /** Asked before a row that needs what its order asks of the peers; false: leave it for the next run. Absent: do not wait. */
  readonly ready?: ((row: ReadyRow) => Promise<boolean>) | undefined;
};

/** finished: every row was looked at. limit: too many failures. interrupted: told to stop. */
export type BatchRun = { readonly ending: 'finished' | 'limit' | 'interrupted' };

/** Rows that wait for nothing share one write: so many, as long as none of them is refused. */
const MOST_TOGETHER = 64;

/** The run was ended before this row began: it is left for the next run. */
class NotBegun extends Error {
  override readonly name = 'NotBegun';
}

type InFlight = { readonly row: PlannedRow; readonly settle: (how: Finished) => void };

/**
 * Runs the rows of a batch. Each row's events and its journal entry are one commit, so that a run that was killed is
 * gone on with, nothing lost and nothing done twice. Rows of one order run in file order, others side by side.
 * Throws what makes going on pointless: the database busy or full (Refusal), the batch taken by another process
 * (BATCH_HELD); what is final by then stays so.
 */
export const runBatch = async (
  deps: AppDeps,
  batch: Batch,
  pieces: AsyncIterable<readonly PlannedRow[]>,
  { jobs, maxFailures, signal, word, onRow, before, ready }: RunBatchOptions,
): Promise<BatchRun> => {
  const { store } = deps;
  const order = rowOrder();
  const places = freePlaces(jobs);
  const runner = rowRunner(batch, { word, others: await otherRuns(store, batch) });
  const hold = batchHold(deps, batch);
  /** What makes going on pointless; the first counts. */
  const fatal: unknown[] = [];
  /** Rows that are refused, known before their entry is written: no row begins after the last one that is allowed. */
  const failures = new Set<number>();
  const isLimit = (): boolean => maxFailures !== null && failures.size >= maxFailures;
  const isOver = (): boolean => fatal.length > 0 || signal.aborted || isLimit();

  const waitsForPeers = (row: PlannedRow): row is ReadyRow =>
    ready !== undefined && row.kind === 'ready' && row.action.kind === 'change' && row.action.needsPeers;

  const fail = (row: PlannedRow, error: Refusal | RowError): Promise<BatchRow> => {
    failures.add(row.line);
    return store.write(async (tx) => {
      await hold(tx);
      return runner.fail(rowWrite(deps, tx), row, error);
    });
  };

  const actAlone = async (row: ReadyRow): Promise<BatchRow> => {
    try {
      return await store.write(async (tx) => {
        if (isOver()) throw new NotBegun();
        await hold(tx);
        try {
          return await runner.act(rowWrite(deps, tx), row);
        } catch (error) {
          if (isAboutRow(error)) failures.add(row.line);
          throw error;
        }
      });
    } catch (error) {
      if (isAboutRow(error)) return fail(row, error);
      throw error;
    }
  };

  /** Tells of a row that is final, or notes why it could not become so. Never throws. */
  const finish = async ({ settle }: InFlight, run: () => BatchRow | Promise<BatchRow>): Promise<void> => {
    let how: Finished = 'failed';
    try {
      const final = await run();
      if (final.state !== 'failed') how = 'done';
      await onRow(final);
    } catch (error) {
      if (!(error instanceof NotBegun)) fatal.push(error);
    } finally {
      settle(how);
      places.leave();
    }
  };

  const runAlone = (one: InFlight, mayBegin: Promise<boolean> | null): Promise<void> =>
    finish(one, async () => {
      const { row } = one;
      const isAllowed = mayBegin === null || (await mayBegin);
      if (isOver()) throw new NotBegun();
      if (isAllowed && waitsForPeers(row) && !(await ready?.(row))) throw new NotBegun();
      if (isOver()) throw new NotBegun();
      if (row.kind === 'invalid') return fail(row, row.error);
      return isAllowed ? actAlone(row) : fail(row, new Refusal('AFTER_FAILED', { after: row.after ?? '' }));
    });

  let most = Math.min(MOST_TOGETHER, jobs);
  let together: { readonly one: InFlight; readonly row: ReadyRow }[] = [];

  /** null: they were undone. */
  const actTogether = async (some: typeof together): Promise<readonly BatchRow[] | null> => {
    try {
      const finals = await store.write(async (tx) => {
        if (isOver()) throw new NotBegun();
        await hold(tx);
        const here = rowWrite(deps, tx);
        const done: BatchRow[] = [];
        for (const { row } of some) done.push(await runner.act(here, row));
        return done;
      });
      most = Math.min(most * 2, MOST_TOGETHER, jobs);
      return finals;
    } catch {
      most = Math.max(1, Math.floor(most / 4));
      return null;
    }
  };

  const runTogether = async (some: typeof together): Promise<void> => {
    const finals = await actTogether(some);
    // One of them was refused, which undid them all: each on its own, and fewer together for a while.
    if (finals === null) return void (await Promise.all(some.map(({ one }) => runAlone(one, null))));
    for (const [i, { one }] of some.entries()) {
      const final = finals[i];
      if (final !== undefined) await finish(one, () => final);
    }
  };

  const flush = (): void => {
    const some = together;
    together = [];
    const [only] = some;
    if (only === undefined) return;
    void (some.length === 1 ? runAlone(only.one, null) : runTogether(some));
  };

  const begin = (row: PlannedRow): void => {
    if (row.kind === 'invalid') {
      const settle = (): void => {
        if (row.key !== null) order.failedBefore(row.key);
      };
      void runAlone({ row, settle }, null);
      return;
    }
    const { mayBegin, settle } = order.enter(row);
    if (mayBegin !== null || waitsForPeers(row)) {
      void runAlone({ row, settle }, mayBegin);
      return;
    }
    together.push({ one: { row, settle }, row });
    if (together.length >= most) flush();
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
        if (isOver()) return;
        const full = places.enter();
        if (full !== null) {
          // What is collected holds places itself.
          flush();
          await full;
        }
        if (isOver()) return places.leave();
        begin(row);
      }
    }
  };

  // Whatever happens to the file, what is in flight is finished first.
  await beginAll().catch((error: unknown) => fatal.push(error));
  flush();
  await places.empty();
  if (fatal.length > 0) throw fatal[0];
  if (isLimit()) return { ending: 'limit' };
  return { ending: signal.aborted ? 'interrupted' : 'finished' };
};
