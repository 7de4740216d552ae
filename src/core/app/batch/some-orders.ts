import type { Tx } from '../../ports/store.ts';
import type { Claim, ClaimQuery } from '../../ports/work.ts';
import { LANES, type Lane } from '../../rules/lanes.ts';
import type { SagaDeps } from '../deps.ts';
import { pendingSteps } from '../engine/after-change.ts';
import type { WorkSource } from '../engine/drain.ts';
import { readOrder } from '../write-order.ts';
import { dueQueue } from './due-queue.ts';

/** After so many ms the run looks again at an order that another process works on, or a peer has no place for. */
const LOOK_AGAIN_MS = 250;
/** Orders that are looked at in one write at most. */
const MOST_LOOKED_AT = 200;

/** A source of work that knows some orders only: those that were put. */
export type SomeOrders = {
  readonly source: WorkSource;
  /** Makes an order due now. `isNew`: wakes the loops that wait for work. */
  readonly put: (orderId: string, isNew: boolean) => void;
  /** All of them, now. */
  readonly hurry: () => void;
};

export type SomeOrdersOptions = {
  /** Proves, in a write, that this process may go on. Throws when it may not. */
  readonly proveLease: (tx: Tx) => Promise<void>;
  readonly closed: () => ReadonlyMap<Lane, number>;
  /** Hears of an order of which nothing technical is left. */
  readonly onFinished: (orderId: string) => void;
};

export const someOrders = (
  deps: SagaDeps,
  { proveLease, closed, onFinished }: SomeOrdersOptions,
): SomeOrders => {
  const { clock } = deps;
  const queue = dueQueue();
  let isNews = false;
  let tellNews = (): void => {};

  const claimOne = async (tx: Tx, orderId: string, query: ClaimQuery): Promise<Claim | null> => {
    const lanes = (await tx.work.get(orderId))?.lanes;
    if (lanes === undefined) {
      onFinished(orderId);
      return null;
    }
    const dues = LANES.flatMap((lane) => {
      const { due } = lanes[lane];
      return due === null ? [] : [{ lane, due }];
    });
    const now = dues.filter(({ due }) => due <= query.now).map(({ lane }) => lane);
    const nextDue = Math.min(...dues.map(({ due }) => (due <= query.now ? Number.POSITIVE_INFINITY : due)));
    if (now.length === 0) {
      if (pendingSteps(await readOrder(tx, orderId), deps).length > 0) {
        queue.put(orderId, Number.isFinite(nextDue) ? nextDue : query.now + LOOK_AGAIN_MS);
      } else onFinished(orderId);
      return null;
    }
    const mayRun = now.some((lane) => query.lanes.includes(lane));
    const claim = mayRun ? await tx.work.claimOne(orderId, query) : null;
    if (claim === null) {
      const opensAt = Math.min(...now.map((lane) => closed().get(lane) ?? 0));
      queue.put(orderId, Math.max(query.now + LOOK_AGAIN_MS, Math.min(opensAt, nextDue)));
    }
    return claim;
  };

  return {
    put: (orderId, isNew) => {
      queue.put(orderId, clock.now());
      if (!isNew) return;
      isNews = true;
      tellNews();
    },
    hurry: () => queue.hurry(clock.now()),
    source: {
      claim: async (tx, query, limit) => {
        isNews = false;
        await proveLease(tx);
        const claims: Claim[] = [];
        for (let looked = 0; looked < MOST_LOOKED_AT && claims.length < limit; looked += 1) {
          const orderId = queue.take(query.now);
          if (orderId === null) return claims;
          tx.afterRollback(() => queue.put(orderId, query.now));
          const claim = await claimOne(tx, orderId, query);
          if (claim !== null) claims.push(claim);
        }
        // There may be more, which a later look finds.
        isNews = isNews || claims.length < limit;
        return claims;
      },
      changed: () => {
        // It tells news once: a worker without a place for more would else look again and again without a rest.
        const isTold = isNews;
        isNews = false;
        if (isTold) return Promise.resolve();
        return new Promise((resolve) => {
          tellNews = resolve;
        });
      },
    },
  };
};
