import type { WorkRow } from '../../ports/work.ts';
import type { Envelope } from '../../process/events.ts';
import { mustExist } from '../../process/legal.ts';
import { type OrderProcess, processOf } from '../../process/process.ts';
import { type ClientOrder, clientOrder } from '../../views/client-order.ts';
import { type OrderDetails, orderDetails } from '../../views/order-details.ts';
import {
  type Known,
  MASKED,
  type Shown,
  type Sight,
  shownContact,
  shownField,
  shownText,
  type Typed,
} from '../../views/personal.ts';
import type { Recorded } from '../audit.ts';
import type { Change } from '../change-order.ts';
import { clearanceFor, seesClear } from '../clearance.ts';
import type { AppDeps } from '../deps.ts';
import { isOwnVisit } from '../field/field-rules.ts';
import { type FoundOrder, foundOrder } from '../found-order.ts';

export type ReadDetails = { readonly details: OrderDetails; readonly history: readonly Envelope[] };

const tell = (
  process: OrderProcess,
  { found, sight }: { readonly found: FoundOrder; readonly sight: Sight },
): OrderDetails =>
  orderDetails(process, {
    ...found,
    contact: shownContact(found.contact, sight),
    texts: shownTexts(process, found, sight),
  });

/** Texts by id; the name of who signed is a name like any other. */
export const shownTexts = (
  { fieldwork }: OrderProcess,
  { texts, contact }: { readonly texts: ReadonlyMap<string, string>; readonly contact: Known | undefined },
  sight: Sight,
): ReadonlyMap<string, Shown> => {
  const signer = fieldwork.completed?.result.signerTextId;
  return new Map(
    [...texts].map(([textId, text]) => [
      textId,
      textId === signer ? shownField('name', text, sight) : shownText(text, contact, sight),
    ]),
  );
};

/** Of an erased order there is nothing to see, and nothing to record. */
export const clearSight = async (
  deps: Recorded & Pick<AppDeps, 'store'>,
  process: OrderProcess,
  { contact }: Pick<FoundOrder, 'contact'>,
): Promise<Sight> =>
  contact === undefined
    ? MASKED
    : clearanceFor(deps, {
        subject: process.orderId,
        orders: [process.orderId],
        customers: [contact.customerId],
        isOwn: isOwnVisit(process, deps.actor),
      });

/**
 * One order as its client reads it, masked, or in clear to those who ask for it and may, which leaves one audit row. Throws
 * Refusal ORDER_NOT_FOUND, DENIED.
 */
export const readClientOrder = async (
  deps: AppDeps,
  orderId: string,
  { showPii }: { readonly showPii: boolean },
): Promise<ClientOrder> => {
  const { process, found } = await findOrder(deps, orderId);
  const sight = showPii ? await clearSight(deps, process, found) : MASKED;
  return clientOrder(process, {
    ...found,
    contact: shownContact(found.contact, sight),
    texts: shownTexts(process, found, sight),
  });
};

/** The order and all that lies beside it, as it is kept. Throws Refusal ORDER_NOT_FOUND. */
const findOrder = ({ store, policy, clock }: AppDeps, orderId: string) =>
  store.read(async (tx) => {
    const events = await tx.events.load(orderId);
    const process = processOf(orderId, events);
    mustExist(process);
    return { process, found: await foundOrder(tx, process, { events, policy, now: clock.now() }) };
  });

/** How an order is opened. `writable`: where a clear reading is written down. */
export type Opening = {
  readonly showPii: boolean;
  readonly writable: () => Promise<AppDeps['store']>;
};

/** One order with the work that is left of it. */
export type OpenedOrder = ReadDetails & { readonly work: WorkRow | null };

/**
 * Opens an order for those who work on it: clear for them, and for a technician on their own visit, which leaves one
 * audit row; masked for the others. Throws Refusal ORDER_NOT_FOUND before anything is written, DENIED to others who ask
 * for more.
 */
export const openOrder = async (
  deps: AppDeps,
  orderId: string,
  { showPii, writable }: Opening,
): Promise<OpenedOrder> => {
  const { process, found } = await findOrder(deps, orderId);
  const isClear = showPii || seesClear(deps.actor) || isOwnVisit(process, deps.actor);
  const sight = isClear ? await clearSight({ ...deps, store: await writable() }, process, found) : MASKED;
  return { details: tell(process, { found, sight }), history: found.events, work: found.work };
};

export type StatusReading = {
  readonly showPii: boolean;
  /** Given with an earlier reading of this very order. */
  readonly seen?: Sight | undefined;
};

/** `sight`: for the next reading of the same order, so that who watches it is recorded once. */
export type ReadStatus = { readonly details: OrderDetails; readonly sight: Sight };

/**
 * How far an order is: told in front of anybody, and in clear to those who ask for it and may, which leaves one audit
 * row. Throws Refusal ORDER_NOT_FOUND, DENIED.
 */
export const readStatus = async (
  deps: AppDeps,
  orderId: string,
  { showPii, seen }: StatusReading,
): Promise<ReadStatus> => {
  const { process, found } = await findOrder(deps, orderId);
  const sight = seen ?? (showPii ? await clearSight(deps, process, found) : MASKED);
  return { details: tell(process, { found, sight }), sight };
};

/** How a change is answered. `typed`: what was typed in this very command, which is shown as it was. */
export type ChangeReading = { readonly showPii: boolean; readonly typed?: Typed | undefined };

/**
 * The order as a change left it; of a dry run as it would be, read in the write that was rolled back. Throws Refusal
 * DENIED to those who ask for personal data and may not see it.
 */
export const readChanged = async (
  deps: AppDeps,
  { process: changed, rehearsed }: Pick<Change, 'process' | 'rehearsed'>,
  { showPii, typed }: ChangeReading,
): Promise<OrderDetails> => {
  const { process, found } =
    rehearsed === null ? await findOrder(deps, changed.orderId) : { process: changed, found: rehearsed };
  const sight: Sight = showPii
    ? await clearSight(deps, process, found)
    : typed === undefined
      ? MASKED
      : { kind: 'typed', typed };
  return tell(process, { found, sight });
};
