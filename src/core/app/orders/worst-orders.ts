import type { OrderFilter, OrderView } from '../../ports/order-view.ts';
import { type LateReading, lateOf } from '../../rules/late.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { OrderSummary } from '../../views/order-summary.ts';
import type { AppDeps } from '../deps.ts';
import { everyView } from '../every-view.ts';
import type { ListedOrders } from './listed-orders.ts';
import { shownOrders } from './shown-orders.ts';

export type WorstOrders = {
  /** At most so many; endless for all. */
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly late: LateReading;
  readonly showPii: boolean;
};

/** Orders whose documents are read at once. */
const PAGE = 500;

/** Where an order stands among the worst: a text that sorts so, and is the cursor too. */
const placeOf = (level: string, dueAt: string, orderId: string): string => `${level} ${dueAt} ${orderId}`;

/** A late order before one in time, a very late one before both. */
const RANK = { critical: '0', hazard: '1', inTime: '2' } as const;

const PLACE = /^[012] \S+ ORD-[0-9]{6,}$/;

/**
 * The same orders as a list, the worst first: no index knows how late an order is, so all that are found are looked at once,
 * and only their places are kept.
 */
export const worstOrders = async (
  deps: AppDeps,
  filter: OrderFilter,
  { limit, cursor, late: reading, showPii }: WorstOrders,
): Promise<ListedOrders> => {
  if (cursor !== undefined && !PLACE.test(cursor)) {
    throw new Refusal('BAD_VALUE', { flag: 'cursor', value: cursor, expected: { code: 'CURSOR' } });
  }
  const { store } = deps;
  const places = await store.read(async (tx) => {
    const found: string[] = [];
    for await (const view of everyView(tx, { ...filter, sort: 'id' })) {
      const late = lateOf(view, reading);
      found.push(placeOf(RANK[late?.level ?? 'inTime'], late?.dueAt ?? view.stageSince, view.orderId));
    }
    return found.sort().filter((place) => cursor === undefined || place > cursor);
  });
  const shown = places.slice(0, limit);
  async function* items(): AsyncGenerator<OrderSummary> {
    for (let from = 0; from < shown.length; from += PAGE) {
      const ids = shown.slice(from, from + PAGE).map((place) => place.slice(place.lastIndexOf(' ') + 1));
      const page = await store.read(async (tx) => {
        const views: OrderView[] = [];
        for (const orderId of ids) {
          const view = await tx.views.get(orderId);
          if (view !== null) views.push(view);
        }
        return { views, contacts: await tx.vault.contacts(ids) };
      });
      yield* await shownOrders(deps, page, { showPii, late: reading });
    }
  }
  return { items: items(), nextCursor: () => (places.length > shown.length ? (shown.at(-1) ?? null) : null) };
};
