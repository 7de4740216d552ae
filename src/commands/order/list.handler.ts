import { expectedLateToday } from '../../core/app/overview/expected-late.ts';
import { listOrders } from '../../core/app/overview/overview.ts';
import type { OrderFilter, OrderSort } from '../../core/ports/order-view.ts';
import type { Store } from '../../core/ports/store.ts';
import { lateBefore } from '../../core/rules/late.ts';
import { iso } from '../../core/time/iso.ts';
import { addDays, fromLocal } from '../../core/time/zone.ts';
import type { OrderSummary } from '../../core/views/order-summary.ts';
import type { InputOf } from '../framework/parse/descriptor.ts';
import { list } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { orderColumns } from './columns.ts';
import type { orderList } from './list.ts';

type Flags = InputOf<typeof orderList>['flags'];

/** Rows of one page for people, and of one read for everything. */
const SHOWN = 50;
const PAGE = 500;

export const run: Handler<typeof orderList> = async (ctx, { flags }) => {
  const { globals } = ctx;
  // A clear reading leaves a row in the audit log, which is a write.
  const store = await ctx.services.store(globals.showPii ? 'write' : 'read');
  if (globals.showPii) await auditList(ctx, store);
  const wanted = flags.limit ?? (flags.all || ctx.streaming ? Number.POSITIVE_INFINITY : SHOWN);
  let nextCursor: string | null = null;
  const items = pages(ctx, store, {
    filter: filterOf(ctx, flags),
    sort: flags.sort,
    wanted,
    cursor: flags.cursor,
    onCursor: (cursor) => {
      nextCursor = cursor;
    },
  });
  return list<OrderSummary>({
    schema: 'oss.orders/1',
    items,
    id: ({ orderId }) => orderId,
    columns: orderColumns(ctx.t),
    empty: ctx.t.orders.empty,
    nextCursor: () => nextCursor,
    notes: flags.late ? await expectedNotes(ctx, store) : [],
  });
};

/** An order in time may have a visit that will begin late: its technician's day runs behind. */
const expectedNotes = async (ctx: CommandContext, store: Store): Promise<readonly string[]> => {
  const { t, services, view } = ctx;
  const now = ctx.now();
  const expected = await store.read((tx) => expectedLateToday(tx, { now, policy: services.policy }));
  return expected.map(({ orderId, technicianId, start, expectedStart }) =>
    t.orders.expectedLate(orderId, technicianId, {
      planned: view.clock(start).slice(11),
      expected: view.clock(expectedStart).slice(11),
    }),
  );
};

const filterOf = ({ services, now }: CommandContext, flags: Flags): OrderFilter => {
  const { policy, settings } = services;
  const { stage, area, technician, text, visitDate, since, until } = flags;
  return {
    ...(stage === undefined ? {} : { stages: stage }),
    ...(flags.open ? { open: true } : {}),
    ...(flags.late ? { lateBefore: lateBefore(now(), policy, 'hazard') } : {}),
    ...(flags.inDoubt ? { inDoubt: true, open: true } : {}),
    ...(area === undefined ? {} : { area }),
    ...(technician === undefined ? {} : { technicianId: technician }),
    ...(text === undefined ? {} : { text }),
    ...(visitDate === undefined
      ? {}
      : {
          visitFrom: iso(fromLocal(visitDate, 0, settings.tz).at),
          visitTo: iso(fromLocal(addDays(visitDate, 1), 0, settings.tz).at),
        }),
    ...(since === undefined ? {} : { since: iso(since) }),
    ...(until === undefined ? {} : { until: iso(until) }),
  };
};

type Listing = {
  readonly filter: OrderFilter;
  readonly sort: OrderSort;
  readonly wanted: number;
  readonly cursor: string | undefined;
  /** Told at the end: where a cut list goes on. */
  readonly onCursor: (cursor: string | null) => void;
};

/** A page at a time, so that a list of a million orders needs the memory of one page. */
async function* pages(ctx: CommandContext, store: Store, listing: Listing): AsyncGenerator<OrderSummary> {
  const reading = { policy: ctx.services.policy, now: ctx.now(), clear: ctx.globals.showPii };
  let { wanted, cursor } = listing;
  while (wanted > 0) {
    const query = {
      ...listing.filter,
      sort: listing.sort,
      limit: Math.min(PAGE, wanted),
      ...(cursor === undefined ? {} : { cursor }),
    };
    const page = await store.read((tx) => listOrders(tx, query, reading));
    yield* page.items;
    wanted -= page.items.length;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
  listing.onCursor(cursor ?? null);
}

const auditList = ({ services }: CommandContext, store: Store): Promise<void> =>
  store.write((tx) =>
    tx.audit.add({
      at: iso(services.clock.now()),
      actor: services.actor,
      action: 'pii.read',
      subject: 'order list',
      detail: {},
    }),
  );
