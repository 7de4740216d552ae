import type { ReadyRow } from './row.ts';

/** What a row in flight came to; a row that waits for it asks. */
export type Finished = 'done' | 'failed';

/** Which rows must wait for which: rows of one order in file order, `after` across orders. Holds rows in flight only. */
export type RowOrder = {
  /** What to wait for before this row may begin; null: nothing. Resolves to false when its `after` failed. */
  readonly enter: (row: ReadyRow, finished: Promise<Finished>) => Promise<boolean> | null;
  /** A row that failed in an earlier run of this batch. */
  readonly failedBefore: (key: string) => void;
};

/** Rows with one of these names are about one order. */
const orderOf = ({ key, action }: ReadyRow): string => {
  if (action.kind === 'place') return `key ${key ?? ''}`;
  return 'orderKey' in action.order ? `key ${action.order.orderKey}` : `id ${action.order.orderId}`;
};

export const rowOrder = (): RowOrder => {
  const lastOfOrder = new Map<string, Promise<Finished>>();
  const inFlight = new Map<string, Promise<Finished>>();
  const failed = new Set<string>();

  const keep = (map: Map<string, Promise<Finished>>, name: string, finished: Promise<Finished>): void => {
    map.set(name, finished);
    void finished.then(() => {
      if (map.get(name) === finished) map.delete(name);
    });
  };

  const isFulfilled = async (after: string, waited: Promise<Finished> | undefined): Promise<boolean> =>
    (await waited) !== 'failed' && !failed.has(after);

  return {
    failedBefore: (key) => failed.add(key),
    enter: (row, finished) => {
      const order = orderOf(row);
      const previous = lastOfOrder.get(order);
      const { after, key } = row;
      const awaited = after === null ? undefined : inFlight.get(after);
      keep(lastOfOrder, order, finished);
      if (key !== null) {
        keep(inFlight, key, finished);
        void finished.then((how) => {
          if (how === 'failed') failed.add(key);
        });
      }
      if (previous === undefined && after === null) return null;
      return (async () => {
        await previous;
        return after === null || isFulfilled(after, awaited);
      })();
    },
  };
};
