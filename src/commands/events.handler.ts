import type { EventPage, Store } from '../core/ports/store.ts';
import { CONTEXT_OF } from '../core/process/context-of.ts';
import type { Envelope, EventType } from '../core/process/events.ts';
import { Refusal } from '../core/rules/refusal.ts';
import type { events } from './events.ts';
import { list } from './framework/print/result.ts';
import type { CommandContext, Handler } from './framework/run/context.ts';
import { eventLine, eventText } from './order/event-line.ts';
import { toldEvent } from './order/told-event.ts';
import { everyChange } from './status/watch.ts';

const PAGE = 500;
/** What people are shown of the whole log when they do not say where to begin. */
const LAST = 50;

type Asked = {
  readonly orderId: string | undefined;
  readonly types: readonly EventType[] | undefined;
  readonly after: number;
  readonly limit: number;
  readonly follow: boolean;
};

export const run: Handler<typeof events> = async (ctx, { args, flags }) => {
  const store = await ctx.services.store('read');
  const orderId = args.id;
  if (orderId !== undefined) await mustBeKnown(store, orderId);
  const whole = orderId !== undefined || flags.after !== undefined || (ctx.streaming && !flags.follow);
  const asked: Asked = {
    orderId,
    types: flags.type?.filter(isEventType),
    after: flags.after ?? (whole ? 0 : await lastPositions(store)),
    limit: flags.limit ?? Number.POSITIVE_INFINITY,
    follow: flags.follow,
  };
  const named = orderId === undefined;
  const { columns } = ctx.t.orders;
  return list<Envelope>({
    schema: 'oss.events/1',
    items: asked.follow ? followed(ctx, store, asked) : stored(store, asked),
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

const mustBeKnown = async (store: Store, orderId: string): Promise<void> => {
  const [first] = await store.read((tx) => tx.events.page({ after: 0, limit: 1, orderId }));
  if (first === undefined) throw new Refusal('ORDER_NOT_FOUND', { orderId });
};

/** Positions have hardly any gaps. */
const lastPositions = async (store: Store): Promise<number> => {
  const { position } = await store.read((tx) => tx.events.head());
  return Math.max(0, position - LAST);
};

/** What is on the log now, a page at a time: the log may be larger than the memory. */
async function* stored(store: Store, asked: Asked): AsyncGenerator<Envelope, Asked> {
  let { after, limit } = asked;
  while (limit > 0) {
    const query: EventPage = {
      after,
      limit: Math.min(PAGE, limit),
      ...(asked.orderId === undefined ? {} : { orderId: asked.orderId }),
      ...(asked.types === undefined ? {} : { types: asked.types }),
    };
    const page = await store.read((tx) => tx.events.page(query));
    yield* page;
    after = page.at(-1)?.position ?? after;
    limit -= page.length;
    if (page.length < query.limit) break;
  }
  return { ...asked, after, limit };
}

/** The same, and then what is committed from now on, until Ctrl-C or until the reader has gone. */
async function* followed(ctx: CommandContext, store: Store, asked: Asked): AsyncGenerator<Envelope> {
  let left = asked;
  for await (const _ of everyChange(ctx, { timeout: undefined })) {
    left = yield* stored(store, left);
    if (left.limit <= 0) return;
  }
}
