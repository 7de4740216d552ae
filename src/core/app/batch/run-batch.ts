import type { Batch, BatchRow, BatchRowState } from '../../ports/batches.ts';
import type { Tx } from '../../ports/store.ts';
import { Refusal } from '../../refusal.ts';
import { iso } from '../../time/iso.ts';
import { type Change, isKeyUsed } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { batchHold } from './hold-batch.ts';
import type { PlannedRow, ReadyRow, RowError, WordError } from './row.ts';
import { type Finished, rowOrder } from './row-order.ts';
import { within } from './within.ts';

export type RunBatchOptions = {
  /** Rows in work at once. Rows that wait for the writer share a commit. */
  readonly jobs: number;
  /** So many failures end the run; null: none do. */
  readonly maxFailures: number | null;
  /** Ends the run after what is in flight. */
  readonly signal: AbortSignal;
  readonly word: WordError;
  /** Told of every row that became final, after its commit. A slow listener slows the run. */
  readonly onRow: (row: BatchRow) => void | Promise<void>;
  /** What became of a line in an earlier run; null: not final. Asked with ascending lines. Absent: there was none. */
  readonly before?: ((line: number) => Promise<BatchRow | null>) | undefined;
};

/** finished: every row was looked at. limit: too many failures. interrupted: told to stop. */
export type BatchRun = { readonly ending: 'finished' | 'limit' | 'interrupted' };

/**
 * Runs the rows of a batch. Each row's events and its journal entry are one commit, so that a run that was killed is
 * gone on with, nothing lost and nothing done twice. Rows of one order run in file order, others side by side.
 * Throws what makes going on pointless: the database busy or full (Refusal), the batch taken by another process
 * (BATCH_HELD); what is final by then stays so.
 */
export const runBatch = async (
  deps: AppDeps,
  batch: Batch,
  rows: AsyncIterable<PlannedRow>,
  options: RunBatchOptions,
): Promise<BatchRun> => {
  const { signal, maxFailures, before } = options;
  const order = rowOrder();
  const places = freePlaces(options.jobs);
  const run = rowRunner(deps, batch, options);
  let failures = 0;
  /** What makes going on pointless; the first counts. */
  const fatal: unknown[] = [];
  const isOver = (): boolean =>
    fatal.length > 0 || signal.aborted || (maxFailures !== null && failures >= maxFailures);

  const runOne = async (row: PlannedRow, mayBegin: Promise<boolean> | null): Promise<Finished> => {
    try {
      const isAllowed = mayBegin === null || (await mayBegin);
      // What waited for another row while the run was ended is left for the next run.
      if (mayBegin !== null && isOver()) return 'failed';
      const final = await run(row, isAllowed);
      if (final.state === 'failed') failures += 1;
      await options.onRow(final);
      return final.state === 'failed' ? 'failed' : 'done';
    } catch (error) {
      fatal.push(error);
      return 'failed';
    } finally {
      places.leave();
    }
  };

  const begin = (row: PlannedRow): void => {
    let start = (_mayBegin: Promise<boolean> | null): void => {};
    const finished = new Promise<Finished>((resolve) => {
      start = (mayBegin) => resolve(runOne(row, mayBegin));
    });
    start(row.kind === 'ready' ? order.enter(row, finished) : null);
  };

  const beginAll = async (): Promise<void> => {
    for await (const row of rows) {
      if (isOver()) return;
      const known = before === undefined ? null : await before(row.line);
      if (known?.state === 'failed' && known.key !== null) order.failedBefore(known.key);
      if (known !== null) continue;
      const full = places.enter();
      if (full !== null) await full;
      if (isOver()) return places.leave();
      begin(row);
    }
  };

  // Whatever happens to the file, what is in flight is finished first.
  await beginAll().catch((error: unknown) => fatal.push(error));
  await places.empty();
  if (fatal.length > 0) throw fatal[0];
  if (maxFailures !== null && failures >= maxFailures) return { ending: 'limit' };
  return { ending: signal.aborted ? 'interrupted' : 'finished' };
};

/** Runs one row to its end: its commit, or the entry that it failed. */
const rowRunner = (
  deps: AppDeps,
  batch: Batch,
  { word }: Pick<RunBatchOptions, 'word'>,
): ((row: PlannedRow, isAllowed: boolean) => Promise<BatchRow>) => {
  const { store, policy, actor, clock } = deps;
  const hold = batchHold(deps, batch);
  const entry = (row: PlannedRow, state: BatchRowState, orderId: string | null): BatchRow => ({
    batchId: batch.batchId,
    line: row.line,
    op: row.op,
    key: row.key,
    state,
    orderId,
    error: null,
  });
  const inWrite = (tx: Tx) => ({
    write: { tx, policy, actor, now: clock.now() },
    deps: within(deps, tx),
  });

  const act = (row: ReadyRow): Promise<BatchRow> =>
    store.write(async (tx) => {
      await hold(tx);
      const { action, key, command } = row;
      const here = inWrite(tx);
      let change: Change;
      let isRepeated = false;
      if (action.kind === 'place') {
        change = await action.place(here);
        isRepeated = change.status === 'already';
      } else {
        const orderId = await orderIdOf(tx, action.order);
        isRepeated = key !== null && (await isKeyUsed(tx, orderId, { command, key }));
        change = await action.change(here, orderId);
      }
      const state = isRepeated ? 'skipped' : change.status;
      const final = entry(row, state, change.process.orderId);
      await tx.batches.putRow(final);
      return final;
    });

  const fail = (row: PlannedRow, describe: (tx: Tx) => Promise<RowError>): Promise<BatchRow> =>
    store.write(async (tx) => {
      await hold(tx);
      const orderId = row.kind === 'ready' ? await knownOrderId(tx, row) : null;
      const final: BatchRow = { ...entry(row, 'failed', orderId), error: await describe(tx) };
      await tx.batches.putRow(final);
      return final;
    });

  const refused = (row: ReadyRow, refusal: Refusal): Promise<BatchRow> =>
    fail(row, async (tx) => {
      // The write that was refused is undone, and with it the audit row that a refused role leaves.
      if (refusal.code === 'DENIED') {
        const subject = `${batch.batchId}:${row.line}`;
        const detail = { command: row.command };
        await tx.audit.add({ at: iso(clock.now()), actor, action: 'denied', subject, detail });
      }
      return word(refusal, await differences(row, refusal, tx));
    });

  const differences = async (row: ReadyRow, refusal: Refusal, tx: Tx): Promise<readonly string[]> => {
    const isConflict = refusal.code === 'KEY_CONFLICT' && row.action.kind === 'place';
    const orderId = isConflict ? await knownOrderId(tx, row) : null;
    if (orderId === null || row.action.kind !== 'place') return [];
    return row.action.differs(inWrite(tx), orderId);
  };

  return async (row, isAllowed) => {
    if (row.kind === 'invalid') return fail(row, async () => row.error);
    if (!isAllowed) return refused(row, new Refusal('AFTER_FAILED', { after: row.after ?? '' }));
    try {
      return await act(row);
    } catch (error) {
      if (error instanceof Refusal && isAboutRow(error)) return refused(row, error);
      throw error;
    }
  };
};

/** The order's key is the scope of `order new`, in which orders are placed. */
const ofKey = async ({ requests }: Tx, orderKey: string): Promise<string | null> =>
  (await requests.get('order new', orderKey))?.orderId ?? null;

const orderIdOf = async (
  tx: Tx,
  order: { readonly orderId: string } | { readonly orderKey: string },
): Promise<string> => {
  if ('orderId' in order) return order.orderId;
  const orderId = await ofKey(tx, order.orderKey);
  if (orderId === null) throw new Refusal('ORDER_KEY_UNKNOWN', { orderKey: order.orderKey });
  return orderId;
};

const knownOrderId = async (tx: Tx, { action, key }: ReadyRow): Promise<string | null> => {
  if (action.kind === 'place') return key === null ? null : ofKey(tx, key);
  return 'orderId' in action.order ? action.order.orderId : ofKey(tx, action.order.orderKey);
};

/** The others (database busy, disk full, bound elsewhere …) would fail every row. */
const isAboutRow = ({ kind, code }: Refusal): boolean =>
  kind !== 'unavailable' && kind !== 'configuration' && code !== 'BATCH_HELD';

/** At most so many at once; whoever comes when it is full waits. One comes at a time. */
const freePlaces = (max: number) => {
  let taken = 0;
  let wake: (() => void) | null = null;
  const next = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  return {
    enter: (): Promise<void> | null => {
      taken += 1;
      return taken <= max ? null : next();
    },
    leave: (): void => {
      taken -= 1;
      const waiting = wake;
      wake = null;
      waiting?.();
    },
    empty: async (): Promise<void> => {
      while (taken > 0) await next();
    },
  };
};
