import type { OrderQuery, OrderView } from '../ports/order-view.ts';
import type { Tx } from '../ports/store.ts';

/** Rows that are read at once. */
const PAGE = 500;

/**
 * Every order that a list would have, in the list's order, a page at a time: all of one consistent state, since it is one
 * transaction. A reader who has enough may stop.
 */
export async function* everyView(
  { views }: Pick<Tx, 'views'>,
  query: Omit<OrderQuery, 'limit' | 'cursor'>,
): AsyncGenerator<OrderView> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof views.list>> = await views.list({
      ...query,
      limit: PAGE,
      ...(cursor === null ? {} : { cursor }),
    });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** Whom the desk has to call and nothing is held for yet: by due call, priority and age. */
export async function* waitingForVisit(
  tx: Pick<Tx, 'views'>,
  area: string | undefined,
): AsyncGenerator<OrderView> {
  const query = { stages: ['tm-queue'], sort: 'nextCall' } as const;
  for await (const view of everyView(tx, area === undefined ? query : { ...query, area })) {
    if (view.visit === null) yield view;
  }
}
