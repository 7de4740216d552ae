import type { AppDeps } from '../../core/app/deps.ts';
import { type Reading, readDetails, readingOf } from '../../core/app/orders/read-details.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { object } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { operatorBlocks } from './operator-card.ts';
import type { orderShow } from './show.ts';
import { toldEvent } from './told-event.ts';

export const run: Handler<typeof orderShow> = async (ctx, { args, flags }) => {
  const { clock, ids, processes, policy, actor, store } = ctx.services;
  const orderId = args.id;
  const reading = await readingHere(ctx, orderId);
  // A clear reading leaves a row in the audit log, which is a write.
  const opened = await store(reading === 'clear' ? 'write' : 'read');
  const deps: AppDeps = { store: opened, clock, ids, processes, policy, actor };
  const { details, history } = await readDetails(deps, orderId, { reading });
  const work = await opened.read((tx) => tx.work.get(orderId));
  const shown = flags.history ? history : [];
  return object({
    schema: 'oss.order/1',
    data: flags.history ? { ...details, history: history.map(toldEvent) } : details,
    id: orderId,
    show: (data, view) => operatorBlocks(data, { work, history: shown }, view),
    ...(flags.history ? {} : { hints: [{ command: `events ${orderId}`, why: ctx.t.orders.story }] }),
  });
};

/** A technician's own visits are clear for that technician. Throws ORDER_NOT_FOUND before anything is written. */
const readingHere = async ({ services, globals }: CommandContext, orderId: string): Promise<Reading> => {
  const store = await services.store('read');
  const view = await store.read((tx) => tx.views.get(orderId));
  if (view === null) throw new Refusal('ORDER_NOT_FOUND', { orderId });
  const isOwn = services.actor === `technician:${view.visit?.technicianId}`;
  return isOwn ? 'clear' : readingOf(services.actor, globals.showPii);
};
