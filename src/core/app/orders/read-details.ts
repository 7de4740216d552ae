import type { Contact } from '../../order/contact.ts';
import type { WorkRow } from '../../ports/work.ts';
import type { Envelope } from '../../process/events.ts';
import { mustExist } from '../../process/legal.ts';
import { type OrderProcess, processOf } from '../../process/process.ts';
import { Refusal } from '../../rules/refusal.ts';
import { iso } from '../../time/iso.ts';
import { roleOf } from '../../values/actor.ts';
import { maskAddress, maskName, maskPhone } from '../../values/mask.ts';
import { type OrderDetails, orderDetails } from '../../views/order-details.ts';
import type { Change } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { type FoundOrder, foundOrder } from '../found-order.ts';

/**
 * How personal data is shown. clear: leaves one audit row. own: clear without one, for who has just typed it or whose
 * own it is.
 */
export type Reading = 'clear' | 'masked' | 'own';

/** Opened orders are clear for customer service and those who run the place; the rest ask for it. */
export const readingOf = (actor: string, showPii: boolean): Reading => {
  const role = roleOf(actor);
  return showPii || role === 'cs' || role === 'supervisor' || role === 'dispatcher' || role === 'tm'
    ? 'clear'
    : 'masked';
};

export type ReadDetails = { readonly details: OrderDetails; readonly history: readonly Envelope[] };

type Known = Pick<Contact, 'name' | 'phone' | 'address'>;
const masked = (contact: Known | undefined): Known | undefined =>
  contact && {
    name: maskName(contact.name),
    phone: maskPhone(contact.phone),
    address: maskAddress(contact.address),
  };

/** Texts by id without the name of who signed, which is a name like any other. */
export const maskedTexts = (
  { fieldwork }: OrderProcess,
  texts: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> => {
  const signer = fieldwork.completed?.result.signerTextId;
  const name = signer === undefined ? undefined : texts.get(signer);
  return signer === undefined || name === undefined ? texts : new Map(texts).set(signer, maskName(name));
};

/** What was found, as this reader may see it. */
const shown = (
  process: OrderProcess,
  found: Omit<FoundOrder, 'contact'> & { contact: Known | undefined },
  reading: Reading,
) =>
  reading === 'masked'
    ? { ...found, contact: masked(found.contact), texts: maskedTexts(process, found.texts) }
    : found;

/** One order with all that a reader may see of it. Throws Refusal ORDER_NOT_FOUND. */
const readDetails = async (
  deps: AppDeps,
  orderId: string,
  { reading }: { readonly reading: Reading },
): Promise<ReadDetails> => {
  const { policy } = deps;
  const now = deps.clock.now();
  const { process, found } = await deps.store.read(async (tx) => {
    const events = await tx.events.load(orderId);
    const process = processOf(orderId, events);
    mustExist(process);
    return { process, found: await foundOrder(tx, process, { events, policy, now }) };
  });
  if (reading === 'clear' && found.contact !== undefined) await auditReading(deps, orderId);
  return { details: orderDetails(process, shown(process, found, reading)), history: found.events };
};

/** How an order is opened. `writable`: where a clear reading is written down. */
export type Opening = {
  readonly showPii: boolean;
  readonly writable: () => Promise<AppDeps['store']>;
};

/** One order with the work that is left of it. */
export type OpenedOrder = ReadDetails & { readonly work: WorkRow | null };

/**
 * Opens an order for those who work on it: clear for them, and for a technician on their own visit, which leaves one
 * audit row; masked for the others, unless they ask for it. Throws Refusal ORDER_NOT_FOUND before anything is written.
 */
export const openOrder = async (
  deps: AppDeps,
  orderId: string,
  { showPii, writable }: Opening,
): Promise<OpenedOrder> => {
  const view = await deps.store.read((tx) => tx.views.get(orderId));
  if (view === null) throw new Refusal('ORDER_NOT_FOUND', { orderId });
  const isOwnVisit = deps.actor === `technician:${view.visit?.technicianId}`;
  const reading = isOwnVisit ? 'clear' : readingOf(deps.actor, showPii);
  const opened = reading === 'clear' ? { ...deps, store: await writable() } : deps;
  const read = await readDetails(opened, orderId, { reading });
  return { ...read, work: await opened.store.read((tx) => tx.work.get(orderId)) };
};

export type StatusReading = {
  readonly showPii: boolean;
  /** Read, and audited, just before. */
  readonly isSeen?: boolean;
};

/** How far an order is: masked for everybody, in clear for those who ask for it, which leaves one audit row. */
export const readStatus = async (
  deps: AppDeps,
  orderId: string,
  { showPii, isSeen = false }: StatusReading,
): Promise<OrderDetails> => {
  const reading = !showPii ? 'masked' : isSeen ? 'own' : 'clear';
  return (await readDetails(deps, orderId, { reading })).details;
};

/** The order as a change left it; of a dry run as it would be, read in the write that was rolled back. */
export const readChanged = async (
  deps: AppDeps,
  { process, rehearsed }: Pick<Change, 'process' | 'rehearsed'>,
  { reading }: { readonly reading: Reading },
): Promise<OrderDetails> => {
  if (rehearsed === null) return (await readDetails(deps, process.orderId, { reading })).details;
  if (reading === 'clear' && rehearsed.contact !== undefined) await auditReading(deps, process.orderId);
  return orderDetails(process, shown(process, rehearsed, reading));
};

const auditReading = ({ store, actor, clock }: AppDeps, subject: string): Promise<void> =>
  store.write((tx) => tx.audit.add({ at: iso(clock.now()), actor, action: 'pii.read', subject, detail: {} }));
