import type { ListPage } from '../../core/ports/peers.ts';
import type { PeerFault } from './memory-faults.ts';

/** A page of a list as far as the fault lets it be seen. */
export const shownPage = <T>(page: ListPage<T>, fault: PeerFault | null): ListPage<T> => {
  if (fault?.fault !== 'blank' && fault?.fault !== 'cut') return page;
  const isBlank = fault.fault === 'blank';
  const items = isBlank ? [] : page.items.slice(0, 1);
  const ids = isBlank ? [] : page.ids.slice(0, 1);
  const doubt = isBlank ? null : ({ code: 'LIST_ENDS', offset: ids.length, total: page.ids.length } as const);
  return { items, ids, count: ids.length, total: null, next: null, isLast: true, doubt };
};
