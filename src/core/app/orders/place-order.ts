import type { ClientTerms } from '../../order/client-terms.ts';
import type { Customer } from '../../order/contact.ts';
import { placeOrder as decidePlace } from '../../order/decide.ts';
import type { Channel, Priority, Wishes } from '../../order/events.ts';
import type { Scope } from '../../ports/scope.ts';
import type { Tx } from '../../ports/store.ts';
import { newProcess } from '../../process/process.ts';
import { isRefusal, Refusal } from '../../rules/refusal.ts';
import { toLocal } from '../../time/zone.ts';
import { isSameAddress } from '../../values/address.ts';
import { flatLines, type Lines } from '../../values/lines.ts';
import { isPersonalKey } from '../../values/personal-key.ts';
import { phoneDigits } from '../../values/phone.ts';
import { keepingDenials, mustBeAllowed } from '../allow.ts';
import { asRehearsed, type Change, claimInline, recordKey, usedKey, writer } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { putOptionalText } from '../put-text.ts';
import { append, project, readOrder, type WriteContext } from '../write-order.ts';

/** A new order as it was taken: checked texts, and the area of the address (null: not known). */
export type NewOrder = {
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly area: string | null;
  /** true: read from the address. Another one next time (areas change) is no other order under the same key. */
  readonly areaRead?: boolean | undefined;
  readonly lines: Lines;
  readonly channel: Channel;
  readonly priority: Priority;
  readonly wishes: Wishes;
  readonly note?: string | undefined;
  /** A known customer; else one of the same name and phone is used again, or a new one is made. */
  readonly customerId?: string | undefined;
  /** What the client who places it says of it. */
  readonly terms?: AskedTerms | undefined;
};

/** The client's words, before its description is in the vault. */
export type AskedTerms = Omit<ClientTerms, 'descriptionId'> & { readonly description?: string | undefined };

export type PlaceOptions = {
  /** Unique; of a client's order, among the keys of that client. */
  readonly key?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly claim?: boolean | undefined;
  /** Takes an order although the same phone and address have an open one. */
  readonly duplicateOk?: boolean | undefined;
};

const COMMAND = 'order new';

/**
 * Places an order: acknowledged when this resolves, and never lost from then on. Needs no peer.
 * Throws Refusal: NO_LINES, TOO_FEW_INTERNET, TOO_MANY_LINES, CUSTOMER_NOT_FOUND, DUPLICATE_ORDER, KEY_CONFLICT,
 * EXTERNAL_ID_TAKEN, TIME_PASSED, DENIED.
 */
export const placeOrder = (deps: AppDeps, order: NewOrder, options: PlaceOptions): Promise<Change> =>
  keepingDenials(deps, { subject: COMMAND, command: COMMAND }, () =>
    writer(deps, options.dryRun)(
      async (tx) => {
        const write = { tx, policy: deps.policy, actor: deps.actor, now: deps.clock.now() };
        return asRehearsed(write, await placeIn(write, deps, { order, options }), options.dryRun);
      },
      scopeOf(order, options),
    ),
  );

/** What placing decides about: that the key, and the phone with the address, are new. */
const scopeOf = (order: NewOrder, options: PlaceOptions): Exclude<Scope, 'everything'> => {
  const { phone, customerId } = order;
  const keys = keysOf(order, options).map(({ key }) => key);
  return {
    phones: [phoneDigits(phone)],
    ...(keys.length === 0 ? {} : { keys }),
    ...(customerId === undefined ? {} : { customers: [customerId] }),
  };
};

type Keyed = { readonly command: string; readonly key: string; readonly content: object };

/** Where a client's own numbers of orders are looked for; they and its keys are of the client, not of its token. */
export const externalIds = (client: string): string => `${COMMAND} external@${client}`;

/** Under what the order would be known already: its key, and its client's number of it. */
const keysOf = (order: NewOrder, { key }: PlaceOptions): readonly Keyed[] => {
  const content = askedContent(order);
  const { terms } = order;
  const command = terms === undefined ? COMMAND : `${COMMAND}@${terms.client}`;
  const keyed = key === undefined ? [] : [{ command, key, content }];
  if (terms?.externalId === undefined) return keyed;
  return [...keyed, { command: externalIds(terms.client), key: terms.externalId, content }];
};

/** The order that one of them stands for; false: it is new. Throws KEY_CONFLICT, KEY_ERASED, EXTERNAL_ID_TAKEN. */
const knownBy = async (
  tx: Tx,
  keys: readonly Keyed[],
  terms: AskedTerms | undefined,
): Promise<string | false> => {
  for (const keyed of keys) {
    const orderId = await usedKey(tx, null, keyed).catch((error: unknown) => {
      const isExternal = terms !== undefined && keyed.command === externalIds(terms.client);
      if (!isExternal || !isRefusal(error, 'KEY_CONFLICT')) throw error;
      throw new Refusal('EXTERNAL_ID_TAKEN', { externalId: keyed.key, orderId: error.detail.orderId });
    });
    if (orderId !== false) return orderId;
  }
  return false;
};

/** The same inside a write that does more (a batch row's journal). */
export const placeIn = async (
  write: WriteContext,
  deps: AppDeps,
  { order, options }: { readonly order: NewOrder; readonly options: PlaceOptions },
): Promise<Change> => {
  mustBeAllowed(write.actor, COMMAND);
  const { tx } = write;
  tx.needs(scopeOf(order, options));
  const keys = keysOf(order, options);
  const placedBefore = await knownBy(tx, keys, order.terms);
  if (placedBefore !== false) {
    tx.needs({ orders: [placedBefore] });
    return {
      status: 'already',
      process: await readOrder(tx, placedBefore),
      events: [],
      claim: null,
      rehearsed: null,
    };
  }
  refusePast(write, order.wishes);
  const samePhone = await tx.vault.customersByPhone(order.phone);
  if (options.duplicateOk !== true) await refuseDuplicate(tx, order, samePhone);
  const orderId = await tx.events.nextOrderId();
  const customerId = await customerOf(tx, order, samePhone);
  await tx.vault.putAddress(orderId, customerId, order.address);
  const noted = await putOptionalText(deps, write, { orderId, text: order.note });
  const terms = order.terms && (await keptTerms(deps, write, { orderId, terms: order.terms }));
  const before = newProcess(orderId);
  const { lines, area, channel, priority, wishes } = order;
  const placed = decidePlace(
    {
      customerId,
      ...flatLines(lines),
      area,
      channel,
      priority,
      wishes,
      ...(options.key === undefined ? {} : { key: options.key }),
      ...noted,
      ...(terms === undefined ? {} : { terms }),
    },
    write.policy,
  );
  const { process, events } = await append(write, before, placed);
  await project(write, { before, after: process });
  for (const keyed of keys) await recordKey(write, orderId, { ...keyed, isNew: true });
  await mustNotBePersonal(tx, orderId, terms);
  const claim = await claimInline(write, deps, orderId, options.claim);
  return { status: 'done', process, events, claim, rehearsed: null };
};

/** What a key stands for: what the asker wants, not where they typed it nor what we added. */
const askedContent = ({ areaRead, area, channel: _channel, ...asked }: NewOrder): object =>
  areaRead === true ? asked : { ...asked, area };

/** The client's words as they stand on the log: the description goes to the vault. */
export const keptTerms = async (
  deps: AppDeps,
  write: WriteContext,
  { orderId, terms: { description, ...terms } }: { readonly orderId: string; readonly terms: AskedTerms },
): Promise<ClientTerms> => {
  const { textId } = await putOptionalText(deps, write, { orderId, text: description });
  return textId === undefined ? terms : { ...terms, descriptionId: textId };
};

/** They stay on the log for ever, as keys and the client's number do. Throws KEY_PERSONAL. */
export const mustNotBePersonal = async (
  tx: Tx,
  orderId: string,
  terms: ClientTerms | undefined,
): Promise<void> => {
  const contact = (await tx.vault.contacts([orderId])).get(orderId);
  if (terms === undefined || contact === undefined) return;
  const words = [terms.category, ...terms.items.map(({ id }) => id)];
  if (words.some((word) => word !== undefined && isPersonalKey(word, contact))) {
    throw new Refusal('KEY_PERSONAL', {});
  }
};

/** A wished day that is over is most likely a wrong year. */
export const refusePast = ({ now, policy }: WriteContext, { notBefore }: Wishes): void => {
  if (notBefore !== undefined && notBefore < toLocal(now, policy.tz).date) {
    throw new Refusal('TIME_PASSED', { at: notBefore });
  }
};

/** `samePhone`: the customers of the order's phone. */
const customerOf = async (
  tx: Tx,
  { customerId, name, phone }: NewOrder,
  samePhone: readonly Customer[],
): Promise<string> => {
  if (customerId !== undefined) {
    const customer = await tx.vault.customer(customerId);
    if (customer === null || customer.erasedAt !== null)
      throw new Refusal('CUSTOMER_NOT_FOUND', { customerId });
    return customerId;
  }
  const known = samePhone.find((one) => one.name === name && one.erasedAt === null);
  if (known !== undefined) return known.customerId;
  const created = await tx.vault.nextCustomerId();
  await tx.vault.putCustomer({ customerId: created, name, phone });
  return created;
};

/** The same phone and address with an open order is most likely the same wish typed twice. */
const refuseDuplicate = async (
  tx: Tx,
  { address }: NewOrder,
  samePhone: readonly Customer[],
): Promise<void> => {
  for (const customer of samePhone) {
    const orderIds = await tx.vault.ordersOf(customer.customerId);
    const contacts = await tx.vault.contacts(orderIds);
    for (const orderId of orderIds) {
      const known = contacts.get(orderId)?.address;
      if (known === undefined || !isSameAddress(known, address)) continue;
      tx.needs({ orders: [orderId] });
      const view = await tx.views.get(orderId);
      if (view?.open && view.stage !== 'completed') {
        throw new Refusal('DUPLICATE_ORDER', { orderId });
      }
    }
  }
};
