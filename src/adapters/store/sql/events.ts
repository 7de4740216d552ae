import { type Cursor, cursorText, START } from '../../../core/ports/cursor.ts';
import type { Ids } from '../../../core/ports/runtime.ts';
import type { EventPage, EventStore, FeedEvent } from '../../../core/ports/store.ts';
import { type Envelope, type NewEvent, schemaOf, type WriteMeta } from '../../../core/process/events.ts';
import { isRefusal, Refusal, VersionConflict } from '../../../core/rules/refusal.ts';
import { canonicalJson } from '../../../core/values/canonical-json.ts';
import { oneOf } from './dialect.ts';
import { cursorAt, type Epoch, positionOf, readEpochs } from './epochs.ts';
import {
  EVENT_COLUMNS,
  type EventRow,
  type EventTuple,
  hashOfRow,
  readRow,
  rowOfTuple,
} from './event-row.ts';
import { type Feed, feedOfPositions } from './feed.ts';
import type { KnownEnds } from './known-ends.ts';
import { type builder, query } from './query.ts';
import { nextNumberedId } from './sequences.ts';
import type { Session } from './session.ts';

const loadStream = query((db, p: { orderId: string; after: number }) =>
  db
    .selectFrom('events')
    .select(EVENT_COLUMNS)
    .where('order_id', '=', p.orderId)
    .where('version', '>', p.after)
    .orderBy('version'),
);

const loadStreams = query((db, p: { orderIds: string }) =>
  db
    .selectFrom('events')
    .selectAll()
    .where((eb) => oneOf(eb.ref('order_id'), p.orderIds))
    .orderBy('order_id')
    .orderBy('version'),
);

const endOfStream = query((db, p: { orderId: string }) =>
  db
    .selectFrom('events')
    .select(['version', 'hash'])
    .where('order_id', '=', p.orderId)
    .orderBy('version', 'desc')
    .limit(1),
);

const insertEvent = query((db, p: Omit<EventRow, 'position'>) =>
  db.insertInto('events').values({
    order_id: p.order_id,
    version: p.version,
    event_id: p.event_id,
    type: p.type,
    schema: p.schema,
    data: p.data,
    at: p.at,
    actor: p.actor,
    causation_id: p.causation_id,
    hash: p.hash,
  }),
);

const idLength = (db: ReturnType<typeof builder>) => db.fn<number>('length', ['order_id']);

const idsOfSameLength = query((db, p: { after: string; length: number; limit: number }) =>
  db
    .selectFrom('events')
    .select('order_id')
    .where('version', '=', (eb) => eb.lit(1))
    .where(idLength(db), '=', p.length)
    .where('order_id', '>', p.after)
    .orderBy('order_id')
    .limit(p.limit),
);

const longerIds = query((db, p: { length: number; limit: number }) =>
  db
    .selectFrom('events')
    .select('order_id')
    .where('version', '=', (eb) => eb.lit(1))
    .where(idLength(db), '>', p.length)
    .orderBy(idLength(db))
    .orderBy('order_id')
    .limit(p.limit),
);

const behind = (epochs: readonly Epoch[], cursor: Cursor): number => {
  const position = positionOf(epochs, cursor);
  if (position !== null) return position;
  throw new Refusal('BAD_VALUE', {
    flag: '--after',
    value: cursorText(cursor),
    expected: { code: 'FEED_CURSOR' },
  });
};

export type EventsOptions = {
  /** Where event ids come from. */
  readonly ids: Ids;
  /** Of the connection. */
  readonly known: KnownEnds;
  /** By default by position. */
  readonly feed?: (session: Session) => Feed;
};

/** The streams. */
export const sqlEvents = (
  session: Session,
  { ids, known, feed: openFeed = feedOfPositions }: EventsOptions,
): EventStore => {
  const feed = openFeed(session);
  const toEvent = (row: EventRow): Envelope => {
    const read = readRow(row);
    if (read.ok) return read.event;
    const { problem } = read;
    throw new Refusal('ORDER_UNREADABLE', { orderId: row.order_id, version: row.version, problem });
  };

  const readable = (
    row: EventRow,
    cursor: Cursor,
    onUnreadable: EventPage['onUnreadable'],
  ): readonly FeedEvent[] => {
    try {
      // The event was made for this page.
      return [Object.assign(toEvent(row), { cursor })];
    } catch (error) {
      if (onUnreadable === undefined || !isRefusal(error, 'ORDER_UNREADABLE')) throw error;
      onUnreadable(error.detail);
      return [];
    }
  };

  /** As many as the caller wants, as long as there are any: fewer mean that the log is at its end. */
  const page = async (asked: EventPage): Promise<readonly FeedEvent[]> => {
    const epochs = await readEpochs(session);
    const events: FeedEvent[] = [];
    for (let after = behind(epochs, asked.after); asked.types?.length !== 0; ) {
      const limit = asked.limit - events.length;
      const rows = await feed.rows({ ...asked, limit }, after);
      for (const row of rows) {
        events.push(...readable(row, cursorAt(epochs, row.n), asked.onUnreadable));
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < limit || events.length === asked.limit) break;
      after = last.n;
    }
    return events;
  };

  /** Hash of the stream's last event, which must be the expected one: otherwise the append is refused. */
  const hashOfEnd = async (orderId: string, expected: number | 'none'): Promise<string> => {
    // Inside the write transaction: of two concurrent creates of one stream, one sees the other's first event here.
    const last = await session.one(endOfStream, { orderId });
    const actual = last?.version ?? 0;
    if (actual !== (expected === 'none' ? 0 : expected)) throw new VersionConflict(orderId, expected, actual);
    return last?.hash ?? '';
  };

  const append = async (
    orderId: string,
    expected: number | 'none',
    events: readonly NewEvent[],
    meta: WriteMeta,
  ): Promise<readonly Envelope[]> => {
    const after = expected === 'none' ? 0 : expected;
    const written: Envelope[] = [];
    // Nothing comes before the first event; that it is the first, its number proves, where a failure may be asked about.
    let previous =
      after === 0 && session.survivesErrors
        ? ''
        : (known.hashOf(orderId, after) ?? (await hashOfEnd(orderId, expected)));
    for (const event of events) {
      const row = {
        order_id: orderId,
        version: after + written.length + 1,
        event_id: ids.uuid(),
        type: event.type,
        schema: schemaOf(event.type),
        data: canonicalJson(event.data),
        at: meta.at,
        actor: meta.actor,
        causation_id: event.causationId ?? null,
      };
      previous = hashOfRow(previous, row);
      // Read back from its text, so that what a caller goes on with is what everybody will load.
      written.push(toEvent(await insert({ ...row, hash: previous })));
    }
    known.set(orderId, after + written.length, previous);
    return written;
  };

  /** A hash that was known does not tell whether it is still the last one; the number of the next event does. */
  const insert = async (row: Omit<EventRow, 'position'>): Promise<EventRow> => {
    try {
      return { position: await session.insert(insertEvent, row), ...row };
    } catch (error) {
      if (!session.survivesErrors) throw error;
      await hashOfEnd(row.order_id, row.version === 1 ? 'none' : row.version - 1);
      throw error;
    }
  };

  const load = async (orderId: string, after = 0): Promise<readonly Envelope[]> => {
    // SQLite's rows have the shape of the query's columns.
    const tuples = (await session.tuples(loadStream, { orderId, after })) as readonly EventTuple[];
    const events = tuples.map((tuple) => toEvent(rowOfTuple(tuple)));
    const last = events.at(-1);
    if (last !== undefined) known.set(orderId, last.version, last.hash);
    return events;
  };

  const loadAll = async (orderIds: readonly string[]): Promise<ReadonlyMap<string, readonly Envelope[]>> => {
    const streams = new Map<string, Envelope[]>(orderIds.map((orderId) => [orderId, []]));
    const rows = await session.all(loadStreams, { orderIds: JSON.stringify(orderIds) });
    for (const row of rows) streams.get(row.order_id)?.push(toEvent(row));
    return streams;
  };

  /** The cursor of the last event but `skip`. */
  const cursorBut = async (skip: number): Promise<Cursor> => {
    const n = await feed.last(skip);
    return n === null ? START : cursorAt(await readEpochs(session), n);
  };

  return {
    load,
    loadAll,
    append,
    nextOrderId: () => nextNumberedId(session, 'order', 'ORD'),
    page,
    head: () => cursorBut(0),
    beforeLast: cursorBut,
    orderIds: async (after, limit) => {
      const length = after.length;
      const same = after === '' ? [] : await session.all(idsOfSameLength, { after, length, limit });
      const rest = limit - same.length;
      const longer = rest > 0 ? await session.all(longerIds, { length, limit: rest }) : [];
      return [...same, ...longer].map((row) => row.order_id);
    },
  };
};
