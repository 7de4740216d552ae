import { eraseCustomer, readCustomer } from '../../core/app/orders/customers.ts';
import { confirmChange } from '../framework/ask/confirm.ts';
import type { Handler } from '../framework/run/context.ts';
import { customerCard } from './card.ts';
import type { customerErase } from './erase.ts';

export const run: Handler<typeof customerErase> = async (ctx, { args, flags }) => {
  const { services, t } = ctx;
  const customerId = args.id.toUpperCase();
  const deps = { ...services, store: await services.store('write') };
  const before = await readCustomer(deps, customerId, { clear: false });
  if (before.erasedAt === null) {
    await confirmChange(ctx, t.customers.confirmErase(customerId, before.name, before.orders.length));
  }
  const done = await eraseCustomer(deps, customerId, { reason: flags.reason });
  const after = await readCustomer(deps, customerId, { clear: false });
  return customerCard(after, {
    simulated: await services.simulated(),
    notes: [done === 'already' ? t.customers.erasedAlready : t.customers.backups],
  });
};
