import { cloudEvent, feedSource } from '../core/app/orders/feed.ts';
import {
  beforeLast,
  followedEvents,
  type LogQuery,
  mustHaveEvents,
  storedEvents,
} from '../core/app/orders/read-log.ts';
import { type Cursor, compareCursors, cursorText, parseCursor, START } from '../core/ports/cursor.ts';
import type { FeedEvent } from '../core/ports/store.ts';
import { CONTEXT_OF } from '../core/process/context-of.ts';
import type { EventType } from '../core/process/events.ts';
import { Refusal } from '../core/rules/refusal.ts';
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
    after: flags.after === undefined ? (whole ? START : await beforeLast(deps, LAST)) : cursorOf(flags.after),
    limit: flags.limit ?? Number.POSITIVE_INFINITY,
  };
  const source = ctx.format === 'cloudevents' ? await feedSource(deps) : '';
  const named = orderId === undefined;
  const { columns } = ctx.t.orders;
  return list<FeedEvent>({
    schema: 'oss.events/1',
    items: flags.follow
      ? followedEvents(deps, asked, everyChange(ctx, { timeout: undefined }))
      : storedEvents(deps, asked),
    id: ({ eventId }) => eventId,
    told: ({ cursor, ...event }) =>
      ctx.format === 'cloudevents'
        ? cloudEvent({ ...event, cursor }, source)
        : { ...toldEvent(event), cursor: cursorText(cursor) },
    columns: [
      { title: columns.order, drop: 0, cell: (event) => event.orderId },
      { title: columns.what, drop: 0, cell: eventText },
    ],
    line: (event, view) => eventLine(event, view, { named }),
    notes:
      whole || flags.follow || compareCursors(asked.after, START) === 0 ? [] : [ctx.t.story.lastOnly(LAST)],
  });
};

const isEventType = (text: string): text is EventType => Object.hasOwn(CONTEXT_OF, text);

const cursorOf = (text: string): Cursor => {
  const cursor = parseCursor(text);
  if (cursor !== null) return cursor;
  throw new Refusal('BAD_VALUE', { flag: '--after', value: text, expected: { code: 'FEED_CURSOR' } });
};
