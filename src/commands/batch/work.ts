import { batchLease } from '../../core/app/batch/batch-lease.ts';
import { journalRows } from '../../core/app/batch/journal.ts';
import type { ReadyRow } from '../../core/app/batch/row.ts';
import { orderPlacedWith } from '../../core/app/batch/run-row.ts';
import { type OrderWork, type WorkLook, workOnOrders } from '../../core/app/batch/work-on-orders.ts';
import type { AppDeps } from '../../core/app/deps.ts';
import { closedLanes, lanePlaces, mostAtOnce } from '../../core/app/engine/peer-lanes.ts';
import type { Batch, BatchRow } from '../../core/ports/batches.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { type WorkProgress, workProgress } from './work-progress.ts';

/** What `--wait` adds to a run: the steps of the batch's orders, in this process. */
export type BatchWork = {
  /** Takes on the order of a row that is final. */
  readonly onRow: (row: BatchRow) => void;
  /** Before a row that needs what its order asks of the peers. */
  readonly ready: (row: ReadyRow) => Promise<boolean>;
  /** Aborts when no row is to begin any more. */
  readonly signal: AbortSignal;
  /** `finished`: every row is final, so that the orders are all there is to wait for. Throws what ended the work. */
  readonly end: (finished: boolean) => Promise<WorkLook>;
};

export type BatchWorkOptions = {
  readonly batch: Batch;
  /** It ends when nothing was done for so long, milliseconds. */
  readonly waitMs: number;
  /** Rows of earlier runs: their orders are taken on too. */
  readonly hasEarlierRows: boolean;
};

export const batchWork = async (
  ctx: CommandContext,
  deps: AppDeps,
  { batch, waitMs, hasEarlierRows }: BatchWorkOptions,
): Promise<BatchWork> => {
  const { services } = ctx;
  const stop = new AbortController();
  const progress: WorkProgress = workProgress(ctx);
  const most = mostAtOnce(services.breakers);
  const work: OrderWork = workOnOrders(await services.saga(), {
    concurrency: { least: 1, most },
    places: lanePlaces(services.breakers, most),
    closedLanes: () => closedLanes(deps, services.breakers),
    waitMs,
    signal: AbortSignal.any([ctx.signal, stop.signal]),
    proveLease: batchLease(deps, batch),
    onStep: progress.step,
    onLook: progress.look,
  });
  const onRow = ({ orderId, state }: BatchRow): void => {
    // The order of a row that failed may be another one's.
    if (orderId !== null && state !== 'failed') work.add(orderId);
  };
  if (hasEarlierRows) for await (const row of journalRows(deps.store, batch.batchId)) onRow(row);
  return {
    onRow,
    ready: async ({ action }) => {
      if (action.kind === 'place') return true;
      const { order } = action;
      const orderId = 'orderId' in order ? order.orderId : await orderPlacedWith(deps, order.orderKey);
      // The row itself says what is wrong with it.
      return orderId === null || work.whenDone(orderId);
    },
    signal: work.signal,
    end: async (finished) => {
      if (finished) progress.rowsEnd();
      else stop.abort();
      try {
        return await work.end();
      } finally {
        await progress.end();
      }
    },
  };
};
