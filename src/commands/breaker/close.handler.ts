import { closeByHand } from '../../core/app/peers/force-breaker.ts';
import { peerOfBreaker } from '../../core/app/peers/read-breakers.ts';
import { actorDeps } from '../changing.ts';
import type { Handler } from '../framework/run/context.ts';
import { breakerCard } from './card.ts';
import type { breakerClose } from './close.ts';
import { breakerItem } from './row.ts';

export const run: Handler<typeof breakerClose> = async (ctx, { args, flags: { reason } }) => {
  const { breakers } = ctx.services;
  const lane = peerOfBreaker(breakers, args.name);
  const deps = await actorDeps(ctx, 'write');
  const { status, row } = await closeByHand(deps, lane, breakers[lane], { reason });
  if (status === 'already') await ctx.note(ctx.t.breaker.alreadyClosed);
  return breakerCard(ctx, breakerItem(row));
};
