import type { OrderView } from '../../src/core/ports/order-view.ts';
import type { Store } from '../../src/core/ports/store.ts';
import type { WorkRow } from '../../src/core/ports/work.ts';
import type { Envelope } from '../../src/core/process/events.ts';
import type { RunRecord } from './invariants.ts';

type Others = Pick<RunRecord, 'acknowledged' | 'policy' | 'now' | 'ne' | 'tm'>;

/** Everything that a store knows at the end of a run, beside what the client and the peers know. */
export const recordOf = (store: Store, others: Others): Promise<RunRecord> =>
  store.read(async (tx) => {
    const events = new Map<string, readonly Envelope[]>();
    const views = new Map<string, OrderView>();
    const work = new Map<string, WorkRow>();
    for (const orderId of await tx.events.orderIds('', 100_000)) {
      events.set(orderId, await tx.events.load(orderId));
      const view = await tx.views.get(orderId);
      const row = await tx.work.get(orderId);
      if (view !== null) views.set(orderId, view);
      if (row !== null) work.set(orderId, row);
    }
    const { leased } = await tx.work.counts(others.now);
    const occupied = await tx.calendar.between('2000-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z');
    return { ...others, events, views, work, occupied, leased };
  });
