import { type Cursor, START } from '../../ports/cursor.ts';
import type { EventPage, FeedEvent } from '../../ports/store.ts';
import type { EventType } from '../../process/events.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { AppDeps } from '../deps.ts';

type Reading = Pick<AppDeps, 'store'>;

/** What is read of the log. */
export type LogQuery = {
  /** undefined: of all orders. */
  readonly orderId: string | undefined;
  /** undefined: events of every type. */
  readonly types: readonly EventType[] | undefined;
  /** Only what comes behind. */
  readonly after: Cursor;
  /** At most so many; endless for all. */
  readonly limit: number;
};

/** Events of one read. */
const PAGE = 500;

/** Throws Refusal ORDER_NOT_FOUND for an id that no order has. */
export const mustHaveEvents = async ({ store }: Reading, orderId: string): Promise<void> => {
  const [first] = await store.read((tx) => tx.events.page({ after: START, limit: 1, orderId }));
  if (first === undefined) throw new Refusal('ORDER_NOT_FOUND', { orderId });
};

/** Behind which the last `count` events come. */
export const beforeLast = ({ store }: Reading, count: number): Promise<Cursor> =>
  store.read((tx) => tx.events.beforeLast(count));

/** What is on the log now, a page at a time: the log may be larger than the memory. Returns what is left to read. */
export async function* storedEvents(
  { store }: Reading,
  asked: LogQuery,
): AsyncGenerator<FeedEvent, LogQuery> {
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
    after = page.at(-1)?.cursor ?? after;
    limit -= page.length;
    if (page.length < query.limit) break;
  }
  return { ...asked, after, limit };
}

/** The same, and whatever is committed later: looks again at each of `looks`, and ends with them. */
export async function* followedEvents(
  deps: Reading,
  asked: LogQuery,
  looks: AsyncIterable<unknown>,
): AsyncGenerator<FeedEvent> {
  let left = asked;
  for await (const _ of looks) {
    left = yield* storedEvents(deps, left);
    if (left.limit <= 0) return;
  }
}
