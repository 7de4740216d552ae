/** Ids by the time from which the worker must look at them, the earliest first. */
export type DueQueue = {
  /** `at`: epoch ms. */
  readonly put: (id: string, at: number) => void;
  /** The id that is due the longest; null: none is due yet. */
  readonly take: (now: number) => string | null;
  readonly isDue: (now: number) => boolean;
  /** All that is there is due from now on. */
  readonly hurry: (now: number) => void;
};

type Entry = { readonly id: string; readonly at: number };

/** A binary heap: of 100,000 orders that wait, the next one is found without looking at the others. */
export const dueQueue = (): DueQueue => {
  let heap: Entry[] = [];
  const atOf = (i: number): number => heap[i]?.at ?? Number.POSITIVE_INFINITY;

  const swap = (i: number, j: number): void => {
    const [a, b] = [heap[i], heap[j]];
    if (a === undefined || b === undefined) return;
    heap[i] = b;
    heap[j] = a;
  };

  const rise = (from: number): void => {
    let i = from;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (atOf(parent) <= atOf(i)) return;
      swap(parent, i);
      i = parent;
    }
  };

  const sink = (): void => {
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      const child = atOf(left + 1) < atOf(left) ? left + 1 : left;
      if (atOf(child) >= atOf(i)) return;
      swap(i, child);
      i = child;
    }
  };

  const isDue = (now: number): boolean => atOf(0) <= now;

  return {
    put: (id, at) => {
      heap.push({ id, at });
      rise(heap.length - 1);
    },
    take: (now) => {
      const [first] = heap;
      if (first === undefined || !isDue(now)) return null;
      swap(0, heap.length - 1);
      heap.pop();
      sink();
      return first.id;
    },
    isDue,
    hurry: (now) => {
      // The earliest stays the first: what is equal needs no order.
      heap = heap.map(({ id, at }) => ({ id, at: Math.min(at, now) }));
    },
  };
};
