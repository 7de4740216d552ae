import {
  followedEvents,
  type LogQuery,
  mustHaveEvents,
  positionOfLast,
  storedEvents,
} from '../core/app/orders/read-log.ts';
import { CONTEXT_OF } from '../core/process/context-of.ts';
import type { Envelope, EventType } from '../core/process/events.ts';
import type { events } from './events.ts';
import { list } from './framework/print/result.ts';
import type { Handler } from './framework/run/context.ts';
import { eventLine, eventText } from './order/event-line.ts';
import { toldEvent } from './order/told-event.ts';
import { everyChange } from './status/watch.ts';

/** What people are shown of the whole log when they do not say where to begin. */
const LAST = 50;

export const run: Handler<typeof events> = async (ctx, { args, flags }) => {
  const deps = { store: await ctx.services.store('read') };
  const orderId = args.id;
  if (orderId !== undefined) await mustHaveEvents(deps, orderId);
  const whole = orderId !== undefined || flags.after !== undefined || (ctx.streaming && !flags.follow);
  const asked: LogQuery = {
    orderId,
    types: flags.type?.filter(isEventType),
    after: flags.after ?? (whole ? 0 : await positionOfLast(deps, LAST)),
    limit: flags.limit ?? Number.POSITIVE_INFINITY,
  };
  const named = orderId === undefined;
  const { columns } = ctx.t.orders;
  return list<Envelope>({
    schema: 'oss.events/1',
    items: flags.follow
      ? followedEvents(deps, asked, everyChange(ctx, { timeout: undefined }))
      : storedEvents(deps, asked),
    id: ({ eventId }) => eventId,
    told: toldEvent,
    columns: [
      { title: columns.order, drop: 0, cell: (event) => event.orderId },
      { title: columns.what, drop: 0, cell: eventText },
    ],
    line: (event, view) => eventLine(event, view, { named }),
    notes: whole || flags.follow || asked.after === 0 ? [] : [ctx.t.story.lastOnly(LAST)],
  });
};

const isEventType = (text: string): text is EventType => Object.hasOwn(CONTEXT_OF, text);
