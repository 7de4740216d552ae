import { openOrder } from '../../core/app/orders/read-details.ts';
import { actorDeps } from '../changing.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { operatorBlocks } from './operator-card.ts';
import type { orderShow } from './show.ts';
import { toldEvent } from './told-event.ts';

export const run: Handler<typeof orderShow> = async (ctx, { args, flags }) => {
  const orderId = args.id;
  const { details, history, work } = await openOrder(await actorDeps(ctx, 'read'), orderId, {
    showPii: ctx.globals.showPii,
    writable: () => ctx.services.store('write'),
  });
  const shown = flags.history ? history : [];
  return object({
    schema: 'oss.order/1',
    data: flags.history ? { ...details, history: history.map(toldEvent) } : details,
    id: orderId,
    show: (data, view) => operatorBlocks(data, { work, history: shown }, view),
    ...(flags.history ? {} : { hints: [{ command: `events ${orderId}`, why: ctx.t.orders.story }] }),
  });
};
