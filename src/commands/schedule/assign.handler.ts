import { assignVisit } from '../../core/app/desk/assign-visit.ts';
import type { VisitWish } from '../../core/app/desk/choose-visit.ts';
import { phoning } from '../../core/app/desk/phoning.ts';
import type { UsageFault } from '../../core/codes/usage-fault.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { appDeps, changeOptions } from '../changing.ts';
import type { InputOf } from '../framework/parse/descriptor.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { askSlot, askWay, mayAskVisit } from './ask-visit.ts';
import type { scheduleAssign } from './assign.ts';
import { changeVisits } from './visit-change.ts';

type Flags = InputOf<typeof scheduleAssign>['flags'];

/** On a terminal the time is chosen and the way to the customer is asked, where neither is said. */
const asked = async (ctx: CommandContext, ids: readonly string[], flags: Flags): Promise<Flags> => {
  const [orderId] = ids;
  const isSaid = flags.at !== undefined || flags.force;
  if (orderId === undefined || isSaid || !mayAskVisit(ctx, ids)) return flags;
  const slot = await askSlot(ctx, orderId, flags);
  if (slot === null) return flags;
  const way = flags.agreed ? 'agreed' : flags.noCall ? 'hold' : await askWay(ctx);
  return { ...flags, ...slot, agreed: way === 'agreed', noCall: way === 'hold' };
};

export const run: Handler<typeof scheduleAssign> = async (ctx, { args, flags: typed, change }) => {
  const flags = await asked(ctx, args.id, typed);
  const orders = new Set(args.id).size;
  const { call, here } = phoning({ orders, waitMs: change.wait, isHoldOnly: flags.noCall });
  const wish = { ...wishOf(flags), call };
  const deps = await appDeps(ctx, change);
  const options = { ...changeOptions(ctx, change, { here }), wish };
  return changeVisits(ctx, args.id, change, {
    change: (orderId) => assignVisit(deps, orderId, options),
    bulkNote: ctx.t.schedule.bulkHolds,
    exits: call === 'now',
    here,
  });
};

const wishOf = (flags: Flags): Omit<VisitWish, 'call'> => {
  const { technician = 'auto', at = 'next', prefer, agreed, noCall, force, reason } = flags;
  const usage = (fault: UsageFault): Refusal => new Refusal('USAGE', { fault, example: null });
  if (agreed && noCall) throw usage({ code: 'NOT_TOGETHER', flags: ['--agreed', '--no-call'] });
  if (force && reason === undefined) throw new Refusal('REASON_REQUIRED', { flag: '--force' });
  if (!force && reason !== undefined)
    throw usage({ code: 'GOES_WITH', flag: '--reason', partner: '--force' });
  return {
    technician,
    at,
    prefer,
    via: agreed ? 'agreed' : 'desk',
    force: force ? reason : undefined,
  };
};
