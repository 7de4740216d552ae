import { journalRows } from '../../core/app/batch/journal.ts';
import { readSummary } from '../../core/app/batch/read-batches.ts';
import { type Hint, list } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { reading } from './prepare.ts';
import { rowColumns } from './row-columns.ts';
import { type RowItem, rowItem } from './row-item.ts';
import { batchResult } from './run-rows.ts';
import type { batchShow } from './show.ts';

export const run: Handler<typeof batchShow> = async (ctx, { args, flags }) => {
  const from = await reading(ctx);
  const { store } = from;
  const { summary } = await readSummary(from, args.batch, { failures: 0 });
  const { batchId, failed, pending, state } = summary;
  if (ctx.streaming) {
    const states = flags.failed ? (['failed'] as const) : undefined;
    return list<RowItem>({
      schema: 'oss.batch-rows/1',
      items: itemsOf(journalRows(store, batchId, states)),
      id: ({ orderId, line }) => orderId ?? `line-${line}`,
      columns: rowColumns(ctx.t),
    });
  }
  const hints: readonly Hint[] = [
    ...(pending > 0 && state !== 'running' ? [{ command: `batch resume ${batchId}` }] : []),
    ...(failed > 0 ? [{ command: `batch retry ${batchId}` }] : []),
  ];
  return { ...(await batchResult(ctx, from, summary, { exit: 0 })), hints };
};

async function* itemsOf(rows: ReturnType<typeof journalRows>): AsyncGenerator<RowItem, void> {
  for await (const row of rows) yield rowItem(row);
}
