import type { Contact } from '../order/contact.ts';
import type { Tx } from '../ports/store.ts';
import type { WorkRow } from '../ports/work.ts';
import type { Envelope } from '../process/events.ts';
import type { OrderProcess } from '../process/process.ts';
import { textIdsOf } from '../views/order-details.ts';

/** What a reader sees of an order besides its own state: its log, and what lies beside the log. */
export type FoundOrder = {
  readonly events: readonly Envelope[];
  /** undefined: erased. */
  readonly contact: Contact | undefined;
  readonly texts: ReadonlyMap<string, string>;
  readonly work: WorkRow | null;
  readonly simulated: boolean;
};

/** As it is in this transaction: in a rehearsal too, whose writes no other process will ever see. */
export const foundOrder = async (
  tx: Tx,
  process: OrderProcess,
  events: readonly Envelope[],
): Promise<FoundOrder> => ({
  events,
  contact: (await tx.vault.contacts([process.orderId])).get(process.orderId),
  texts: await tx.vault.texts(textIdsOf(process)),
  work: await tx.work.get(process.orderId),
  simulated: (await tx.meta.binding())?.simulated ?? true,
});
