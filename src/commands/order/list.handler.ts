import type { AppDeps } from '../../core/app/deps.ts';
import { findOrders } from '../../core/app/orders/find-orders.ts';
import { expectedLateToday } from '../../core/app/overview/expected-late.ts';
import type { OrderSummary } from '../../core/views/order-summary.ts';
import { actorDeps } from '../changing.ts';
import { list } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { orderColumns } from './columns.ts';
import type { orderList } from './list.ts';

/** Rows that people are shown when they do not say how many. */
const SHOWN = 50;

export const run: Handler<typeof orderList> = async (ctx, { flags }) => {
  const { showPii } = ctx.globals;
  // A clear reading leaves a row in the audit log, which is a write.
  const deps = await actorDeps(ctx, showPii ? 'write' : 'read');
  const { stage: stages, technician: technicianId, sort, cursor, ...wish } = flags;
  const limit = flags.limit ?? (flags.all || ctx.streaming ? Number.POSITIVE_INFINITY : SHOWN);
  const found = await findOrders(deps, { ...wish, stages, technicianId }, { sort, limit, cursor, showPii });
  return list<OrderSummary>({
    schema: 'oss.orders/1',
    items: found.items,
    id: ({ orderId }) => orderId,
    columns: orderColumns(ctx.t),
    empty: ctx.t.orders.empty,
    nextCursor: found.nextCursor,
    notes: flags.late ? await expectedNotes(ctx, deps) : [],
  });
};

/** An order in time may have a visit that will begin late: its technician's day runs behind. */
const expectedNotes = async ({ t, view }: CommandContext, deps: AppDeps): Promise<readonly string[]> => {
  const expected = await expectedLateToday(deps);
  return expected.map(({ orderId, technicianId, start, expectedStart }) =>
    t.orders.expectedLate(orderId, technicianId, {
      planned: view.clock(start).slice(11),
      expected: view.clock(expectedStart).slice(11),
    }),
  );
};
