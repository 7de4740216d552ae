import type { Contact } from '../order/contact.ts';
import type { Tx } from '../ports/store.ts';
import type { WorkRow } from '../ports/work.ts';
import type { Envelope } from '../process/events.ts';
import type { OrderProcess } from '../process/process.ts';
import type { LateReading } from '../rules/late.ts';
import type { Policy } from '../rules/policy.ts';
import { textIdsOf } from '../views/order-details.ts';
import { orderView } from '../views/project.ts';
import { readLateOf } from './overview/read-forecast.ts';

/** What a reader sees of an order besides its own state: its log, what lies beside the log, and how late it is judged. */
export type FoundOrder = LateReading & {
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
  {
    events,
    ...reading
  }: { readonly events: readonly Envelope[]; readonly now: number; readonly policy: Policy },
): Promise<FoundOrder> => ({
  ...(await readLateOf(tx, orderView(process), reading)),
  events,
  contact: (await tx.vault.contacts([process.orderId])).get(process.orderId),
  texts: await tx.vault.texts(textIdsOf(process)),
  work: await tx.work.get(process.orderId),
  simulated: (await tx.meta.binding())?.simulated ?? true,
});
