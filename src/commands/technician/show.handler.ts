import { readTechnician } from '../../core/app/technicians/read-technicians.ts';
import { actorDeps } from '../changing.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { technicianCard } from './card.ts';
import type { technicianShow } from './show.ts';

export const run: Handler<typeof technicianShow> = async (ctx, { args, flags }) => {
  const { showPii } = ctx.globals;
  const writable = () => ctx.services.store('write');
  const deps = await actorDeps(ctx, 'read');
  return object({
    schema: 'oss.technician/1',
    data: await readTechnician(deps, args.id, { days: flags.days, showPii, writable }),
    id: args.id,
    show: (technician, view) => technicianCard(technician, flags.days, view),
  });
};
