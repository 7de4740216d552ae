import { type Cursor, compareCursors, cursorText, parseCursor, START } from '../../ports/cursor.ts';
import type { FeedEvent } from '../../ports/store.ts';
import { CONTEXT_OF } from '../../process/context-of.ts';
import type { EventType } from '../../process/events.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { AppDeps } from '../deps.ts';

type Reading = Pick<AppDeps, 'store'>;

/** What somebody outside asks of the feed. */
export type FeedAsked = {
  /** Only what comes behind. */
  readonly after: Cursor;
  readonly limit: number;
  /** undefined: events of every type. */
  readonly types: readonly EventType[] | undefined;
};

/** Where the feed stands when nothing was asked, how much is told at once, and the most of it. */
export const FEED_LIMITS = { usual: 100, most: 1_000 } as const;

const PREFIX = 'oss.';

/** `` is the beginning. `flag`: how the caller named it. Throws Refusal BAD_VALUE. */
export const readCursor = (text: string, flag: string): Cursor => {
  const cursor = text === '' ? START : parseCursor(text);
  if (cursor !== null) return cursor;
  throw new Refusal('BAD_VALUE', { flag, value: text, expected: { code: 'FEED_CURSOR' } });
};

/** `OrderPlaced,OrderCancelled`, with or without `oss.` before each. Throws Refusal BAD_VALUE. */
export const readTypes = (text: string, flag: string): readonly EventType[] =>
  text.split(',').map((part) => {
    const name = part.trim().startsWith(PREFIX) ? part.trim().slice(PREFIX.length) : part.trim();
    if (isEventType(name)) return name;
    const choices = Object.keys(CONTEXT_OF);
    throw new Refusal('BAD_VALUE', { flag, value: part, expected: { code: 'ONE_OF', choices } });
  });

const isEventType = (name: string): name is EventType => Object.hasOwn(CONTEXT_OF, name);

/** Throws Refusal BAD_VALUE (a cursor of an epoch that this database has not come to), ORDER_UNREADABLE. */
export const readFeed = (
  { store }: Reading,
  { after, limit, types }: FeedAsked,
): Promise<readonly FeedEvent[]> =>
  store.read((tx) => tx.events.page({ after, limit, ...(types === undefined ? {} : { types }) }));

/** Where the feed ends now. */
export const feedHead = ({ store }: Reading): Promise<Cursor> => store.read((tx) => tx.events.head());

/** What stands for this database wherever its events are told: the same as long as it lives, also after a restore. */
export const feedSource = async ({ store }: Reading): Promise<string> => {
  const print = await store.read((tx) => tx.requests.fingerprint('the feed of this database'));
  return `urn:oss:${print.slice(0, SOURCE_DIGITS)}`;
};

const SOURCE_DIGITS = 24;

/** One event as CloudEvents 1.0 has them, in JSON. */
export type CloudEvent = {
  readonly specversion: '1.0';
  /** The id of the event: the same whenever and by whatever way it is told. */
  readonly id: string;
  readonly source: string;
  /** `oss.OrderPlaced`. */
  readonly type: string;
  /** The order. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** Version of the shape of `data`. */
  readonly dataversion: number;
  /** Number within the order, dense from 1. */
  readonly orderversion: number;
  /** Where it is in the feed: what comes behind is asked for by it. */
  readonly cursor: string;
  readonly data: unknown;
};

/** As everybody outside is told an event: without who did it, and without whom it is about. */
export const cloudEvent = (event: FeedEvent, source: string): CloudEvent => ({
  specversion: '1.0',
  id: event.eventId,
  source,
  type: `${PREFIX}${event.type}`,
  subject: event.orderId,
  time: event.at,
  datacontenttype: 'application/json',
  dataversion: event.schema,
  orderversion: event.version,
  cursor: cursorText(event.cursor),
  data: event.data,
});

/** Whether an event is one that was asked for. */
export const isAskedFor = (
  { type, cursor }: FeedEvent,
  { after, types }: Pick<FeedAsked, 'after' | 'types'>,
): boolean => compareCursors(cursor, after) > 0 && (types === undefined || types.includes(type));
