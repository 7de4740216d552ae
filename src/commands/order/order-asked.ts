import type { AppDeps } from '../../core/app/deps.ts';
import type { NewOrder } from '../../core/app/orders/place-order.ts';
import { mustExist } from '../../core/process/legal.ts';
import { processOf } from '../../core/process/process.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import type { InputOf } from '../framework/parse/descriptor.ts';
import type { orderNew } from './new.ts';

/** The flags of a new order, typed or as a row of a batch. */
export type Given = InputOf<typeof orderNew>['flags'];

export type Known = {
  readonly customerId?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly address?: string;
  readonly area?: string | undefined;
  readonly internet?: number;
  readonly tv?: number;
};

/** What is known of an order (`from`) and a customer. Throws Refusal ORDER_NOT_FOUND, CUSTOMER_NOT_FOUND. */
export const knownOf = async (
  { store }: Pick<AppDeps, 'store'>,
  { from, customer }: Pick<Given, 'from' | 'customer'>,
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

/**
 * The order as it is asked for, filled up from what is known; texts that nobody gave are empty. Left to the caller: who
 * takes it (the channel), and its area, unless `givenArea` names it.
 */
export const orderAsked = (
  flags: Given,
  known: Known,
): { readonly order: Omit<NewOrder, 'area' | 'channel'>; readonly givenArea: string | undefined } => {
  const isMoved = flags.address !== undefined && flags.address !== known.address;
  const givenArea = flags.area ?? (isMoved ? undefined : known.area);
  const order = {
    name: flags.name ?? known.name ?? '',
    phone: flags.phone ?? known.phone ?? '',
    address: flags.address ?? known.address ?? '',
    areaRead: givenArea === undefined,
    lines: { internet: flags.internet ?? known.internet ?? 0, tv: flags.tv ?? known.tv ?? 0 },
    priority: flags.priority,
    wishes: {
      ...(flags.notBefore === undefined ? {} : { notBefore: flags.notBefore }),
      ...(flags.prefer === undefined ? {} : { prefer: flags.prefer }),
    },
    note: flags.note,
    customerId: flags.customer,
  };
  return { order, givenArea };
};
