import { moveVisit } from '../../core/app/desk/desk.ts';
import { runsHere } from '../../core/app/engine/carry-on.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { appDeps, changeOptions } from '../changing.ts';
import { askSome } from '../framework/ask/ask-some.ts';
import type { InputOf } from '../framework/parse/descriptor.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { mayAskVisit } from './ask-visit.ts';
import { scheduleMove } from './move.ts';
import { changeVisits } from './visit-change.ts';

type Flags = InputOf<typeof scheduleMove>['flags'];

/** On a terminal: what is to change, where nothing is said; of another time whether the customer has agreed to it. */
const asked = async (ctx: CommandContext, ids: readonly string[], flags: Flags): Promise<Flags> => {
  const isSaid = flags.at !== undefined || flags.technician !== undefined || flags.minutes !== undefined;
  if (isSaid || !mayAskVisit(ctx, ids)) return flags;
  const keys = ['at', 'technician', 'minutes'] as const;
  const given = await askSome(ctx, { spec: scheduleMove, keys }, { id: ids });
  const isOther = given.at !== undefined || given.minutes !== undefined;
  const agreed = flags.agreed || (isOther && (await ctx.prompts.confirm(ctx.t.schedule.ask.moveAgreed)));
  return { ...flags, ...given, agreed };
};

export const run: Handler<typeof scheduleMove> = async (ctx, { args, flags, change }) => {
  const { at, technician, minutes, agreed, code, force, reason } = await asked(ctx, args.id, flags);
  if (at === undefined && technician === undefined && minutes === undefined) {
    const example = 'schedule move 42 --technician auto --code TECHNICIAN_UNAVAILABLE';
    const fault = { code: 'NONE_GIVEN', flags: ['--at', '--technician', '--minutes'] } as const;
    throw new Refusal('USAGE', { fault, example });
  }
  if (force && reason === undefined) throw new Refusal('REASON_REQUIRED', { flag: '--force' });
  if (!force && reason !== undefined) {
    throw new Refusal('USAGE', {
      fault: { code: 'GOES_WITH', flag: '--reason', partner: '--force' },
      example: null,
    });
  }
  const deps = await appDeps(ctx, change);
  const here = runsHere({ orders: new Set(args.id).size, waitMs: change.wait });
  const options = changeOptions(ctx, change, { here });
  const move = { at, minutes, technicianId: technician, agreed, code, force: force ? reason : undefined };
  return changeVisits(ctx, args.id, change, {
    change: (orderId) => moveVisit(deps, orderId, { ...options, move }),
    exits: false,
    here,
    bulkNote: null,
  });
};
