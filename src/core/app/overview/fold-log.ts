import { START } from '../../ports/cursor.ts';
import type { Store, UnreadableEvent } from '../../ports/store.ts';
import type { Envelope } from '../../process/events.ts';

/** Events a page: a few megabytes, whatever the length of the log. */
const PAGE = 2_000;

/** `begin` makes an empty accumulator, which `fold` changes in place. */
export type LogFold<T> = { readonly begin: () => T; readonly fold: (into: T, event: Envelope) => void };

/** One pass over the log, a page at a time, without the orders of `aside`, which gets those that cannot be read. */
const foldOnce = async <T>(
  store: Store,
  { begin, fold }: LogFold<T>,
  { aside, signal }: { readonly aside: Set<string>; readonly signal: AbortSignal },
): Promise<T> => {
  const folded = begin();
  const onUnreadable = ({ orderId }: UnreadableEvent): void => void aside.add(orderId);
  for (let after = START; !signal.aborted; ) {
    const from = after;
    const page = await store.read((tx) => tx.events.page({ after: from, limit: PAGE, onUnreadable }));
    for (const event of page) if (!aside.has(event.orderId)) fold(folded, event);
    after = page.at(-1)?.cursor ?? after;
    if (page.length < PAGE) break;
  }
  return folded;
};

/**
 * The whole log, folded. As long as an order turns up that cannot be read, it is folded once more without any of it. Ends
 * early, with what it has, when the signal aborts.
 */
export const foldLog = async <T>(
  store: Store,
  log: LogFold<T>,
  signal: AbortSignal,
): Promise<{ readonly folded: T; readonly unreadable: readonly string[] }> => {
  const aside = new Set<string>();
  for (;;) {
    const before = aside.size;
    const folded = await foldOnce(store, log, { aside, signal });
    if (aside.size === before) return { folded, unreadable: [...aside].sort() };
  }
};
