import type { OrderQuery, OrderView } from '../../../core/ports/order-view.ts';
import type { Views } from '../../../core/ports/store.ts';
import { encodeCursor } from './cursor.ts';
import { differs, incoming } from './dialect.ts';
import { byText, idKey } from './id-key.ts';
import { parseDoc } from './json-column.ts';
import { putRow } from './put-row.ts';
import { type Builder, query, type Values } from './query.ts';
import type { Session } from './session.ts';
import { countOf, pageOf, stagesOf } from './view-query.ts';
import {
  CHANGING_COLUMNS,
  CHANGING_GROUPS,
  PLACED_COLUMNS,
  SORTS,
  toViewColumns,
  type ViewColumns,
} from './view-row.ts';

const insertView = (db: Builder, p: ViewColumns) =>
  db.insertInto('order_view').values({
    order_key: p.order_key,
    order_id: p.order_id,
    doc: p.doc,
    stage: p.stage,
    stage_since: p.stage_since,
    open: p.open,
    area: p.area,
    technician_id: p.technician_id,
    customer_id: p.customer_id,
    visit_start: p.visit_start,
    next_call: p.next_call,
    priority_rank: p.priority_rank,
    placed_at: p.placed_at,
    updated_at: p.updated_at,
    search: p.search,
    in_doubt: p.in_doubt,
  });

/** What was said when the order was placed is left alone: SQLite writes each index anew whose columns are set. */
const putView = query((db, p: ViewColumns) =>
  insertView(db, p).onConflict((conflict) =>
    conflict.column('order_key').doUpdateSet(incoming(CHANGING_COLUMNS)),
  ),
);

const put = putRow<ViewColumns>({ table: 'order_view', groups: CHANGING_GROUPS, whole: putView });

const ALL_COLUMNS = [...CHANGING_COLUMNS, ...PLACED_COLUMNS];

const renewView = query((db, p: ViewColumns) =>
  insertView(db, p).onConflict((conflict) =>
    conflict
      .column('order_key')
      .doUpdateSet(incoming(ALL_COLUMNS))
      .where((eb) => eb.or(ALL_COLUMNS.map((column) => differs('order_view', column)))),
  ),
);

const getView = query((db, p: { key: string }) =>
  db.selectFrom('order_view').select(['order_id', 'doc']).where('order_key', '=', p.key),
);

const countStages = query((db, _: Values) =>
  db
    .selectFrom('order_view')
    .select(['stage', (eb) => eb.fn.countAll<number>().as('orders')])
    .groupBy('stage'),
);

const clearViews = query((db, _: Values) => db.deleteFrom('order_view'));
const clearVisits = query((db, _: Values) => db.deleteFrom('visits'));

const toView = (session: Session, row: { readonly order_id: string; readonly doc: string }): OrderView =>
  parseDoc<OrderView>(session, ['view', row.order_id], row.doc);

const list = async (session: Session, asked: OrderQuery) => {
  const { direction } = SORTS[asked.sort ?? '-id'];
  const sign = direction === 'asc' ? 1 : -1;
  const rows = [];
  for (const stage of stagesOf(asked) ?? [null])
    rows.push(...(await session.list(() => pageOf(asked, stage))));
  rows.sort((a, b) => sign * (byText(a.place, b.place) || byText(a.order_key, b.order_key)));
  const page = rows.slice(0, asked.limit);
  const last = page.at(-1);
  const more = rows.length > page.length && last !== undefined;
  return {
    items: page.map((row) => toView(session, row)),
    nextCursor: more ? encodeCursor({ value: last.place, key: last.order_key }) : null,
  };
};

/** The read model, a row an order. */
export const sqlViews = (session: Session): Views => ({
  put: async (view, previous) => {
    // The document is not compared: it holds the version, which is another one each time.
    const before = previous === undefined ? undefined : toViewColumns(previous, '');
    await put(session, toViewColumns(view), before);
  },
  renew: async (view) => (await session.run(renewView, toViewColumns(view))) > 0,
  get: async (orderId) => {
    const row = await session.one(getView, { key: idKey(orderId) });
    return row === undefined ? null : toView(session, row);
  },
  list: (asked) => list(session, asked),
  count: async (filter) => {
    let orders = 0;
    for (const stage of stagesOf(filter) ?? [null]) {
      for (const row of await session.list(() => countOf(filter, stage))) orders += row.orders;
    }
    return orders;
  },
  counts: async () =>
    Object.fromEntries((await session.all(countStages, {})).map(({ stage, orders }) => [stage, orders])),
  clear: async () => {
    await session.run(clearViews, {});
    await session.run(clearVisits, {});
  },
});
