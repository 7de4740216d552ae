import { type FalloutCause, falloutCauses, listFallout } from '../../core/app/fallout/read-fallout.ts';
import type { FalloutItem } from '../../core/views/fallout.ts';
import { tone } from '../../faces/cli/terminal/blocks.ts';
import { type ListResult, list } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { lateMark } from '../order/columns.ts';
import { causeText, stageTone } from '../order/words.ts';
import type { falloutList } from './list.ts';
import { readingDeps } from './reading.ts';

export const run: Handler<typeof falloutList> = async (ctx, { flags }) => {
  const { by, ...filter } = flags;
  const items = await listFallout(await readingDeps(ctx), filter);
  return by === 'cause' ? causesList(ctx, falloutCauses(items)) : holdsList(ctx, items);
};

const holdsList = ({ t }: CommandContext, items: readonly FalloutItem[]): ListResult => {
  const { columns, empty } = t.fallout;
  const [oldest] = items;
  return list<FalloutItem>({
    schema: 'oss.fallout/1',
    items,
    id: ({ orderId }) => orderId,
    columns: [
      { title: columns.order, drop: 0, cell: ({ orderId }) => orderId },
      { title: columns.step, drop: 0, cell: ({ step }) => step },
      { title: columns.service, drop: 2, cell: ({ service }) => service ?? '' },
      { title: columns.cause, drop: 0, max: 40, cell: ({ cause }) => tone('warn', causeText(cause, t)) },
      { title: columns.since, drop: 0, cell: ({ since }, view) => view.time(since) },
      { title: t.orders.columns.late, drop: 1, cell: lateMark },
      { title: columns.stage, drop: 3, cell: ({ stage }) => tone(stageTone(stage), t.stages.stage[stage]) },
      { title: columns.area, drop: 4, cell: ({ area }) => area ?? '' },
      { title: columns.priority, drop: 5, cell: ({ priority }) => (priority === 'normal' ? '' : priority) },
    ],
    empty,
    hints: oldest === undefined ? [] : [{ command: `fallout show ${oldest.orderId}` }],
  });
};

const causesList = ({ t }: CommandContext, causes: readonly FalloutCause[]): ListResult => {
  const { columns, empty } = t.fallout;
  const [most] = causes;
  return list<FalloutCause>({
    schema: 'oss.fallout-causes/1',
    items: causes,
    id: ({ cause }) => cause,
    columns: [
      { title: columns.cause, drop: 0, max: 48, cell: ({ cause }) => tone('warn', causeText(cause, t)) },
      { title: columns.step, drop: 0, cell: ({ step }) => step },
      { title: columns.orders, drop: 0, align: 'right', cell: ({ orders }) => String(orders) },
      { title: columns.oldest, drop: 0, cell: ({ oldest }, view) => view.time(oldest) },
      { title: columns.examples, drop: 3, cell: ({ examples }) => examples.join(', ') },
    ],
    empty,
    hints: most === undefined ? [] : [{ command: `fallout retry --cause ${most.cause} --step ${most.step}` }],
  });
};
