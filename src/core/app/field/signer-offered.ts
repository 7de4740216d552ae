import { seesClear } from '../clearance.ts';
import type { AppDeps } from '../deps.ts';
import { clearSight } from '../orders/read-details.ts';
import { readOrder } from '../write-order.ts';
import { isOwnVisit } from './field-rules.ts';

/**
 * The customer's name, for whoever reports the visit and may see it: mostly it is the customer who signs. null: erased, or of
 * somebody else's visit. It is a clear reading, which leaves an audit row.
 */
export const signerOffered = async (deps: AppDeps, orderId: string): Promise<string | null> => {
  const { process, contact } = await deps.store.read(async (tx) => ({
    process: await readOrder(tx, orderId),
    contact: (await tx.vault.contacts([orderId])).get(orderId),
  }));
  if (contact === undefined || !(seesClear(deps.actor) || isOwnVisit(process, deps.actor))) return null;
  await clearSight(deps, process, { contact });
  return contact.name;
};
