import { readCustomer } from '../../core/app/orders/customers.ts';
import { readingOf } from '../../core/app/orders/read-details.ts';
import type { Handler } from '../framework/run/context.ts';
import { customerCard } from './card.ts';
import type { customerShow } from './show.ts';

export const run: Handler<typeof customerShow> = async ({ services, globals }, { args }) => {
  const reading = readingOf(services.actor, globals.showPii);
  // A clear reading is recorded.
  const store = await services.store(reading === 'clear' ? 'write' : 'read');
  const details = await readCustomer({ ...services, store }, args.id.toUpperCase(), reading);
  return customerCard(details, { simulated: await services.simulated() });
};
