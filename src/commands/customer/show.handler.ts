import { seesClear } from '../../core/app/clearance.ts';
import { readCustomer } from '../../core/app/orders/customers.ts';
import type { Handler } from '../framework/run/context.ts';
import { customerCard } from './card.ts';
import type { customerShow } from './show.ts';

export const run: Handler<typeof customerShow> = async ({ services, globals }, { args }) => {
  const clear = globals.showPii || seesClear(services.actor);
  // A clear reading is recorded.
  const store = await services.store(clear ? 'write' : 'read');
  const details = await readCustomer({ ...services, store }, args.id.toUpperCase(), { clear });
  return customerCard(details, { simulated: await services.simulated() });
};
