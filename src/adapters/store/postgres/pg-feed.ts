import { sql } from 'kysely';
import type { ClientBase } from 'pg';
import type { EventPage } from '../../../core/ports/store.ts';
import { EVENT_COLUMNS } from '../sql/event-row.ts';
import type { Feed, FeedRow } from '../sql/feed.ts';
import { builder } from '../sql/query.ts';
import type { Session } from '../sql/session.ts';
import type { Line } from './connect.ts';
import { BEGIN, FEED_LOCK } from './locks.ts';

/** A read has found events that nobody has numbered; it is done again after that. Nobody else need catch it. */
export class NeedsNumbers extends Error {
  override readonly name = 'NeedsNumbers';
  constructor() {
    super('events are to be numbered before this is read');
  }
}

/** A statement of its own, so that the next one sees what the holder before has numbered. */
export const LOCK_FEED = `select pg_advisory_xact_lock(${FEED_LOCK})`;

export const NUMBER = `
with moved as (delete from feed_queue returning position)
insert into feed (n, position)
select coalesce((select max(n) from feed), 0) + row_number() over (order by position), position from moved`;

/** Numbers what is committed and has no number yet. In a transaction of its own. */
export const numberFeed = async (client: ClientBase, line: Pick<Line, 'begin'>): Promise<void> => {
  await line.begin(client, BEGIN);
  await client.query(LOCK_FEED);
  await client.query(NUMBER);
  await client.query('commit');
};

const feedQuery = ({ limit, orderId, types }: Omit<EventPage, 'after'>, after: number) => {
  // The feed is a table of this database alone, which the shared schema does not know.
  const feed = sql<{ n: number; position: number }>`feed`.as<'f'>(sql`f`);
  let page = builder()
    .selectFrom('events')
    .innerJoin(feed, (join) => join.onRef('f.position', '=', 'events.position'))
    .select([...EVENT_COLUMNS.map((column) => `events.${column}` as const), 'f.n'])
    .where('f.n', '>', after);
  if (orderId !== undefined) page = page.where('events.order_id', '=', orderId);
  if (types !== undefined) page = page.where('events.type', 'in', types);
  return page.orderBy('f.n').limit(limit);
};

const feedEnd = (skip: number) => {
  const feed = sql<{ n: number }>`feed`.as<'f'>(sql`f`);
  return builder().selectFrom(feed).select('f.n').orderBy('f.n', 'desc').limit(1).offset(skip);
};

const queued = () => builder().selectNoFrom(sql<boolean>`exists (select 1 from feed_queue)`.as('found'));

const lockFeed = () =>
  builder().selectNoFrom(sql`pg_advisory_xact_lock(${sql.lit(FEED_LOCK)}::bigint)`.as('locked'));

const number = () => ({ compile: () => sql.raw(NUMBER).compile(builder()) });

/**
 * The feed as a write sees it, with its own events, or as a read does. `mayAsk`: the read can be done again after all that is
 * committed has been numbered.
 */
export const pgFeed =
  (mode: 'read' | 'write', mayAsk: boolean) =>
  (session: Session): Feed => {
    const numbered = async (): Promise<void> => {
      const [row] = await session.list(queued);
      if (row?.found !== true) return;
      if (mode === 'read') {
        if (mayAsk) throw new NeedsNumbers();
        return;
      }
      await session.list(lockFeed);
      await session.list(number);
    };
    return {
      rows: async (page, after) => {
        await numbered();
        const rows: readonly FeedRow[] = await session.list(() => feedQuery(page, after));
        return rows;
      },
      last: async (skip) => {
        await numbered();
        return (await session.list(() => feedEnd(skip)))[0]?.n ?? null;
      },
    };
  };
