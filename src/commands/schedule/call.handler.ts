import { assignVisit } from '../../core/app/desk/assign-visit.ts';
import { recordCall } from '../../core/app/desk/desk.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { appDeps, changeOptions } from '../changing.ts';
import type { InputOf } from '../framework/parse/descriptor.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import type { scheduleCall } from './call.ts';
import { changeVisits } from './visit-change.ts';

type Flags = InputOf<typeof scheduleCall>['flags'];

export const run: Handler<typeof scheduleCall> = async (ctx, { args, flags, change }) => {
  checkFlags(ctx, flags);
  const deps = await appDeps(ctx, change);
  const { outcome, at, note } = flags;
  const now = new Set(args.id).size === 1;
  // Without a claim nothing runs inline: several customers are not phoned by one command.
  const carries = now || change.wait !== undefined;
  const options = { ...changeOptions(ctx, change), ...(carries ? {} : { claim: false }) };
  if (outcome !== undefined) {
    return changeVisits(ctx, args.id, change, {
      change: (orderId) => recordCall(deps, orderId, { ...options, call: { outcome, at, note } }),
      bulkNote: null,
      exits: false,
      carries,
    });
  }
  const wish = { technician: 'auto', at: 'next', via: 'desk', call: now ? 'now' : 'hours' } as const;
  return changeVisits(ctx, args.id, change, {
    change: (orderId) => assignVisit(deps, orderId, { ...options, wish, command: 'schedule call' }),
    bulkNote: ctx.t.schedule.bulkHolds,
    exits: now,
    carries,
  });
};

const checkFlags = ({ t }: CommandContext, { outcome, at, note }: Flags): void => {
  const usage = (message: string): Refusal => new Refusal('USAGE', { message, example: null });
  if (at !== undefined && outcome !== 'AGREED' && outcome !== 'CALLBACK')
    throw usage(t.schedule.atWithOutcome);
  if (note !== undefined && outcome === undefined) throw usage(t.schedule.noteWithOutcome);
};
