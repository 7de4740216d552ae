import { assignVisit } from '../../core/app/desk/assign-visit.ts';
import type { VisitWish } from '../../core/app/desk/choose-visit.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { appDeps, changeOptions } from '../changing.ts';
import type { InputOf } from '../framework/parse/descriptor.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import type { scheduleAssign } from './assign.ts';
import { changeVisits } from './visit-change.ts';

type Flags = InputOf<typeof scheduleAssign>['flags'];

export const run: Handler<typeof scheduleAssign> = async (ctx, { args, flags, change }) => {
  const isOne = new Set(args.id).size === 1;
  const now = isOne && !flags.noCall;
  // Whoever waits for several has them phoned here, but only within the calling hours.
  const carries = now || (change.wait !== undefined && !flags.noCall);
  const wish = wishOf(ctx, flags, now);
  const deps = await appDeps(ctx, change);
  // Without a claim nothing runs inline: a hold alone must not ring.
  const options = { ...changeOptions(ctx, change), ...(carries ? {} : { claim: false }), wish };
  return changeVisits(ctx, args.id, change, {
    change: (orderId) => assignVisit(deps, orderId, options),
    bulkNote: ctx.t.schedule.bulkHolds,
    exits: now,
    carries,
  });
};

const wishOf = ({ t }: CommandContext, flags: Flags, now: boolean): VisitWish => {
  const { technician = 'auto', at = 'next', prefer, agreed, noCall, force, reason } = flags;
  const usage = (message: string): Refusal => new Refusal('USAGE', { message, example: null });
  if (agreed && noCall) throw usage(t.schedule.agreedOrNoCall);
  if (force && reason === undefined) throw new Refusal('REASON_REQUIRED', { flag: '--force' });
  if (!force && reason !== undefined) throw usage(t.schedule.reasonWithoutForce);
  return {
    technician,
    at,
    prefer,
    via: agreed ? 'agreed' : 'desk',
    call: now ? 'now' : 'hours',
    force: force ? reason : undefined,
  };
};
