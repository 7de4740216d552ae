import type { OrderFilter, OrderSort } from '../../ports/order-view.ts';
import { type LateReading, lateBefore } from '../../rules/late.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { Stage } from '../../rules/stage.ts';
import { iso } from '../../time/iso.ts';
import { addDays, fromLocal } from '../../time/zone.ts';
import { searchedPhone } from '../../values/phone.ts';
import { type OrderSummary, orderSummary } from '../../views/order-summary.ts';
import { MASKED } from '../../views/personal.ts';
import { recordApart } from '../audit.ts';
import { askToSeeClear } from '../clearance.ts';
import type { AppDeps } from '../deps.ts';
import { readLateReading } from '../overview/read-forecast.ts';
import type { ListedOrders } from './listed-orders.ts';
import { ORDER_LIST, shownOrders } from './shown-orders.ts';
import { worstOrders } from './worst-orders.ts';

/** Which orders the reader wants: those for which all of this is so. */
export type OrderWish = {
  readonly stages?: readonly Stage[] | undefined;
  readonly open?: boolean | undefined;
  /** Only those that are late: too long in their stage, or with a visit that is late or will be. */
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

/** worst: the very late before the late, what was due first before the rest, and what is in time at the end. */
export type ListSort = OrderSort | 'worst';

export type FindOrders = {
  readonly sort: ListSort;
  /** At most so many; endless for all. */
  readonly limit: number;
  /** Go on behind this one of an earlier list. */
  readonly cursor?: string | undefined;
  /** Names, phones and addresses in clear. */
  readonly showPii: boolean;
};

/** Orders of one read. */
const PAGE = 500;

/**
 * Finds orders. A search by phone number leaves one row in the audit log. A clear reading leaves one row in the audit log for each page, with its orders, before the first of them
 * is shown. Throws Refusal DENIED.
 */
export const findOrders = async (
  deps: AppDeps,
  wish: OrderWish,
  { sort, limit, cursor: from, showPii }: FindOrders,
): Promise<ListedOrders> => {
  if (showPii) await askToSeeClear(deps, { subject: ORDER_LIST });
  const { policy } = deps;
  const now = deps.clock.now();
  const late = await deps.store.read((tx) => readLateReading(tx, { now, policy }));
  const filter = filterOf(wish, deps, late);
  if (isPhoneSearch(wish)) await recordSearch(deps, filter);
  if (sort === 'worst') return worstOrders(deps, filter, { limit, cursor: from, late, showPii });
  let nextCursor: string | null = null;
  const sorted = { ...filter, sort };
  async function* items(): AsyncGenerator<OrderSummary> {
    let [wanted, cursor] = [limit, from];
    while (wanted > 0) {
      const at = cursor === undefined ? {} : { cursor };
      const query = { ...sorted, ...at, limit: Math.min(PAGE, wanted) };
      const page = await deps.store.read(async (tx) => {
        const { items: views, nextCursor } = await tx.views.list(query);
        return { views, nextCursor, contacts: await tx.vault.contacts(views.map(({ orderId }) => orderId)) };
      });
      yield* await shownOrders(deps, page, { showPii, late });
      wanted -= page.views.length;
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
    nextCursor = cursor ?? null;
  }
  return { items: items(), nextCursor: () => nextCursor };
};

/** Whether the text that is looked for is compared with phone numbers: that is a reading of them, whoever asks. */
export const isPhoneSearch = ({ text }: Pick<OrderWish, 'text'>): boolean =>
  text !== undefined && searchedPhone(text) !== null;

/** A search by phone number with what it found, also when that is nothing. What was looked for stands nowhere. */
const recordSearch = async (deps: AppDeps, filter: OrderFilter): Promise<void> => {
  const { items } = await deps.store.read((tx) => tx.views.list({ ...filter, sort: 'id', limit: PAGE }));
  await recordApart(deps, {
    action: 'search.read',
    subject: ORDER_LIST,
    detail: { by: 'phone' },
    orderIds: items.map(({ orderId }) => orderId),
    customerIds: [...new Set(items.map(({ customerId }) => customerId))],
  });
};

const filterOf = (wish: OrderWish, { policy }: AppDeps, reading: LateReading): OrderFilter => {
  const { stages, open, late, inDoubt, area, technicianId, text, visitDate, since, until } = wish;
  const startOf = (date: string): string => iso(fromLocal(date, 0, policy.tz).at);
  return {
    ...(stages === undefined ? {} : { stages }),
    ...(open ? { open: true } : {}),
    ...(late ? { lateBefore: lateBefore(reading, 'hazard') } : {}),
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
    const reading = await readLateReading(tx, { now: clock.now(), policy });
    const found: OrderSummary[] = [];
    for (const orderId of orderIds) {
      const view = await tx.views.get(orderId);
      if (view === null) throw new Refusal('ORDER_NOT_FOUND', { orderId });
      found.push(orderSummary(view, { ...reading, sight: MASKED, contact: contacts.get(orderId) }));
    }
    return found;
  });
