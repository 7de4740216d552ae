import type { OrderView } from '../../ports/order-view.ts';
import type { Store, Tx } from '../../ports/store.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { Milestone, Stage } from '../../rules/stage.ts';

/** What a subscriber is told of an own order: no personal data, nothing of the inside. Times are UTC ISO 8601. */
export type MyOrder = {
  readonly orderId: string;
  readonly stage: Stage;
  readonly stageSince: string;
  readonly milestone: Milestone;
  readonly internetCount: number;
  readonly tvCount: number;
  /** Only an agreed one. */
  readonly visit: { readonly start: string; readonly end: string } | null;
  readonly placedAt: string;
  readonly updatedAt: string;
};

const myOrder = (view: OrderView): MyOrder => ({
  orderId: view.orderId,
  stage: view.stage,
  stageSince: view.stageSince,
  milestone: view.milestone,
  internetCount: view.internetCount,
  tvCount: view.tvCount,
  visit: view.visit?.status === 'agreed' ? { start: view.visit.start, end: view.visit.end } : null,
  placedAt: view.placedAt,
  updatedAt: view.updatedAt,
});

/** Every order under a phone number, the latest first. Nothing under it: none. */
export const ordersOfPhone = (store: Store, phone: string): Promise<readonly MyOrder[]> =>
  store.read(async (tx) => {
    const found: OrderView[] = [];
    for (const { customerId } of await tx.vault.customersByPhone(phone)) {
      for (const orderId of await tx.vault.ordersOf(customerId)) {
        const view = await tx.views.get(orderId);
        if (view !== null) found.push(view);
      }
    }
    return found.sort((a, b) => b.placedAt.localeCompare(a.placedAt)).map(myOrder);
  });

/**
 * One order, for who knows its number and the last four digits of its phone. An order that does not exist, one of
 * somebody else, and one of an erased customer are refused in the same words after the same reads: nobody learns which
 * numbers exist. Throws MYPAGE_NOT_FOUND.
 */
export const orderOfPair = (store: Store, orderId: string, phoneLast4: string): Promise<MyOrder> =>
  store.read(async (tx) => {
    const digits = await digitsOf(tx, orderId);
    const view = await tx.views.get(orderId);
    if (view === null || digits.slice(-4) !== phoneLast4) throw new Refusal('MYPAGE_NOT_FOUND', {});
    return myOrder(view);
  });

const digitsOf = async (tx: Tx, orderId: string): Promise<string> =>
  ((await tx.vault.contacts([orderId])).get(orderId)?.phone ?? '').replace(/\D/g, '');
