import type { Customer } from '../../order/contact.ts';
import type { Tx } from '../../ports/store.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { Stage } from '../../rules/stage.ts';
import { iso } from '../../time/iso.ts';
import { MASKED, type Shown, type Sight, shownField } from '../../views/personal.ts';
import { allow } from '../allow.ts';
import { record } from '../audit.ts';
import { clearanceFor } from '../clearance.ts';
import type { AppDeps } from '../deps.ts';
import { saysWho } from '../lasting-text.ts';

export type CustomerOrder = {
  readonly orderId: string;
  readonly stage: Stage;
  readonly open: boolean;
  /** '' once erased. */
  readonly address: Shown | '';
  readonly placedAt: string;
};

/** A customer with all orders. Texts are empty once the customer was erased. */
export type CustomerDetails = {
  readonly customerId: string;
  readonly name: Shown | '';
  readonly phone: Shown | '';
  readonly erasedAt: string | null;
  readonly orders: readonly CustomerOrder[];
};

type Reader = Pick<AppDeps, 'store' | 'clock' | 'actor'>;

const mustBeThere = async (tx: Tx, customerId: string): Promise<Customer> => {
  const customer = await tx.vault.customer(customerId);
  if (customer === null) throw new Refusal('CUSTOMER_NOT_FOUND', { customerId });
  return customer;
};

type KeptOrder = Omit<CustomerOrder, 'address'> & { readonly address: string | undefined };

const ordersOf = async (tx: Tx, customerId: string): Promise<readonly KeptOrder[]> => {
  const orderIds = await tx.vault.ordersOf(customerId);
  const contacts = await tx.vault.contacts(orderIds);
  const orders: KeptOrder[] = [];
  for (const orderId of orderIds) {
    const view = await tx.views.get(orderId);
    if (view === null) continue;
    const { stage, open, placedAt } = view;
    orders.push({ orderId, stage, open, address: contacts.get(orderId)?.address, placedAt });
  }
  return orders;
};

/** One customer. A clear reading leaves an audit row. Throws Refusal CUSTOMER_NOT_FOUND, DENIED. */
export const readCustomer = async (
  deps: Reader,
  customerId: string,
  { clear }: { readonly clear: boolean },
): Promise<CustomerDetails> => {
  const { customer, orders } = await deps.store.read(async (tx) => ({
    customer: await mustBeThere(tx, customerId),
    orders: await ordersOf(tx, customerId),
  }));
  const { name, phone, erasedAt } = customer;
  const isErased = erasedAt !== null;
  const sight: Sight =
    clear && !isErased
      ? await clearanceFor(deps, {
          subject: customerId,
          orders: orders.map(({ orderId }) => orderId),
          customers: [customerId],
        })
      : MASKED;
  return {
    customerId,
    name: isErased ? '' : shownField('name', name, sight),
    phone: isErased ? '' : shownField('phone', phone, sight),
    erasedAt,
    orders: orders.map(({ address, ...order }) => ({
      ...order,
      address: address === undefined ? '' : shownField('address', address, sight),
    })),
  };
};

/**
 * Removes name, phone, addresses and texts of a customer for ever; the log, which never held them, stays whole.
 * `already`: it was done before; the files are scrubbed all the same. Throws Refusal CUSTOMER_NOT_FOUND, CUSTOMER_HAS_ORDERS (an open order needs a number to
 * call and a door to go to), DENIED, ERASURE_PENDING (it is erased, but not yet in all files), REASON_PERSONAL (the
 * reason, which is kept for ever, says whom).
 */
export const eraseCustomer = async (
  deps: Reader,
  customerId: string,
  { reason }: { readonly reason: string },
): Promise<'done' | 'already'> => {
  await allow(deps, 'customer erase');
  const done = await deps.store.write(async (tx) => {
    const customer = await mustBeThere(tx, customerId);
    if (customer.erasedAt !== null) {
      await tx.vault.erase(customerId, customer.erasedAt);
      return 'already';
    }
    const open = (await ordersOf(tx, customerId)).filter((order) => order.open);
    if (open.length > 0) {
      const orderIds = open.map(({ orderId }) => orderId);
      throw new Refusal('CUSTOMER_HAS_ORDERS', { customerId, orderIds });
    }
    if (await saysWho(tx, reason, customer)) throw new Refusal('REASON_PERSONAL', { customerId });
    const at = iso(deps.clock.now());
    await tx.vault.erase(customerId, at);
    await record(tx, deps, {
      action: 'customer.erase',
      subject: customerId,
      detail: { reason },
      customerIds: [customerId],
    });
    return 'done';
  });
  if (!(await deps.store.scrub())) throw new Refusal('ERASURE_PENDING', { customerId });
  return done;
};
