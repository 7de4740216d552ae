import { readTechnician } from '../../core/app/technicians/read-technicians.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { technicianCard } from './card.ts';
import type { technicianShow } from './show.ts';

export const run: Handler<typeof technicianShow> = async ({ services }, { args, flags }) => {
  const store = await services.store('read');
  const deps = { store, policy: services.policy, clock: services.clock };
  return object({
    schema: 'oss.technician/1',
    data: await readTechnician(deps, args.id, flags),
    id: args.id,
    show: (technician, view) => technicianCard(technician, flags.days, view),
  });
};
