import type { Contact, Customer } from '../../core/order/contact.ts';
import type { Vault } from '../../core/ports/store.ts';
import { phoneDigits } from '../../core/values/phone.ts';
import { byId, numberedId } from './by-id.ts';
import { type UndoLog, undoableMap } from './undo-log.ts';

type Home = { readonly customerId: string; readonly address: string | null };
type Text = { readonly orderId: string; readonly text: string };

/** `contactOf` is for the text search of the views. */
export type MemoryVault = Vault & {
  readonly contactOf: (orderId: string) => Contact | undefined;
  readonly customerOf: (customerId: string) => Customer | undefined;
};

export const memoryVault = (
  log: UndoLog,
  erasePrints: (orders: ReadonlySet<string>) => void,
): MemoryVault => {
  const customers = undoableMap<Customer>(log);
  const homes = undoableMap<Home>(log);
  const textsById = undoableMap<Text>(log);
  let lastCustomer = 0;

  const contactOf = (orderId: string): Contact | undefined => {
    const home = homes.get(orderId);
    const customer = home === undefined ? undefined : customers.get(home.customerId);
    if (home === undefined || home.address === null || customer === undefined) return undefined;
    if (customer.erasedAt !== null) return undefined;
    const { customerId, name, phone } = customer;
    return { customerId, name, phone, address: home.address };
  };
  const ordersOf = (customerId: string): readonly string[] =>
    [...homes.keys()].filter((orderId) => homes.get(orderId)?.customerId === customerId).sort(byId);

  return {
    contactOf,
    customerOf: customers.get,
    nextCustomerId: async () => {
      log.recordDraw(() => {
        lastCustomer -= 1;
      });
      lastCustomer += 1;
      return numberedId('CUS', lastCustomer);
    },
    putCustomer: async ({ customerId, name, phone }) =>
      customers.set(customerId, { customerId, name, phone, erasedAt: null }),
    customer: async (customerId) => customers.get(customerId) ?? null,
    customersByPhone: async (phone) => {
      const digits = phoneDigits(phone);
      return [...customers.values()]
        .filter((customer) => customer.erasedAt === null && phoneDigits(customer.phone) === digits)
        .sort((a, b) => byId(a.customerId, b.customerId));
    },
    putAddress: async (orderId, customerId, address) => homes.set(orderId, { customerId, address }),
    putText: async (textId, orderId, text) => textsById.set(textId, { orderId, text }),
    texts: async (textIds) => {
      const found = new Map<string, string>();
      for (const textId of textIds) {
        const text = textsById.get(textId);
        if (text !== undefined) found.set(textId, text.text);
      }
      return found;
    },
    contacts: async (orderIds) => {
      const found = new Map<string, Contact>();
      for (const orderId of orderIds) {
        const contact = contactOf(orderId);
        if (contact !== undefined) found.set(orderId, contact);
      }
      return found;
    },
    ordersOf: async (customerId) => ordersOf(customerId),
    erase: async (customerId, at) => {
      const customer = customers.get(customerId);
      if (customer === undefined) return;
      customers.set(customerId, { customerId, name: '', phone: '', erasedAt: at });
      const orders = new Set(ordersOf(customerId));
      for (const orderId of orders) homes.set(orderId, { customerId, address: null });
      erasePrints(orders);
      for (const textId of [...textsById.keys()]) {
        const text = textsById.get(textId);
        if (text !== undefined && orders.has(text.orderId)) textsById.remove(textId);
      }
    },
  };
};
