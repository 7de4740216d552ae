import type { Envelope } from '../events.ts';
import { mustExist } from '../legal.ts';
import { maskAddress, maskName, maskPhone } from '../mask.ts';
import { processOf } from '../process.ts';
import { iso } from '../time/iso.ts';
import { type OrderDetails, orderDetails, textIdsOf } from '../views/order-details.ts';
import type { AppDeps } from './deps.ts';

/** Whether the reader sees personal data in the clear; a clear reading leaves one audit row. */
export type Reading = 'clear' | 'masked';

/** Opened orders are clear for customer service and those who run the place; the rest ask for it. */
export const readingOf = (actor: string, showPii: boolean): Reading => {
  const role = actor.slice(0, actor.indexOf(':'));
  return showPii || role === 'cs' || role === 'supervisor' || role === 'dispatcher' || role === 'tm'
    ? 'clear'
    : 'masked';
};

/** One order with all that is told of it. Throws Refusal ORDER_NOT_FOUND. */
export const readDetails = async (
  deps: AppDeps,
  orderId: string,
  { reading }: { readonly reading: Reading },
): Promise<{ readonly details: OrderDetails; readonly history: readonly Envelope[] }> => {
  const { store, policy, clock } = deps;
  const read = await store.read(async (tx) => {
    const events = await tx.events.load(orderId);
    const process = processOf(orderId, events);
    mustExist(process);
    const contact = (await tx.vault.contacts([orderId])).get(orderId);
    const texts = await tx.vault.texts(textIdsOf(process));
    const work = await tx.work.get(orderId);
    const binding = await tx.meta.binding();
    return { events, process, contact, texts, work, simulated: binding?.simulated ?? true };
  });
  const { events, process, contact, texts, work, simulated } = read;
  const shown =
    reading === 'clear' || contact === undefined
      ? contact
      : {
          name: maskName(contact.name),
          phone: maskPhone(contact.phone),
          address: maskAddress(contact.address),
        };
  if (reading === 'clear' && contact !== undefined) await auditReading(deps, orderId);
  const sources = { events, contact: shown, texts, work, policy, now: clock.now(), simulated };
  return { details: orderDetails(process, sources), history: events };
};

const auditReading = ({ store, actor, clock }: AppDeps, subject: string): Promise<void> =>
  store.write((tx) => tx.audit.add({ at: iso(clock.now()), actor, action: 'pii.read', subject, detail: {} }));
