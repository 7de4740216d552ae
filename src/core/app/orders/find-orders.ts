import type { OrderFilter, OrderSort } from '../../ports/order-view.ts';
import { lateBefore } from '../../rules/late.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { Stage } from '../../rules/stage.ts';
import { iso } from '../../time/iso.ts';
import { addDays, fromLocal } from '../../time/zone.ts';
import { type OrderSummary, orderSummary } from '../../views/order-summary.ts';
import { MASKED } from '../../views/personal.ts';
import { askToSeeClear, clearanceFor } from '../clearance.ts';
import type { AppDeps } from '../deps.ts';

/** Which orders the reader wants: those for which all of this is so. */
export type OrderWish = {
  readonly stages?: readonly Stage[] | undefined;
  readonly open?: boolean | undefined;
  /** Only those that are too long in their stage. */
  readonly late?: boolean | undefined;
  /** Only open ones with a service whose proof is unknown. */
  readonly inDoubt?: boolean | undefined;
  readonly area?: string | undefined;
  readonly technicianId?: string | undefined;
  readonly text?: string | undefined;
  /** Operator-local `YYYY-MM-DD`. */
  readonly visitDate?: string | undefined;
  /** Placed within [since, until), epoch ms. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
};

export type FindOrders = {
  readonly sort: OrderSort;
  /** At most so many; endless for all. */
  readonly limit: number;
  /** Go on behind this one of an earlier list. */
  readonly cursor?: string | undefined;
  /** Names, phones and addresses in clear. */
  readonly showPii: boolean;
};

export type FoundOrders = {
  /** Read a page at a time, so that a list of a million orders needs the memory of one page. */
  readonly items: AsyncGenerator<OrderSummary>;
  /** After the last item: where a list that was cut goes on; null: it was whole. */
  readonly nextCursor: () => string | null;
};

/** Orders of one read. */
const PAGE = 500;

/** What the audit log calls a clear reading of several orders. */
const LIST = 'order list';

/**
 * Finds orders. A clear reading leaves one row in the audit log for each page, with its orders, before the first of them
 * is shown. Throws Refusal DENIED.
 */
export const findOrders = async (
  deps: AppDeps,
  wish: OrderWish,
  { sort, limit, cursor: from, showPii }: FindOrders,
): Promise<FoundOrders> => {
  if (showPii) await askToSeeClear(deps, { subject: LIST });
  const now = deps.clock.now();
  const filter = filterOf(wish, deps, now);
  let nextCursor: string | null = null;
  async function* items(): AsyncGenerator<OrderSummary> {
    let [wanted, cursor] = [limit, from];
    while (wanted > 0) {
      const at = cursor === undefined ? {} : { cursor };
      const query = { ...filter, ...at, sort, limit: Math.min(PAGE, wanted) };
      const page = await deps.store.read(async (tx) => {
        const listed = await tx.views.list(query);
        return { ...listed, contacts: await tx.vault.contacts(listed.items.map(({ orderId }) => orderId)) };
      });
      const orders = page.items.flatMap(({ orderId }) => (page.contacts.has(orderId) ? [orderId] : []));
      const sight =
        showPii && orders.length > 0 ? await clearanceFor(deps, { subject: LIST, orders }) : MASKED;
      for (const view of page.items) {
        yield orderSummary(view, {
          policy: deps.policy,
          now,
          sight,
          contact: page.contacts.get(view.orderId),
        });
      }
      wanted -= page.items.length;
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
    nextCursor = cursor ?? null;
  }
  return { items: items(), nextCursor: () => nextCursor };
};

const filterOf = (wish: OrderWish, { policy }: AppDeps, now: number): OrderFilter => {
  const { stages, open, late, inDoubt, area, technicianId, text, visitDate, since, until } = wish;
  const startOf = (date: string): string => iso(fromLocal(date, 0, policy.tz).at);
  return {
    ...(stages === undefined ? {} : { stages }),
    ...(open ? { open: true } : {}),
    ...(late ? { lateBefore: lateBefore(now, policy, 'hazard') } : {}),
    ...(inDoubt ? { inDoubt: true, open: true } : {}),
    ...(area === undefined ? {} : { area }),
    ...(technicianId === undefined ? {} : { technicianId }),
    ...(text === undefined ? {} : { text }),
    ...(visitDate === undefined
      ? {}
      : { visitFrom: startOf(visitDate), visitTo: startOf(addDays(visitDate, 1)) }),
    ...(since === undefined ? {} : { since: iso(since) }),
    ...(until === undefined ? {} : { until: iso(until) }),
  };
};

/** These very orders, as everybody may see them. Throws Refusal ORDER_NOT_FOUND for the first that is none. */
export const summariesOf = (
  { store, policy, clock }: AppDeps,
  orderIds: readonly string[],
): Promise<readonly OrderSummary[]> =>
  store.read(async (tx) => {
    const contacts = await tx.vault.contacts(orderIds);
    const now = clock.now();
    const found: OrderSummary[] = [];
    for (const orderId of orderIds) {
      const view = await tx.views.get(orderId);
      if (view === null) throw new Refusal('ORDER_NOT_FOUND', { orderId });
      found.push(orderSummary(view, { policy, now, sight: MASKED, contact: contacts.get(orderId) }));
    }
    return found;
  });
