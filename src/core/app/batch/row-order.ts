import type { ReadyRow } from './row.ts';

/** What a row in flight came to. */
export type Finished = 'done' | 'failed';

/** A row in flight. Most rows neither wait nor keep others waiting: only a row that waits gets a promise. */
export type Turn = {
  /** null: nothing to wait for. Resolves to false when the row that this one comes after failed. */
  readonly mayBegin: Promise<boolean> | null;
  readonly settle: (how: Finished) => void;
};

/** Which rows must wait for which: rows of one order in file order, `after` across orders. Holds rows in flight only. */
export type RowOrder = {
  readonly enter: (row: ReadyRow) => Turn;
  /** A row that failed in an earlier run of this batch. */
  readonly failedBefore: (key: string) => void;
};

/** Rows with one of these names are about one order. */
const orderOf = ({ key, action }: ReadyRow): string => {
  if (action.kind === 'place') return `key ${key ?? ''}`;
  return 'orderKey' in action.order ? `key ${action.order.orderKey}` : `id ${action.order.orderId}`;
};

/** The rows that wait for one in flight. */
type InFlight = ((how: Finished) => void)[];

const finished = (row: InFlight): Promise<Finished> =>
  new Promise((resolve) => {
    row.push(resolve);
  });

export const rowOrder = (): RowOrder => {
  const lastOfOrder = new Map<string, InFlight>();
  const byKey = new Map<string, InFlight>();
  const failed = new Set<string>();

  const forget = (map: Map<string, InFlight>, name: string, row: InFlight): void => {
    if (map.get(name) === row) map.delete(name);
  };

  const wait = async (
    previous: Promise<Finished> | undefined,
    after: { readonly key: string; readonly finished: Promise<Finished> | undefined } | null,
  ): Promise<boolean> => {
    await previous;
    return after === null || ((await after.finished) !== 'failed' && !failed.has(after.key));
  };

  return {
    failedBefore: (key) => failed.add(key),
    enter: (row) => {
      const { after, key } = row;
      const order = orderOf(row);
      const mine: InFlight = [];
      const previous = lastOfOrder.get(order);
      const awaited = after === null ? undefined : byKey.get(after);
      lastOfOrder.set(order, mine);
      if (key !== null) byKey.set(key, mine);
      const isFree = previous === undefined && after === null;
      const first = after === null ? null : { key: after, finished: awaited && finished(awaited) };
      return {
        mayBegin: isFree ? null : wait(previous && finished(previous), first),
        settle: (how) => {
          forget(lastOfOrder, order, mine);
          if (key !== null) {
            forget(byKey, key, mine);
            if (how === 'failed') failed.add(key);
          }
          for (const wake of mine) wake(how);
        },
      };
    },
  };
};
