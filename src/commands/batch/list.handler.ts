import { basename } from 'node:path';
import { type BatchSummary, listBatches } from '../../core/app/batch/read-batches.ts';
import { tone } from '../../faces/cli/terminal/blocks.ts';
import { list } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { STATE_TONES } from './batch-card.ts';
import type { batchList } from './list.ts';
import { reading } from './prepare.ts';

const SHOWN = 20;
const MOST = 1_000_000;

export const run: Handler<typeof batchList> = async (ctx, { flags }) => {
  const { columns, states, mixed, none } = ctx.t.batch;
  // One more than is shown says whether there are more.
  const limit = flags.limit ?? (flags.all || ctx.streaming ? MOST : SHOWN);
  const found = await listBatches(await reading(ctx), limit + 1);
  const items = found.slice(0, limit);
  return list<BatchSummary>({
    schema: 'oss.batches/1',
    items,
    id: ({ batchId }) => batchId,
    empty: none,
    nextCursor: () => (found.length > items.length ? (items.at(-1)?.batchId ?? null) : null),
    columns: [
      { title: columns.batch, drop: 0, cell: ({ batchId }) => batchId },
      { title: columns.started, drop: 0, cell: ({ startedAt }, view) => view.time(startedAt) },
      { title: columns.state, drop: 0, cell: ({ state }) => tone(STATE_TONES[state], states[state]) },
      { title: columns.rows, drop: 1, align: 'right', cell: ({ rows }) => String(rows) },
      {
        title: columns.done,
        drop: 2,
        align: 'right',
        cell: ({ done, already }) => String(done + already),
      },
      { title: columns.skipped, drop: 2, align: 'right', cell: ({ skipped }) => String(skipped) },
      {
        title: columns.failed,
        drop: 1,
        align: 'right',
        cell: ({ failed }) => (failed === 0 ? '0' : tone('bad', String(failed))),
      },
      { title: columns.op, drop: 3, cell: ({ op }) => op ?? mixed },
      { title: columns.file, drop: 4, max: 30, cell: ({ file }) => basename(file) },
    ],
  });
};
