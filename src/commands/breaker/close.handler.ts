import { wakeLane } from '../../core/app/engine/wake-lane.ts';
import { closeByHand } from '../../core/app/peers/force-breaker.ts';
import { breakerNow } from '../../core/peers/breaker.ts';
import type { Handler } from '../framework/run/context.ts';
import { breakerCard } from './card.ts';
import type { breakerClose } from './close.ts';
import { breakerItem, breakerNamed } from './row.ts';

export const run: Handler<typeof breakerClose> = async (ctx, { args, flags }) => {
  const { services, t } = ctx;
  const breaker = breakerNamed(services, args.name);
  const { name, settings } = breaker;
  const store = await services.store('write');
  const closed = await closeByHand({ ...services, store }, breaker, { reason: flags.reason });
  const row = closed ?? breakerNow(await store.read((tx) => tx.breakers.get(name)), name, settings).row;
  if (closed !== null) await wakeLane({ ...services, store }, name.startsWith('ne:') ? 'ne' : 'tm');
  if (closed === null) await ctx.note(t.breaker.alreadyClosed);
  return breakerCard(ctx, breakerItem(row));
};
