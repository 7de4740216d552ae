import { closeByHand } from '../../core/app/peers/force-breaker.ts';
import { actorDeps } from '../changing.ts';
import type { Handler } from '../framework/run/context.ts';
import { breakerCard } from './card.ts';
import type { breakerClose } from './close.ts';
import { breakerItem, breakerNamed } from './row.ts';

export const run: Handler<typeof breakerClose> = async (ctx, { args, flags: { reason } }) => {
  const breaker = breakerNamed(ctx.services, args.name);
  const lane = breaker.name.startsWith('ne:') ? 'ne' : 'tm';
  const deps = await actorDeps(ctx, 'write');
  const { status, row } = await closeByHand(deps, lane, breaker, { reason });
  if (status === 'already') await ctx.note(ctx.t.breaker.alreadyClosed);
  return breakerCard(ctx, breakerItem(row));
};
