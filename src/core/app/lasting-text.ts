import type { Contact, Customer } from '../order/contact.ts';
import type { Tx } from '../ports/store.ts';
import { isPersonal, type PersonalWords, withoutPersonal } from '../values/personal-words.ts';
import { parsePhone } from '../values/phone.ts';

type Vaulted = Pick<Tx, 'vault'>;

const ORDER_ID = /ORD-\d{6,12}/giu;
const CUSTOMER_ID = /CUS-\d{6,12}/giu;
const NUMBER = /(?<!\d)(?:\+?82[\s.-]?|0)\d{1,3}[\s.)-]{0,2}\d{3,4}[\s.-]?\d{4}(?!\d)/gu;
/** Whoever names more in one reason writes no reason. */
const MOST_NAMED = 20;

const named = (text: string, pattern: RegExp): readonly string[] =>
  [...new Set((text.match(pattern) ?? []).map((found) => found.toUpperCase()))].slice(0, MOST_NAMED);

/** All that is known of one customer: with the address of each of their orders. */
const wordsOfCustomer = async (
  { vault }: Vaulted,
  { customerId, name, phone }: Customer,
): Promise<readonly PersonalWords[]> => {
  const contacts = await vault.contacts(await vault.ordersOf(customerId));
  return [{ name, phone }, ...[...contacts.values()].map(({ address }) => ({ name, phone, address }))];
};

/** What is known of the customers whom a text names by an order, by their number or by a phone number. */
const meantBy = async (tx: Vaulted, text: string): Promise<readonly PersonalWords[]> => {
  const { vault } = tx;
  const byOrder: ReadonlyMap<string, Contact> = await vault.contacts(named(text, ORDER_ID));
  const customers: Customer[] = [];
  for (const customerId of named(text, CUSTOMER_ID)) {
    const customer = await vault.customer(customerId);
    if (customer !== null) customers.push(customer);
  }
  for (const digits of named(text, NUMBER)) {
    const phone = parsePhone(digits);
    if (phone !== null) customers.push(...(await vault.customersByPhone(phone)));
  }
  const words = [];
  for (const customer of customers) words.push(...(await wordsOfCustomer(tx, customer)));
  return [...byOrder.values(), ...words];
};

/**
 * A text that is kept where nothing is ever taken out of (the audit, a breaker that everybody sees): without phone numbers, and
 * without name and address of the customers whom it names by order, customer or phone number. What is about one order goes to
 * the vault instead (`put-text.ts`).
 */
export const lastingText = async (tx: Vaulted, text: string): Promise<string> =>
  (await meantBy(tx, text)).reduce<string>(withoutPersonal, withoutPersonal(text));

/** Whether a text says who a customer is, or holds any phone number: it may be the one of before. */
export const saysWho = async (tx: Vaulted, text: string, customer: Customer): Promise<boolean> =>
  isPersonal(text) || (await wordsOfCustomer(tx, customer)).some((words) => isPersonal(text, words));
