import { openByHand } from '../../core/app/peers/force-breaker.ts';
import { peerOfBreaker } from '../../core/app/peers/read-breakers.ts';
import { actorDeps } from '../changing.ts';
import type { Handler } from '../framework/run/context.ts';
import { breakerCard } from './card.ts';
import type { breakerOpen } from './open.ts';
import { breakerItem } from './row.ts';

export const run: Handler<typeof breakerOpen> = async (ctx, { args, flags }) => {
  const { services } = ctx;
  const breaker = services.breakers[peerOfBreaker(services.breakers, args.name)];
  const until = services.clock.now() + flags.for;
  const row = await openByHand(await actorDeps(ctx, 'write'), breaker, { until, reason: flags.reason });
  return breakerCard(ctx, breakerItem(row), [
    { command: `breaker close ${args.name} --reason "…"`, why: ctx.t.breaker.sooner },
  ]);
};
