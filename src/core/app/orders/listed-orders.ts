import type { OrderSummary } from '../../views/order-summary.ts';

/** A list of orders that is read while it is taken. */
export type ListedOrders = {
  /** Read a page at a time, so that a list of a million orders needs the memory of one page. */
  readonly items: AsyncGenerator<OrderSummary>;
  /** After the last item: where a list that was cut goes on; null: it was whole. */
  readonly nextCursor: () => string | null;
};
