import type { EventStore } from '../../core/ports/store.ts';
import type { Claim, ClaimQuery, WorkerBeat, WorkQueue, WorkRow } from '../../core/ports/work.ts';
import { LANES, type Lane } from '../../core/rules/lanes.ts';
import { byId, byText } from './by-id.ts';
import { type UndoLog, undoableMap } from './undo-log.ts';

type Lease = { readonly owner: string | null; readonly leaseUntil: number; readonly fence: number };
const NO_LEASE: Lease = { owner: null, leaseUntil: 0, fence: 0 };

/** Earliest due of these lanes; Infinity: none. */
const earliest = (row: WorkRow, lanes: readonly Lane[]): number => {
  let first = Number.POSITIVE_INFINITY;
  for (const lane of lanes) {
    const { due } = row.lanes[lane];
    if (due !== null && due < first) first = due;
  }
  return first;
};

const mostTries = (row: WorkRow): number => Math.max(...LANES.map((lane) => row.lanes[lane].tries));

/** `events` are the streams of the same store. */
export const memoryWork = (log: UndoLog, events: EventStore): WorkQueue => {
  const rows = undoableMap<WorkRow>(log);
  const leases = undoableMap<Lease>(log);
  const beats = undoableMap<WorkerBeat>(log);

  const leaseOf = (orderId: string): Lease => leases.get(orderId) ?? NO_LEASE;
  const isFree = (orderId: string, now: number): boolean => {
    const lease = leaseOf(orderId);
    return lease.owner === null || lease.leaseUntil <= now;
  };
  const take = (row: WorkRow, { now, owner, leaseMs }: Omit<ClaimQuery, 'lanes'>): Claim => {
    const { orderId } = row;
    const lease = { owner, leaseUntil: now + leaseMs, fence: leaseOf(orderId).fence + 1 };
    leases.set(orderId, lease);
    return { orderId, ...lease, row };
  };
  const free = (orderId: string, fence: number): void =>
    leases.set(orderId, { owner: null, leaseUntil: 0, fence });

  return {
    get: async (orderId) => rows.get(orderId) ?? null,
    put: async (row) => rows.set(row.orderId, row),
    claim: async (query, limit) => {
      const due: { readonly row: WorkRow; readonly at: number }[] = [];
      for (const row of rows.values()) {
        const at = earliest(row, query.lanes);
        if (at <= query.now && isFree(row.orderId, query.now)) due.push({ row, at });
      }
      due.sort(
        (a, b) =>
          Number(b.row.undo) - Number(a.row.undo) ||
          b.row.priority - a.row.priority ||
          a.at - b.at ||
          byId(a.row.orderId, b.row.orderId),
      );
      return due.slice(0, limit).map(({ row }) => take(row, query));
    },
    claimOne: async (orderId, query) => {
      const row = rows.get(orderId);
      return row !== undefined && isFree(orderId, query.now) ? take(row, query) : null;
    },
    holds: async (claim) => leaseOf(claim.orderId).fence === claim.fence,
    held: async ({ orderId, fence }) => {
      const row = rows.get(orderId);
      if (row === undefined || leaseOf(orderId).fence !== fence) return null;
      return { row, version: (await events.load(orderId)).length };
    },
    extend: async ({ orderId, owner, fence }, leaseUntil) => {
      const lease = leaseOf(orderId);
      if (lease.fence === fence && lease.owner === owner) leases.set(orderId, { owner, leaseUntil, fence });
    },
    release: async ({ orderId, fence }) => {
      if (leaseOf(orderId).fence === fence) free(orderId, fence);
    },
    owners: async (now) => {
      const owners = new Set<string>();
      for (const lease of leases.values()) {
        if (lease.owner !== null && lease.leaseUntil > now) owners.add(lease.owner);
      }
      return [...owners].sort(byText);
    },
    leases: async (now, limit) =>
      [...leases.keys()]
        .flatMap((orderId) => {
          const { owner, leaseUntil } = leaseOf(orderId);
          return owner === null || leaseUntil <= now ? [] : [{ orderId, owner, leaseUntil }];
        })
        .sort((a, b) => byText(a.owner, b.owner) || byId(a.orderId, b.orderId))
        .slice(0, limit),
    reclaim: async (owner) => {
      const held = [...leases.keys()].filter((orderId) => leaseOf(orderId).owner === owner);
      for (const orderId of held) free(orderId, leaseOf(orderId).fence);
      return held.length;
    },
    counts: async (now) => {
      const due = { local: 0, ne: 0, tm: 0 };
      const later = { local: 0, ne: 0, tm: 0 };
      let nextDueAt = Number.POSITIVE_INFINITY;
      for (const row of rows.values()) {
        nextDueAt = Math.min(nextDueAt, earliest(row, LANES));
        for (const lane of LANES) {
          const at = row.lanes[lane].due;
          if (at !== null) (at <= now ? due : later)[lane] += 1;
        }
      }
      const leased = [...leases.keys()].filter((orderId) => !isFree(orderId, now)).length;
      const failing = [...rows.values()].filter((row) => mostTries(row) > 0).length;
      return { due, later, leased, failing, nextDueAt: Number.isFinite(nextDueAt) ? nextDueAt : null };
    },
    failing: async (limit) =>
      [...rows.values()]
        .filter((row) => mostTries(row) > 0)
        .sort((a, b) => mostTries(b) - mostTries(a) || byId(a.orderId, b.orderId))
        .slice(0, limit),
    backingOff: async (lane, { now, after, limit }) =>
      [...rows.values()]
        .filter((row) => row.lanes[lane].retryAt > now && (after === '' || byId(row.orderId, after) > 0))
        .map(({ orderId }) => orderId)
        .sort(byId)
        .slice(0, limit),
    plannedAhead: async ({ now, after, limit }) =>
      [...rows.values()]
        .filter((row) => row.plannedAt > now && LANES.some((lane) => (row.lanes[lane].due ?? 0) > now))
        .map(({ orderId }) => orderId)
        .filter((orderId) => after === '' || byId(orderId, after) > 0)
        .sort(byId)
        .slice(0, limit),
    shortenLeases: async (leaseUntil) => {
      for (const orderId of rows.keys()) {
        const lease = leaseOf(orderId);
        if (lease.owner !== null && lease.leaseUntil > leaseUntil)
          leases.set(orderId, { ...lease, leaseUntil });
      }
    },
    bumpFences: async () => {
      for (const orderId of rows.keys()) {
        const { owner, fence } = leaseOf(orderId);
        if (owner !== null) free(orderId, fence + 1);
      }
    },
    beat: async (worker) => beats.set(worker.owner, worker),
    workers: async () => [...beats.values()].sort((a, b) => byText(a.owner, b.owner)),
    leave: async (owner) => beats.remove(owner),
  };
};
