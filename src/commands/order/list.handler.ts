import { findOrders, isPhoneSearch } from '../../core/app/orders/find-orders.ts';
import type { OrderSummary } from '../../core/views/order-summary.ts';
import { actorDeps } from '../changing.ts';
import { list } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { orderColumns } from './columns.ts';
import type { orderList } from './list.ts';

/** Rows that people are shown when they do not say how many. */
const SHOWN = 50;

export const run: Handler<typeof orderList> = async (ctx, { flags }) => {
  const { showPii } = ctx.globals;
  const { stage: stages, technician: technicianId, cursor, ...wish } = flags;
  // Both leave a row in the audit log, which is a write.
  const deps = await actorDeps(ctx, showPii || isPhoneSearch(wish) ? 'write' : 'read');
  const sort = flags.sort ?? (flags.late ? 'worst' : '-id');
  const limit = flags.limit ?? (flags.all || ctx.streaming ? Number.POSITIVE_INFINITY : SHOWN);
  const found = await findOrders(deps, { ...wish, stages, technicianId }, { sort, limit, cursor, showPii });
  return list<OrderSummary>({
    schema: 'oss.orders/1',
    items: found.items,
    id: ({ orderId }) => orderId,
    columns: orderColumns(ctx.t),
    empty: ctx.t.orders.empty,
    nextCursor: found.nextCursor,
  });
};
