import type { Stage } from '../../rules/stage.ts';
import { parsePhone } from '../../values/phone.ts';
import { MASKED, type Shown, shownField } from '../../views/personal.ts';
import { recordApart } from '../audit.ts';
import type { AppDeps } from '../deps.ts';

/** A customer of a phone number, masked, with the orders on which something is left to do. */
export type KnownCustomer = {
  readonly customerId: string;
  readonly name: Shown;
  readonly open: readonly { readonly orderId: string; readonly stage: Stage; readonly area: string | null }[];
};

/**
 * Who has this whole phone number, before an order is placed for it. It is a search by phone: one row in the audit log, also when nobody
 * has it. What is no phone number is nobody's.
 */
export const knownByPhone = async (
  deps: Pick<AppDeps, 'store' | 'clock' | 'actor' | 'via'>,
  typed: string,
): Promise<readonly KnownCustomer[]> => {
  const phone = parsePhone(typed);
  if (phone === null) return [];
  const known = await deps.store.read(async (tx) => {
    const customers: KnownCustomer[] = [];
    for (const { customerId, name } of await tx.vault.customersByPhone(phone)) {
      const { items } = await tx.views.list({ customerId, open: true, sort: '-id', limit: MOST });
      const open = items.map(({ orderId, stage, area }) => ({ orderId, stage, area }));
      customers.push({ customerId, name: shownField('name', name, MASKED), open });
    }
    return customers;
  });
  await recordApart(deps, {
    action: 'search.read',
    subject: 'order new',
    detail: { by: 'phone' },
    orderIds: known.flatMap(({ open }) => open.map(({ orderId }) => orderId)),
    customerIds: known.map(({ customerId }) => customerId),
  });
  return known;
};

/** Open orders of one customer that are shown. */
const MOST = 10;
