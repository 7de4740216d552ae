import type { OrderFilter, OrderView } from '../../ports/order-view.ts';
import type { Tx } from '../../ports/store.ts';
import type { LateReading } from '../../rules/late.ts';
import { type ClientOrder, listedClientOrder } from '../../views/client-order.ts';
import { MASKED } from '../../views/personal.ts';
import type { AppDeps } from '../deps.ts';
import { readLateReading } from '../overview/read-forecast.ts';
import { externalIds } from './place-order.ts';

/** Which orders a client wants to see, and which page of them. */
export type ClientWish = Pick<
  OrderFilter,
  'stages' | 'since' | 'until' | 'category' | 'clientPriority' | 'customerId'
> & {
  /** Only this one. */
  readonly orderId?: string;
  /** Only the one that this client knows by this number. */
  readonly externalId?: { readonly client: string; readonly id: string };
};

export type ClientPage = {
  readonly offset: number;
  readonly limit: number;
  /** Goes on behind an earlier page, whatever `offset` says. */
  readonly cursor?: string | undefined;
};

/** A page of orders, oldest first; `total`: of all that fit. `nextCursor` null: that was the last page. */
export type ClientOrders = {
  readonly items: readonly ClientOrder[];
  readonly total: number;
  readonly nextCursor: string | null;
};

/** Finds orders for a client; nobody's data is shown in clear. */
export const findClientOrders = (
  { store, policy, clock }: AppDeps,
  wish: ClientWish,
  page: ClientPage,
): Promise<ClientOrders> =>
  store.read(async (tx) => {
    const late = await readLateReading(tx, { now: clock.now(), policy });
    const { orderId, externalId, ...filter } = wish;
    const isOne = orderId !== undefined || externalId !== undefined;
    const found = isOne ? await theOne(tx, wish) : await pageOf(tx, filter, page);
    return { ...found, items: await told(tx, found.views, late) };
  });

type Found = Omit<ClientOrders, 'items'> & { readonly views: readonly OrderView[] };

const pageOf = async (tx: Tx, filter: OrderFilter, { offset, limit, cursor }: ClientPage): Promise<Found> => {
  const total = await tx.views.count(filter);
  const skipped = cursor === undefined ? offset : 0;
  if (cursor === undefined && skipped >= total) return { views: [], total, nextCursor: null };
  const from = cursor === undefined ? {} : { cursor };
  const { items, nextCursor } = await tx.views.list({
    ...filter,
    ...from,
    sort: 'id',
    limit: skipped + limit,
  });
  return { views: items.slice(skipped), total, nextCursor };
};

/** An order that is named must fit all the same. */
const theOne = async (tx: Tx, { orderId, externalId, ...filter }: ClientWish): Promise<Found> => {
  const known =
    externalId === undefined ? null : await tx.requests.get(externalIds(externalId.client), externalId.id);
  const named = externalId === undefined ? orderId : known?.orderId;
  const isBoth = orderId === undefined || named === orderId;
  const view = named === undefined || !isBoth ? null : await tx.views.get(named);
  const views = view !== null && isIn(view, filter) ? [view] : [];
  return { views, total: views.length, nextCursor: null };
};

const isIn = (view: OrderView, wish: Omit<ClientWish, 'orderId' | 'externalId'>): boolean => {
  const { stages, since, until, category, clientPriority, customerId } = wish;
  const { terms, priority, stage, placedAt } = view;
  const hasPriority =
    clientPriority === undefined ||
    (terms?.priority === undefined
      ? priority === clientPriority.otherwise
      : terms.priority === clientPriority.said);
  return (
    hasPriority &&
    (stages === undefined || stages.includes(stage)) &&
    (since === undefined || placedAt >= since) &&
    (until === undefined || placedAt < until) &&
    (category === undefined || terms?.category === category) &&
    (customerId === undefined || view.customerId === customerId)
  );
};

const told = async (
  tx: Tx,
  views: readonly OrderView[],
  late: LateReading,
): Promise<readonly ClientOrder[]> => {
  const contacts = await tx.vault.contacts(views.map(({ orderId }) => orderId));
  return views.map((view) =>
    listedClientOrder(view, { ...late, sight: MASKED, contact: contacts.get(view.orderId) }),
  );
};
