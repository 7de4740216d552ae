import type { Contact } from '../../order/contact.ts';
import type { OrderView } from '../../ports/order-view.ts';
import type { LateReading } from '../../rules/late.ts';
import { type OrderSummary, orderSummary } from '../../views/order-summary.ts';
import { MASKED } from '../../views/personal.ts';
import { clearanceFor } from '../clearance.ts';
import type { AppDeps } from '../deps.ts';

/** What the audit log calls a clear reading of several orders. */
export const ORDER_LIST = 'order list';

/** A page of a list as it is kept. */
export type KeptPage = {
  readonly views: readonly OrderView[];
  readonly contacts: ReadonlyMap<string, Contact>;
};

/** The page as the reader may see it; in clear, its orders and customers are written down first. */
export const shownOrders = async (
  deps: AppDeps,
  { views, contacts }: KeptPage,
  { showPii, late }: { readonly showPii: boolean; readonly late: LateReading },
): Promise<readonly OrderSummary[]> => {
  const customers = [...new Set([...contacts.values()].map(({ customerId }) => customerId))];
  const reading = { subject: ORDER_LIST, orders: [...contacts.keys()], customers };
  const sight = showPii && contacts.size > 0 ? await clearanceFor(deps, reading) : MASKED;
  return views.map((view) => orderSummary(view, { ...late, sight, contact: contacts.get(view.orderId) }));
};
