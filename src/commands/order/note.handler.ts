import { addNote } from '../../core/app/orders/change-terms.ts';
import { appDeps, changeOptions } from '../changing.ts';
import type { Handler } from '../framework/run/context.ts';
import { changedOrder } from './changed.ts';
import type { orderNote } from './note.ts';

export const run: Handler<typeof orderNote> = async (ctx, { args, flags, change: asked }) => {
  const deps = await appDeps(ctx, asked);
  // A note makes no step due: nothing is claimed and no peer is started.
  const options = changeOptions(ctx, asked, { here: false });
  const noted = await addNote(deps, args.id, { ...options, text: flags.text });
  return changedOrder(ctx, deps, { change: noted, asked, done: ctx.t.orders.sentence.note(args.id) });
};
