/** Rows on their way from the run to the printer. */
export type Channel<T> = {
  /** Resolves when there is room: a slow reader slows the run. */
  readonly push: (item: T) => Promise<void> | undefined;
  readonly end: () => void;
  /** The reader has gone: what comes is dropped. */
  readonly drop: () => void;
  readonly items: () => AsyncGenerator<T, void>;
  /** true: the next item is not there yet. */
  readonly isEmpty: () => boolean;
};

export const channel = <T>(room: number): Channel<T> => {
  let items: T[] = [];
  let ended = false;
  let dropped = false;
  let wakeReader: (() => void) | null = null;
  let wakeWriters: (() => void)[] = [];
  const wakeAll = (): void => {
    wakeReader?.();
    wakeReader = null;
  };
  const makeRoom = (): void => {
    for (const wake of wakeWriters.splice(0)) wake();
  };
  return {
    push: (item) => {
      if (dropped) return undefined;
      items.push(item);
      wakeAll();
      if (items.length < room) return undefined;
      return new Promise((resolve) => {
        wakeWriters = [...wakeWriters, resolve];
      });
    },
    end: () => {
      ended = true;
      wakeAll();
    },
    drop: () => {
      dropped = true;
      items = [];
      makeRoom();
    },
    isEmpty: () => items.length === 0,
    items: async function* () {
      for (;;) {
        const batch = items;
        items = [];
        makeRoom();
        while (batch.length > 0) {
          for (const item of batch.splice(0)) yield item;
        }
        if (items.length > 0) continue;
        if (ended) return;
        await new Promise<void>((resolve) => {
          wakeReader = resolve;
        });
      }
    },
  };
};
