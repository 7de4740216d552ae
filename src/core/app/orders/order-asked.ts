import type { PartOfDay, Priority } from '../../order/events.ts';
import { mustExist } from '../../process/legal.ts';
import { processOf } from '../../process/process.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { AppDeps } from '../deps.ts';
import { contactText } from './contact-text.ts';
import type { NewOrder } from './place-order.ts';

/** A new order as far as the asker says it: what is undefined comes from `from` and `customer`. */
export type OrderAsked = {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly address?: string | undefined;
  readonly area?: string | undefined;
  readonly internet?: number | undefined;
  readonly tv?: number | undefined;
  readonly priority: Priority;
  readonly prefer?: PartOfDay | undefined;
  /** Operator-local `YYYY-MM-DD`. */
  readonly notBefore?: string | undefined;
  readonly note?: string | undefined;
  /** Id of a known customer. */
  readonly customer?: string | undefined;
  /** Id of an order that is like this one. */
  readonly from?: string | undefined;
};

/** What we know already of the order that the asker wants to place. */
export type Known = Partial<Pick<NewOrder, 'customerId' | 'name' | 'phone' | 'address'>> & {
  readonly area?: string | undefined;
  readonly internet?: number;
  readonly tv?: number;
};

/** What is known of an order (`from`) and a customer. Throws Refusal ORDER_NOT_FOUND, CUSTOMER_NOT_FOUND. */
export const knownOf = async (
  { store }: Pick<AppDeps, 'store'>,
  { from, customer }: Pick<OrderAsked, 'from' | 'customer'>,
): Promise<Known> => {
  if (from === undefined && customer === undefined) return {};
  return store.read(async (tx) => {
    const person = customer === undefined ? null : await tx.vault.customer(customer);
    if (customer !== undefined && (person === null || person.erasedAt !== null)) {
      throw new Refusal('CUSTOMER_NOT_FOUND', { customerId: customer });
    }
    const named =
      person === null ? {} : { customerId: person.customerId, name: person.name, phone: person.phone };
    if (from === undefined) return named;
    const process = processOf(from, await tx.events.load(from));
    mustExist(process);
    const contact = (await tx.vault.contacts([from])).get(from);
    if (contact === undefined && person === null) {
      throw new Refusal('CUSTOMER_NOT_FOUND', { customerId: process.order.placed?.customerId ?? '' });
    }
    const { lines, area } = process.order;
    return { ...contact, area: area ?? undefined, ...lines, ...named };
  });
};

/** An order that wants nothing but its channel and its area; `givenArea`: as it was said, or as the known order has it. */
export type Assembled = {
  readonly order: Omit<NewOrder, 'area' | 'channel'>;
  readonly givenArea: string | undefined;
};

/**
 * The order as the asker wants it, filled up from what we know; texts that the asker left out are empty.
 * Throws Refusal BAD_CONTACT for a name, phone or address that is none.
 */
export const orderAsked = (asked: OrderAsked, known: Known): Assembled => {
  const name = contactText('name', asked.name) ?? known.name ?? '';
  const phone = contactText('phone', asked.phone) ?? known.phone ?? '';
  const address = contactText('address', asked.address) ?? known.address ?? '';
  const isMoved = asked.address !== undefined && address !== known.address;
  const givenArea = asked.area ?? (isMoved ? undefined : known.area);
  const order = {
    name,
    phone,
    address,
    areaRead: givenArea === undefined,
    lines: { internet: asked.internet ?? known.internet ?? 0, tv: asked.tv ?? known.tv ?? 0 },
    priority: asked.priority,
    wishes: {
      ...(asked.notBefore === undefined ? {} : { notBefore: asked.notBefore }),
      ...(asked.prefer === undefined ? {} : { prefer: asked.prefer }),
    },
    note: asked.note,
    customerId: asked.customer,
  };
  return { order, givenArea };
};

/**
 * The same with all that its texts need. Throws Refusal ORDER_NOT_FOUND, BAD_CONTACT, and CUSTOMER_NOT_FOUND when neither
 * the asker nor what is known names the customer.
 */
export const assembleOrder = async (deps: Pick<AppDeps, 'store'>, asked: OrderAsked): Promise<Assembled> => {
  const known = await knownOf(deps, asked);
  const assembled = orderAsked(asked, known);
  const { name, phone, address } = assembled.order;
  if (name === '' || phone === '' || address === '') {
    throw new Refusal('CUSTOMER_NOT_FOUND', { customerId: known.customerId ?? '' });
  }
  return assembled;
};
