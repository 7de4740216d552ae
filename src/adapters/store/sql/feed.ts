import type { EventPage } from '../../../core/ports/store.ts';
import type { EventRow } from './event-row.ts';
import { builder, query } from './query.ts';
import type { Session } from './session.ts';

/** A row of the feed. `n` rises in the order of commits and is what a cursor counts by. */
export type FeedRow = EventRow & { readonly n: number };

/** In which order the events of all orders were committed. */
export type Feed = {
  /** Behind `after`, at most `limit`, of what else the page asks for. */
  readonly rows: (page: Omit<EventPage, 'after'>, after: number) => Promise<readonly FeedRow[]>;
  /** `n` of the last row but `skip`; null: there are not so many. */
  readonly last: (skip: number) => Promise<number | null>;
};

/** The last position but `skip`. */
const lastPosition = query((db, p: { skip: number }) =>
  db.selectFrom('events').select('position').orderBy('position', 'desc').limit(1).offset(p.skip),
);

/** One order is read by its own index, all of them along the log. */
const pageQuery = ({ limit, orderId, types }: Omit<EventPage, 'after'>, after: number) => {
  let page = builder().selectFrom('events').selectAll().where('position', '>', after);
  if (orderId !== undefined) page = page.where('order_id', '=', orderId).orderBy('version');
  else page = page.orderBy('position');
  if (types !== undefined) page = page.where('type', 'in', types);
  return page.limit(limit);
};

/** Where one writer writes, positions are in the order of commits. */
export const feedOfPositions = (session: Session): Feed => ({
  rows: async (page, after) =>
    (await session.list(() => pageQuery(page, after))).map((row) => Object.assign(row, { n: row.position })),
  last: async (skip) => (await session.one(lastPosition, { skip }))?.position ?? null,
});
