import type { Cause } from '../../codes/cause.ts';
import type { Lease, WorkRow } from '../../ports/work.ts';
import { LANES, type Lane } from '../../rules/lanes.ts';
import type { AppDeps } from '../deps.ts';
import { asideReason } from '../engine/set-aside.ts';
import { type SeenWorker, seenWorkers } from '../engine/worker-state.ts';

/** One lane of an order whose last try failed. */
export type FailingLane = {
  readonly orderId: string;
  readonly lane: Lane;
  readonly tries: number;
  /** Epoch ms, never before now; null: not by itself. */
  readonly nextAt: number | null;
  readonly error: Cause | null;
};

/** Who works, what waits for a worker, and what fails. */
export type Work = {
  readonly workers: readonly SeenWorker[];
  /** Orders by lane: what may be done now, and what later. */
  readonly backlog: readonly { readonly lane: Lane; readonly due: number; readonly later: number }[];
  /** Orders that a process works on now. */
  readonly leased: number;
  /** Who works on what, by process and order: the first ones. */
  readonly leases: readonly Lease[];
  /** Epoch ms, never before now; null: nothing is due. */
  readonly nextDueAt: number | null;
  /** Orders with a lane whose last try failed: those set aside first, then most tries first. */
  readonly failing: readonly WorkRow[];
  /** Orders that this program cannot read, and why. */
  readonly aside: readonly { readonly orderId: string; readonly reason: Cause }[];
};

/** At most so many failing orders are looked at. */
const MOST_LOOKED_AT = 1_000;

/** Of so many orders it is told who works on them. */
const MOST_LEASES = 100;

type ReadDeps = Pick<AppDeps, 'clock' | 'processes'> & { readonly store: Pick<AppDeps['store'], 'read'> };

export const readWork = ({ store, clock, processes }: ReadDeps): Promise<Work> =>
  store.read(async (tx) => {
    const now = clock.now();
    const { due, later, leased, nextDueAt } = await tx.work.counts(now);
    const failing = await tx.work.failing(MOST_LOOKED_AT);
    const aside = failing.flatMap((row) => {
      const reason = asideReason(row);
      return reason === null ? [] : [{ orderId: row.orderId, reason }];
    });
    const isAside = new Set(aside.map(({ orderId }) => orderId));
    return {
      workers: await seenWorkers(tx, { now, processes }),
      backlog: LANES.map((lane) => ({ lane, due: due[lane], later: later[lane] })),
      leased,
      leases: await tx.work.leases(now, MOST_LEASES),
      nextDueAt: nextDueAt === null ? null : Math.max(nextDueAt, now),
      // What this program cannot read does not mend itself, however few tries it has had.
      failing: [
        ...failing.filter(({ orderId }) => isAside.has(orderId)),
        ...failing.filter(({ orderId }) => !isAside.has(orderId)),
      ],
      aside,
    };
  });

/** The lanes of an order that have failed. What is due is due now, whenever it became so. */
export const failingLanes = ({ orderId, lanes }: WorkRow, now: number): readonly FailingLane[] =>
  LANES.filter((lane) => lanes[lane].tries > 0).map((lane) => {
    const { tries, due, error } = lanes[lane];
    return { orderId, lane, tries, nextAt: due === null ? null : Math.max(due, now), error };
  });
