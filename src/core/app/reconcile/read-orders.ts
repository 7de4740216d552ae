import type { Gap } from '../../ports/comparisons.ts';
import type { Envelope } from '../../process/events.ts';
import { type OrderProcess, processOf } from '../../process/process.ts';
import { isRefusal } from '../../rules/refusal.ts';
import type { AppDeps } from '../deps.ts';

/** Orders that are read at once. */
export const ORDERS_A_READ = 256;
/** Orders that are named one by one. */
const MOST_NAMED = 100;

/** An order and its whole stream. */
export type WholeOrder = { readonly process: OrderProcess; readonly events: readonly Envelope[] };

type Store = Pick<AppDeps, 'store'>;

/** Notes once that an order cannot be read: what belongs to it is not compared. */
const noteUnread = (gaps: Gap[], why: Extract<Gap['why'], { code: 'ORDER_UNREADABLE' }>): void => {
  const isKnown = gaps.some(
    ({ part, why: known }) =>
      part === 'orders' && known.code === 'ORDER_UNREADABLE' && known.orderId === why.orderId,
  );
  if (!isKnown && gaps.length < MOST_NAMED) gaps.push({ part: 'orders', why });
};

/** Some orders by id; one that cannot be read is left out and becomes a gap, and all others are read. */
export const readWhole = (
  { store }: Store,
  orderIds: readonly string[],
  gaps: Gap[],
): Promise<ReadonlyMap<string, WholeOrder>> =>
  store.read(async (tx) => {
    const orders = new Map<string, WholeOrder>();
    for (const orderId of orderIds) {
      try {
        const events = await tx.events.load(orderId);
        orders.set(orderId, { process: processOf(orderId, events), events });
      } catch (error) {
        if (!isRefusal(error, 'ORDER_UNREADABLE')) throw error;
        noteUnread(gaps, { code: 'ORDER_UNREADABLE', ...error.detail });
      }
    }
    return orders;
  });

/** Every order of the log that can be read, a few at a time. */
export async function* allOrders(
  deps: Store,
  signal: AbortSignal | undefined,
  gaps: Gap[],
): AsyncGenerator<WholeOrder> {
  for (let after = ''; signal?.aborted !== true; ) {
    const from = after;
    const ids = await deps.store.read((tx) => tx.events.orderIds(from, ORDERS_A_READ));
    const last = ids.at(-1);
    if (last === undefined) return;
    yield* (await readWhole(deps, ids, gaps)).values();
    after = last;
  }
}
