import { assignVisit } from '../../core/app/desk/assign-visit.ts';
import { recordCall } from '../../core/app/desk/desk.ts';
import { phoning } from '../../core/app/desk/phoning.ts';
import { summariesOf } from '../../core/app/orders/find-orders.ts';
import type { UsageFault } from '../../core/codes/usage-fault.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { parseTime } from '../../core/time/parse.ts';
import { actorDeps, appDeps, changeOptions } from '../changing.ts';
import type { InputOf } from '../framework/parse/descriptor.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { askSlot, mayAskVisit } from './ask-visit.ts';
import { scheduleCall } from './call.ts';
import { changeVisits } from './visit-change.ts';

type Flags = InputOf<typeof scheduleCall>['flags'];

/** What the desk is to do when nobody has said what the customer said: phone, for a time that was shown. */
type Asked = {
  readonly flags: Flags;
  readonly slot: { readonly at: number; readonly technician: string } | null;
};

/** On a terminal: what the customer said, or that the desk is to phone now, and for when where nothing is held. */
const asked = async (ctx: CommandContext, ids: readonly string[], flags: Flags): Promise<Asked> => {
  const [orderId] = ids;
  if (orderId === undefined || flags.outcome !== undefined || !mayAskVisit(ctx, ids))
    return { flags, slot: null };
  const { ask, outcomes } = ctx.t.schedule;
  const said = scheduleCall.flags.outcome.choices.map((value) => ({
    value,
    name: `${outcomes[value]} (${value})`,
  }));
  const outcome = await ctx.prompts.select<Flags['outcome'] | null>({
    message: ask.outcome,
    choices: [{ value: null, name: ask.phone }, ...said],
    back: true,
  });
  if (outcome === null || outcome === undefined) {
    const [order] = await summariesOf(await actorDeps(ctx, 'read'), [orderId]);
    return { flags, slot: order?.visit === null ? await askSlot(ctx, orderId, {}) : null };
  }
  const at = await askedTime(ctx, outcome);
  return { flags: { ...flags, outcome, at }, slot: null };
};

const askedTime = async (ctx: CommandContext, outcome: string): Promise<number | undefined> => {
  const { ask } = ctx.t.schedule;
  if (outcome !== 'CALLBACK' && outcome !== 'AGREED') return undefined;
  const isOptional = outcome === 'AGREED';
  const text = await ctx.prompts.input({
    message: isOptional ? ask.agreedAt : ask.callAgainAt,
    back: true,
    validate: (typed) =>
      (isOptional && typed.trim() === '') || parseTime(typed, ctx.now(), ctx.view.tz).ok
        ? null
        : ctx.t.expected.time,
  });
  const parsed = parseTime(text, ctx.now(), ctx.view.tz);
  return parsed.ok ? parsed.at : undefined;
};

export const run: Handler<typeof scheduleCall> = async (ctx, { args, flags: typed, change }) => {
  checkFlags(typed);
  const { flags, slot } = await asked(ctx, args.id, typed);
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
  const wish = { ...(slot ?? { technician: 'auto', at: 'next' as const }), via: 'desk' as const, call };
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
