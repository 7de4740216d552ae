import type { Contact } from '../../order/contact.ts';
import type { OrderView } from '../../ports/order-view.ts';
import type { OrderChoice } from '../../views/pick-orders.ts';
import type { AppDeps } from '../deps.ts';

/** How many orders a pick offers. */
const OFFERED = 500;

/** An order that a person may pick. `contact` in the clear, to be searched in; undefined: erased. */
export type OfferedOrder = { readonly view: OrderView; readonly contact: Contact | undefined };

/** The orders that a command can change, the latest changed first. */
export const offeredOrders = (
  { store }: Pick<AppDeps, 'store'>,
  { filter, fits }: OrderChoice,
): Promise<readonly OfferedOrder[]> =>
  store.read(async (tx) => {
    const listed = await tx.views.list({ ...filter, sort: '-updated', limit: OFFERED });
    const views = listed.items.filter(fits);
    const contacts = await tx.vault.contacts(views.map(({ orderId }) => orderId));
    return views.map((view) => ({ view, contact: contacts.get(view.orderId) }));
  });
