import { type Found, findAnything } from '../core/app/orders/find-anything.ts';
import { actorDeps } from './changing.ts';
import type { find } from './find.ts';
import { list } from './framework/print/result.ts';
import type { Handler } from './framework/run/context.ts';
import { EXIT } from './framework/run/exit-codes.ts';
import { orderColumns } from './order/columns.ts';

const SHOWN = 20;

export const run: Handler<typeof find> = async (ctx, { args, flags }) => {
  const { t } = ctx;
  const limit = flags.limit ?? SHOWN;
  // The search leaves a row in the audit log, which is a write.
  const { items, isCut } = await findAnything(await actorDeps(ctx, 'write'), args.text.join(' '), { limit });
  const [first, ...others] = items;
  const [order, ...columns] = orderColumns(t);
  const by = {
    title: t.find.columns.by,
    drop: 6,
    cell: (one: Found) => one.by.map((what) => t.find.by[what]).join(', '),
  };
  return list<Found>({
    schema: 'oss.found/1',
    items,
    id: ({ orderId }) => orderId,
    columns: order === undefined ? [by] : [order, by, ...columns],
    empty: t.find.nothing,
    exit: first === undefined ? EXIT.notFound : EXIT.done,
    nextCursor: () => null,
    notes: isCut ? [t.find.more(items.length)] : [],
    hints:
      first === undefined
        ? [{ command: 'order list', why: t.find.lookThrough }]
        : others.length === 0
          ? [{ command: `order show ${first.orderId}` }]
          : [{ command: `status ${first.orderId}` }],
  });
};
