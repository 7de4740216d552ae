import { assignVisit } from '../../core/app/desk/assign-visit.ts';
import { recordCall } from '../../core/app/desk/desk.ts';
import { phoning } from '../../core/app/desk/phoning.ts';
import type { UsageFault } from '../../core/codes/usage-fault.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { appDeps, changeOptions } from '../changing.ts';
import type { InputOf } from '../framework/parse/descriptor.ts';
import type { Handler } from '../framework/run/context.ts';
import type { scheduleCall } from './call.ts';
import { changeVisits } from './visit-change.ts';

type Flags = InputOf<typeof scheduleCall>['flags'];

export const run: Handler<typeof scheduleCall> = async (ctx, { args, flags, change }) => {
  checkFlags(flags);
  const deps = await appDeps(ctx, change);
  const { outcome, at, note } = flags;
  const { call, here } = phoning({ orders: new Set(args.id).size, waitMs: change.wait });
  const options = changeOptions(ctx, change, { here });
  if (outcome !== undefined) {
    return changeVisits(ctx, args.id, change, {
      change: (orderId) => recordCall(deps, orderId, { ...options, call: { outcome, at, note } }),
      bulkNote: null,
      exits: false,
      here,
    });
  }
  const wish = { technician: 'auto', at: 'next', via: 'desk', call } as const;
  return changeVisits(ctx, args.id, change, {
    change: (orderId) => assignVisit(deps, orderId, { ...options, wish, command: 'schedule call' }),
    bulkNote: ctx.t.schedule.bulkHolds,
    exits: call === 'now',
    here,
  });
};

const checkFlags = ({ outcome, at, note }: Flags): void => {
  const usage = (fault: UsageFault): Refusal => new Refusal('USAGE', { fault, example: null });
  if (at !== undefined && outcome !== 'AGREED' && outcome !== 'CALLBACK')
    throw usage({
      code: 'GOES_WITH_ONE_OF',
      flag: '--at',
      partner: '--outcome',
      values: ['AGREED', 'CALLBACK'],
    });
  if (note !== undefined && outcome === undefined)
    throw usage({ code: 'GOES_WITH', flag: '--note', partner: '--outcome' });
};
