import type { Contact, Customer } from '../../../core/order/contact.ts';
import { ERASED_PRINT, type Vault } from '../../../core/ports/store.ts';
import { phoneDigits } from '../../../core/values/phone.ts';
import { oneOf } from './dialect.ts';
import { byText, idKey } from './id-key.ts';
import { query } from './query.ts';
import { SCRUB, scrubMark } from './scrub-mark.ts';
import { nextNumberedId } from './sequences.ts';
import type { Session } from './session.ts';
import { searchable } from './view-row.ts';

type CustomerRow = {
  readonly customer_id: string;
  readonly name: string;
  readonly name_search: string;
  readonly phone: string;
  readonly phone_digits: string;
  readonly erased_at: string | null;
};

const putCustomer = query((db, p: Omit<CustomerRow, 'erased_at'>) => {
  const columns = {
    name: p.name,
    name_search: p.name_search,
    phone: p.phone,
    phone_digits: p.phone_digits,
    erased_at: null,
  };
  return db
    .insertInto('customers')
    .values({ customer_id: p.customer_id, ...columns })
    .onConflict((conflict) => conflict.column('customer_id').doUpdateSet(columns));
});

const getCustomer = query((db, p: { customerId: string }) =>
  db.selectFrom('customers').selectAll().where('customer_id', '=', p.customerId),
);

const byPhone = query((db, p: { digits: string }) =>
  db.selectFrom('customers').selectAll().where('phone_digits', '=', p.digits).where('erased_at', 'is', null),
);

const putAddress = query((db, p: { orderId: string; customerId: string; address: string }) =>
  db
    .insertInto('addresses')
    .values({ order_id: p.orderId, customer_id: p.customerId, address: p.address })
    .onConflict((conflict) =>
      conflict.column('order_id').doUpdateSet({ customer_id: p.customerId, address: p.address }),
    ),
);

const putText = query((db, p: { textId: string; orderId: string; text: string }) =>
  db
    .insertInto('texts')
    .values({ text_id: p.textId, order_id: p.orderId, text: p.text })
    .onConflict((conflict) => conflict.column('text_id').doUpdateSet({ order_id: p.orderId, text: p.text })),
);

const textsOf = query((db, p: { ids: string }) =>
  db
    .selectFrom('texts')
    .select(['text_id', 'text'])
    .where((eb) => oneOf(eb.ref('text_id'), p.ids)),
);

const contactsOf = query((db, p: { ids: string }) =>
  db
    .selectFrom('addresses')
    .innerJoin('customers', 'customers.customer_id', 'addresses.customer_id')
    .select(['addresses.order_id', 'addresses.address', 'customers.customer_id'])
    .select(['customers.name', 'customers.phone'])
    .where((eb) => oneOf(eb.ref('addresses.order_id'), p.ids))
    .where('addresses.address', 'is not', null)
    .where('customers.erased_at', 'is', null),
);

const ordersOf = query((db, p: { customerId: string }) =>
  db.selectFrom('addresses').select('order_id').where('customer_id', '=', p.customerId),
);

const eraseCustomer = query((db, p: { customerId: string; at: string }) =>
  db
    .updateTable('customers')
    .set({ name: '', name_search: '', phone: '', phone_digits: '', erased_at: p.at })
    .where('customer_id', '=', p.customerId),
);

const eraseTexts = query((db, p: { customerId: string }) =>
  db
    .deleteFrom('texts')
    .where('order_id', 'in', (eb) =>
      eb.selectFrom('addresses').select('order_id').where('customer_id', '=', p.customerId),
    ),
);

const eraseAddresses = query((db, p: { customerId: string }) =>
  db.updateTable('addresses').set({ address: null }).where('customer_id', '=', p.customerId),
);

const erasePrints = query((db, p: { customerId: string }) =>
  db
    .updateTable('requests')
    .set({ fingerprint: ERASED_PRINT })
    .where('order_id', 'in', (eb) =>
      eb.selectFrom('addresses').select('order_id').where('customer_id', '=', p.customerId),
    ),
);

const mustScrub = query((db, p: { name: string; value: string }) =>
  db
    .insertInto('meta')
    .values({ name: p.name, value: p.value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: p.value })),
);

const toCustomer = (row: CustomerRow): Customer => ({
  customerId: row.customer_id,
  name: row.name,
  phone: row.phone,
  erasedAt: row.erased_at,
});

const byIds = (a: string, b: string): number => byText(idKey(a), idKey(b));

/** All personal data. */
export const sqlVault = (session: Session): Vault => ({
  nextCustomerId: () => nextNumberedId(session, 'customer', 'CUS'),
  putCustomer: async ({ customerId, name, phone }) => {
    await session.run(putCustomer, {
      customer_id: customerId,
      name,
      name_search: searchable(name),
      phone,
      phone_digits: phoneDigits(phone),
    });
  },
  customer: async (customerId) => {
    const row = await session.one(getCustomer, { customerId });
    return row === undefined ? null : toCustomer(row);
  },
  customersByPhone: async (phone) =>
    (await session.all(byPhone, { digits: phoneDigits(phone) }))
      .map(toCustomer)
      .sort((a, b) => byIds(a.customerId, b.customerId)),
  putAddress: async (orderId, customerId, address) => {
    await session.run(putAddress, { orderId, customerId, address });
  },
  putText: async (textId, orderId, text) => {
    await session.run(putText, { textId, orderId, text });
  },
  texts: async (textIds) => {
    if (textIds.length === 0) return new Map();
    const rows = await session.all(textsOf, { ids: JSON.stringify(textIds) });
    return new Map(rows.map((row) => [row.text_id, row.text]));
  },
  contacts: async (orderIds) => {
    if (orderIds.length === 0) return new Map();
    const rows = await session.all(contactsOf, { ids: JSON.stringify(orderIds) });
    return new Map<string, Contact>(
      rows.map(({ order_id, customer_id, name, phone, address }) => [
        order_id,
        { customerId: customer_id, name, phone, address: address ?? '' },
      ]),
    );
  },
  ordersOf: async (customerId) =>
    (await session.all(ordersOf, { customerId })).map((row) => row.order_id).sort(byIds),
  erase: async (customerId, at) => {
    await session.run(eraseCustomer, { customerId, at });
    await session.run(eraseTexts, { customerId });
    await session.run(eraseAddresses, { customerId });
    await session.run(erasePrints, { customerId });
    await session.run(mustScrub, { name: SCRUB, value: scrubMark('rewrite') });
  },
});
