import type { OrderFilter, OrderView } from '../../ports/order-view.ts';
import type { Tx } from '../../ports/store.ts';
import { initials } from '../../values/initials.ts';
import { parseOrderId } from '../../values/order-id.ts';
import { phoneDigits, searchedPhone } from '../../values/phone.ts';
import { searchedAnywhere } from '../../values/searched.ts';
import { type OrderSummary, orderSummary } from '../../views/order-summary.ts';
import { MASKED } from '../../views/personal.ts';
import { allow } from '../allow.ts';
import { recordApart } from '../audit.ts';
import { seesClear } from '../clearance.ts';
import type { AppDeps } from '../deps.ts';
import { readLateReading } from '../overview/read-forecast.ts';

/** By what an order was found. */
export const FOUND_BY = ['id', 'customer', 'phone', 'name', 'key', 'equipment', 'serial', 'address'] as const;
export type FoundBy = (typeof FOUND_BY)[number];

/** An item of `oss.found/1`: the order as everybody may see it, and by what it was found, the plainest first. */
export type Found = OrderSummary & { readonly open: boolean; readonly by: readonly FoundBy[] };

export type FoundOrders = {
  /** Those that are open first, then the latest. */
  readonly items: readonly Found[];
  /** There are more. */
  readonly isCut: boolean;
};

const CUSTOMER_ID = /^cus-\d+$/i;

/**
 * Finds orders by whatever a person has: an id, a phone number (whole, or its last four digits), a name or its initial consonants,
 * a key, the id of equipment, the serial of what was installed, part of an address. Addresses are looked through only for who may see
 * customers in clear. The answer is masked, and the search leaves one row in the audit log, without what was looked for. Throws DENIED.
 */
export const findAnything = async (
  deps: AppDeps,
  typed: string,
  { limit }: { readonly limit: number },
): Promise<FoundOrders> => {
  await allow(deps, 'find');
  const text = typed.normalize('NFC').trim();
  const { views, isCut } = await deps.store.read((tx) => search(tx, text, { limit, deps }));
  const items = await deps.store.read(async (tx) => {
    const contacts = await tx.vault.contacts(views.map(({ orderId }) => orderId));
    const reading = await readLateReading(tx, { now: deps.clock.now(), policy: deps.policy });
    return views.map((view): Found => {
      const contact = contacts.get(view.orderId);
      const summary = orderSummary(view, { ...reading, sight: MASKED, contact });
      return { ...summary, open: view.open, by: foundBy(view, contact, text) };
    });
  });
  await recordApart(deps, {
    action: 'search.read',
    subject: 'find',
    detail: { by: kindOf(text) },
    orderIds: items.map(({ orderId }) => orderId),
    customerIds: [...new Set(items.map(({ customer }) => customer.id))],
  });
  return { items, isCut };
};

const search = async (
  tx: Pick<Tx, 'views'>,
  text: string,
  { limit, deps }: { readonly limit: number; readonly deps: Pick<AppDeps, 'actor'> },
): Promise<{ readonly views: readonly OrderView[]; readonly isCut: boolean }> => {
  const orderId = parseOrderId(text);
  const exact = orderId === null ? null : await tx.views.get(orderId);
  const filters: readonly OrderFilter[] = CUSTOMER_ID.test(text)
    ? [{ customerId: text.toUpperCase() }]
    : [{ text, anywhere: { addresses: seesClear(deps.actor) } }];
  const found = new Map(exact === null ? [] : [[exact.orderId, exact] as const]);
  for (const filter of filters) {
    for (const open of [true, false]) {
      const { items } = await tx.views.list({ ...filter, open, sort: '-id', limit: limit + 1 });
      for (const view of items) found.set(view.orderId, view);
    }
  }
  const views = [...found.values()];
  return { views: views.slice(0, limit), isCut: views.length > limit };
};

type Known = { readonly name: string; readonly phone: string; readonly address: string } | undefined;

const foundBy = (view: OrderView, contact: Known, text: string): readonly FoundBy[] => {
  const lower = text.toLowerCase();
  const phone = searchedPhone(text);
  const digits = phoneDigits(contact?.phone ?? '');
  const { initials: wanted, serial, equipment, address, isShortNumber } = searchedAnywhere(text);
  const name = (contact?.name ?? '').toLowerCase();
  const by: FoundBy[] = [];
  if (view.orderId === parseOrderId(text) || (!isShortNumber && view.orderId.toLowerCase().includes(lower)))
    by.push('id');
  if (view.customerId.toLowerCase() === lower) by.push('customer');
  if (phone?.part === 'end' ? digits.endsWith(phone.digits) : phone?.numbers.includes(digits))
    by.push('phone');
  if (name !== '' && (name.includes(lower) || (wanted !== null && initials(name).includes(wanted))))
    by.push('name');
  if (!isShortNumber && (view.key ?? '').toLowerCase().includes(lower)) by.push('key');
  if (equipment !== null && (view.equipmentId ?? '').toLowerCase().includes(equipment)) by.push('equipment');
  if (address !== null && (contact?.address ?? '').includes(address)) by.push('address');
  // What is left was found in a result, which the view does not hold.
  return by.length === 0 && serial !== null ? ['serial'] : by;
};

/** What the audit may say of a search: never what was looked for. */
const kindOf = (text: string): string =>
  searchedPhone(text) !== null
    ? 'phone'
    : parseOrderId(text) !== null || CUSTOMER_ID.test(text)
      ? 'id'
      : 'text';
