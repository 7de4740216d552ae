import type { Clock } from '../../ports/runtime.ts';

type Done = (isDone: boolean) => void;
const NOBODY: readonly Done[] = [];

/** Orders under work, and the rows that wait for each of them. */
export type AwaitedOrders = {
  /** false: it is under work already. */
  readonly add: (orderId: string) => boolean;
  /** Resolves when an added order is finished (true), or the run has given all of them up (false). */
  readonly wait: (orderId: string) => Promise<boolean>;
  /** Nothing technical is left of it. */
  readonly finish: (orderId: string) => void;
  /** Tells all that wait that no order will finish any more. */
  readonly giveUp: () => void;
  readonly counts: () => { readonly finished: number; readonly unfinished: number };
  readonly isSomebodyWaiting: () => boolean;
  /** Something of them was done just now. */
  readonly moved: () => void;
  /** Milliseconds since something was. */
  readonly idleMs: () => number;
};

export const awaitedOrders = (clock: Pick<Clock, 'monotonic'>): AwaitedOrders => {
  const unfinished = new Map<string, readonly Done[]>();
  /** Each once: several rows may be about one order, which is then taken on again. */
  const finished = new Set<string>();
  let waiters = 0;
  let movedAt = clock.monotonic();
  const moved = (): void => {
    movedAt = clock.monotonic();
  };
  const tellAll = (waiting: readonly Done[], isDone: boolean): void => {
    waiters -= waiting.length;
    for (const tell of waiting) tell(isDone);
  };
  return {
    add: (orderId) => {
      if (unfinished.has(orderId)) return false;
      moved();
      finished.delete(orderId);
      unfinished.set(orderId, NOBODY);
      return true;
    },
    wait: (orderId) => {
      waiters += 1;
      return new Promise((resolve) => {
        unfinished.set(orderId, [...(unfinished.get(orderId) ?? NOBODY), resolve]);
      });
    },
    finish: (orderId) => {
      const waiting = unfinished.get(orderId);
      if (waiting === undefined) return;
      finished.add(orderId);
      moved();
      unfinished.delete(orderId);
      tellAll(waiting, true);
    },
    giveUp: () => {
      for (const [orderId, waiting] of unfinished) {
        unfinished.set(orderId, NOBODY);
        tellAll(waiting, false);
      }
    },
    counts: () => ({ finished: finished.size, unfinished: unfinished.size }),
    isSomebodyWaiting: () => waiters > 0,
    moved,
    idleMs: () => clock.monotonic() - movedAt,
  };
};
