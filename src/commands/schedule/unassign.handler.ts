import { unassignVisit } from '../../core/app/desk/desk.ts';
import { orderMustBeThere } from '../../core/app/desk/visit-outcome.ts';
import { actorDeps, appDeps, carryOn, changeOptions } from '../changing.ts';
import type { Handler } from '../framework/run/context.ts';
import { overIds } from '../framework/run/over-ids.ts';
import type { scheduleUnassign } from './unassign.ts';

export const run: Handler<typeof scheduleUnassign> = async (ctx, { args, change: flags }) => {
  const { t } = ctx;
  const { released, nothingHeld } = t.schedule.standing;
  const deps = await appDeps(ctx, flags);
  const reading = await actorDeps(ctx, 'read');
  const isOne = new Set(args.id).size === 1;
  const options = changeOptions(ctx, flags, { here: isOne });
  return overIds(ctx, args.id, {
    check: (orderId) => orderMustBeThere(reading, orderId),
    change: async (orderId) => {
      const change = await unassignVisit(deps, orderId, options);
      if (isOne) await carryOn(ctx, change, flags);
      return { status: change.status, message: change.status === 'done' ? released : nothingHeld };
    },
    ending: flags.dryRun ? { notes: [t.common.dryRun] } : {},
  });
};
