import type { Tx } from '../../ports/store.ts';
import type { Claim, ClaimQuery } from '../../ports/work.ts';
import type { OrderProcess } from '../../process/process.ts';
import { LANES, type Lane } from '../../rules/lanes.ts';
import type { SagaDeps } from '../deps.ts';
import { pendingSteps } from '../engine/after-change.ts';
import { type DrainOptions, drain, type WorkSource } from '../engine/drain.ts';
import { readOrder } from '../write-order.ts';
import { dueQueue } from './due-queue.ts';

/** How the work on a batch's orders stands. */
export type WorkLook = {
  /** Orders of which nothing technical is left, and those of which something is. */
  readonly finished: number;
  readonly unfinished: number;
  /** Lanes that pause because their breaker is open, with the time to come back (epoch ms). */
  readonly closed: ReadonlyMap<Lane, number>;
};

export type WorkOnOrdersOptions = Pick<DrainOptions, 'concurrency' | 'places' | 'closedLanes' | 'onStep'> & {
  /** It is given up when nothing was done for so long while somebody waits for it, milliseconds. */
  readonly waitMs: number;
  /** Ends it after what is in flight. */
  readonly signal: AbortSignal;
  /** Proves, in a write, that this process may go on. Throws when it may not. */
  readonly hold: (tx: Tx) => Promise<void>;
  /** Told now and then, at the latest every half second. */
  readonly onLook?: (look: WorkLook) => void;
};

/** The steps of some orders, run in this process as a worker runs those of all. */
export type OrderWork = {
  readonly add: (orderId: string) => void;
  /** Takes the order on. true: nothing technical is left of it; false: it was given up before. */
  readonly whenDone: (orderId: string) => Promise<boolean>;
  /** Aborts when it ends before its end: it was told to, nothing was done for too long, or it failed. */
  readonly signal: AbortSignal;
  /** No more orders come: resolves when all are done, or it was given up. Throws what ended it. */
  readonly end: () => Promise<WorkLook>;
};

/** What another process works on, or a peer has no place for, is looked at again after this, milliseconds. */
const LOOK_AGAIN_MS = 250;
/** Orders that are looked at in one write at most. */
const MOST_LOOKED_AT = 200;

type Done = (isDone: boolean) => void;
const NOBODY: readonly Done[] = [];

/**
 * Works on orders as they are added, with the places in flight of each peer, and pauses a lane while its breaker is
 * open: nothing fails because a peer is away. Any worker may run beside it.
 */
export const workOnOrders = (deps: SagaDeps, options: WorkOnOrdersOptions): OrderWork => {
  const { clock } = deps;
  const { waitMs, signal, hold } = options;
  /** Who waits for an order that is not done yet. */
  const unfinished = new Map<string, readonly Done[]>();
  const queue = dueQueue();
  const stop = new AbortController();
  const over = new AbortController();
  let closed: ReadonlyMap<Lane, number> = new Map();
  /** Each once: several rows may be about one order, which is then taken on again. */
  const finished = new Set<string>();
  let waiters = 0;
  let mayEnd = false;
  let movedAt = clock.monotonic();
  let isNews = false;
  let tellNews = (): void => {};

  const endWhenDone = (): void => {
    if (mayEnd && unfinished.size === 0) stop.abort();
  };
  const tellAll = (waiting: readonly Done[], isDone: boolean): void => {
    waiters -= waiting.length;
    for (const tell of waiting) tell(isDone);
  };
  const finish = (orderId: string): void => {
    const waiting = unfinished.get(orderId);
    if (waiting === undefined) return;
    finished.add(orderId);
    movedAt = clock.monotonic();
    unfinished.delete(orderId);
    tellAll(waiting, true);
    endWhenDone();
  };
  const giveUp = (): void => {
    // First, so that those who are told know why.
    over.abort();
    stop.abort();
    for (const [orderId, waiting] of unfinished) {
      unfinished.set(orderId, NOBODY);
      tellAll(waiting, false);
    }
  };
  const isPending = (process: OrderProcess): boolean => pendingSteps(process, deps).length > 0;

  const add = (orderId: string): void => {
    if (unfinished.has(orderId)) return;
    movedAt = clock.monotonic();
    finished.delete(orderId);
    unfinished.set(orderId, NOBODY);
    queue.put(orderId, clock.now());
    isNews = true;
    tellNews();
  };

  const claimOne = async (tx: Tx, orderId: string, query: ClaimQuery): Promise<Claim | null> => {
    const lanes = (await tx.work.get(orderId))?.lanes;
    if (lanes === undefined) {
      finish(orderId);
      return null;
    }
    const dues = LANES.flatMap((lane) => {
      const { due } = lanes[lane];
      return due === null ? [] : [{ lane, due }];
    });
    const now = dues.filter(({ due }) => due <= query.now).map(({ lane }) => lane);
    const nextDue = Math.min(...dues.map(({ due }) => (due <= query.now ? Number.POSITIVE_INFINITY : due)));
    if (now.length === 0) {
      if (isPending(await readOrder(tx, orderId))) {
        queue.put(orderId, Number.isFinite(nextDue) ? nextDue : query.now + LOOK_AGAIN_MS);
      } else finish(orderId);
      return null;
    }
    const mayRun = now.some((lane) => query.lanes.includes(lane));
    const claim = mayRun ? await tx.work.claimOne(orderId, query) : null;
    if (claim === null) {
      const opensAt = Math.min(...now.map((lane) => closed.get(lane) ?? 0));
      queue.put(orderId, Math.max(query.now + LOOK_AGAIN_MS, Math.min(opensAt, nextDue)));
    }
    return claim;
  };

  const source: WorkSource = {
    claim: async (tx, query, limit) => {
      isNews = false;
      await hold(tx);
      const claims: Claim[] = [];
      for (let looked = 0; looked < MOST_LOOKED_AT && claims.length < limit; looked += 1) {
        const orderId = queue.take(query.now);
        if (orderId === null) return claims;
        const claim = await claimOne(tx, orderId, query);
        if (claim !== null) claims.push(claim);
      }
      // There may be more, which a later look finds.
      isNews = isNews || claims.length < limit;
      return claims;
    },
    changed: () => {
      // Told once: who has no place for more would else ask again and again without a rest.
      const isTold = isNews;
      isNews = false;
      if (isTold) return Promise.resolve();
      return new Promise((resolve) => {
        tellNews = resolve;
      });
    },
  };

  const look = (): WorkLook => ({ finished: finished.size, unfinished: unfinished.size, closed });

  const closedLanes = async (): Promise<ReadonlyMap<Lane, number>> => {
    const before = closed;
    closed = await options.closedLanes();
    // It may have been closed by hand, long before its time.
    if ([...before.keys()].some((lane) => !closed.has(lane))) queue.hurry(clock.now());
    options.onLook?.(look());
    const isAwaited = unfinished.size > 0 && (mayEnd || waiters > 0);
    if (isAwaited && clock.monotonic() - movedAt > waitMs) giveUp();
    return closed;
  };

  const drained = drain(deps, {
    concurrency: options.concurrency,
    places: options.places,
    drain: false,
    waitMs,
    signal: stop.signal,
    closedLanes,
    source,
    onStep: (step, retry) => {
      if (retry === null) movedAt = clock.monotonic();
      options.onStep?.(step, retry);
    },
    onOrder: (orderId, process) => {
      if (isPending(process)) queue.put(orderId, clock.now());
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
      waiters += 1;
      return new Promise((resolve) => {
        unfinished.set(orderId, [...(unfinished.get(orderId) ?? NOBODY), resolve]);
      });
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
