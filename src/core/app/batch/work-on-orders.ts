import type { Tx } from '../../ports/store.ts';
import type { Lane } from '../../rules/lanes.ts';
import type { SagaDeps } from '../deps.ts';
import { pendingSteps } from '../engine/after-change.ts';
import { type DrainOptions, drain } from '../engine/drain.ts';
import { awaitedOrders } from './awaited-orders.ts';
import { someOrders } from './some-orders.ts';

/** How the work on a batch's orders stands. */
export type WorkLook = {
  /** Orders of which nothing technical is left, and those of which something is. */
  readonly finished: number;
  readonly unfinished: number;
  /** Lanes that pause because their breaker is open, with the time to come back (epoch ms). */
  readonly closed: ReadonlyMap<Lane, number>;
};

export type WorkOnOrdersOptions = Pick<DrainOptions, 'concurrency' | 'places' | 'closedLanes' | 'onStep'> & {
  /** The work is given up when it got nothing done for so many ms while a row waits for it. */
  readonly waitMs: number;
  /** Ends it after what is in flight. */
  readonly signal: AbortSignal;
  /** Proves, in a write, that this process may go on. Throws when it may not. */
  readonly proveLease: (tx: Tx) => Promise<void>;
  /** Hears how far the work is, at the latest every half second. */
  readonly onLook?: (look: WorkLook) => void;
};

/** The steps of some orders, run in this process as a worker runs those of all. */
export type OrderWork = {
  readonly add: (orderId: string) => void;
  /** Takes the order on. true: nothing technical is left of it; false: it was given up before. */
  readonly whenDone: (orderId: string) => Promise<boolean>;
  /** Aborts when it ends early: its caller stopped it, nothing was done for too long, or it failed. */
  readonly signal: AbortSignal;
  /** No more orders come: resolves when all are done, or it was given up. Throws what ended it. */
  readonly end: () => Promise<WorkLook>;
};

/**
 * Works on orders as they are added, with the places in flight of each peer, and pauses a lane while its breaker is
 * open: nothing fails because a peer is away. Any worker may run beside it.
 */
export const workOnOrders = (deps: SagaDeps, options: WorkOnOrdersOptions): OrderWork => {
  const { waitMs, signal, proveLease } = options;
  const orders = awaitedOrders(deps.clock);
  const stop = new AbortController();
  const over = new AbortController();
  let closed: ReadonlyMap<Lane, number> = new Map();
  let mayEnd = false;

  const endWhenDone = (): void => {
    if (mayEnd && orders.counts().unfinished === 0) stop.abort();
  };
  const finish = (orderId: string): void => {
    orders.finish(orderId);
    endWhenDone();
  };
  const giveUp = (): void => {
    // First, so that the listeners know why.
    over.abort();
    stop.abort();
    orders.giveUp();
  };
  const work = someOrders(deps, { proveLease, closed: () => closed, onFinished: finish });
  const add = (orderId: string): void => {
    if (orders.add(orderId)) work.put(orderId, true);
  };
  const look = (): WorkLook => ({ ...orders.counts(), closed });

  const closedLanes = async (): Promise<ReadonlyMap<Lane, number>> => {
    const before = closed;
    closed = await options.closedLanes();
    // It may have been closed by hand, long before its time.
    if ([...before.keys()].some((lane) => !closed.has(lane))) work.hurry();
    options.onLook?.(look());
    const isAwaited = orders.counts().unfinished > 0 && (mayEnd || orders.isSomebodyWaiting());
    if (isAwaited && orders.idleMs() > waitMs) giveUp();
    return closed;
  };

  const drained = drain(deps, {
    concurrency: options.concurrency,
    places: options.places,
    drain: false,
    waitMs,
    signal: stop.signal,
    closedLanes,
    source: work.source,
    onStep: (step, retry) => {
      if (retry === null) orders.moved();
      options.onStep?.(step, retry);
    },
    onOrder: (orderId, process) => {
      if (pendingSteps(process, deps).length > 0) work.put(orderId, false);
      else finish(orderId);
    },
  });
  // It is awaited in `end`; until then nothing must take its failure for forgotten.
  drained.catch(giveUp);
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });

  return {
    add,
    whenDone: (orderId) => {
      if (over.signal.aborted) return Promise.resolve(false);
      add(orderId);
      return orders.wait(orderId);
    },
    signal: over.signal,
    end: async () => {
      mayEnd = true;
      endWhenDone();
      try {
        await drained;
      } finally {
        signal.removeEventListener('abort', giveUp);
      }
      return look();
    },
  };
};
