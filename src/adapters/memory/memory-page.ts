import type { ListPage, PageAsked } from '../../core/ports/peers.ts';

/** A page of a list in memory, which tells how many there are in all and never links its pages. */
export const memoryPage = <T>(
  all: readonly T[],
  { offset, limit }: PageAsked,
  idOf: (item: T) => string,
): ListPage<T> => {
  const items = all.slice(offset, offset + limit);
  return {
    items,
    ids: items.map(idOf),
    count: items.length,
    total: all.length,
    next: null,
    isLast: false,
    doubt: null,
  };
};
