import type { Cause } from '../codes/cause.ts';
import type { PaceNote } from '../codes/pace-note.ts';
import type { Lane } from '../rules/lanes.ts';
import type { StepName } from '../rules/step.ts';

/** Epoch ms everywhere. */
export type LaneWork = {
  /** When the lane may run next (not-before of its steps and their waits, whichever is later); null: nothing to do. */
  readonly due: number | null;
  /** Failures in a row, of the lane or of the step in it that failed most. */
  readonly tries: number;
  /** End of the lane's own backoff: its peer could not be reached; 0: none. */
  readonly retryAt: number;
  /** The last failure. */
  readonly error: Cause | null;
};

/** A step that failed while its peer is well, and waits alone: the others of its lane go on. */
export type StepWait = {
  readonly step: StepName;
  readonly subject: string | null;
  readonly lane: Lane;
  readonly retryAt: number;
  /** Failures in a row, and how many of the last ones were for the same reason. */
  readonly tries: number;
  readonly same: number;
  readonly error: Cause;
};

/** One row an order: what is due. Can be rebuilt from the log at any time (tries and backoff start anew). */
export type WorkRow = {
  readonly orderId: string;
  /** Undo goes first. */
  readonly undo: boolean;
  /** Larger goes first: urgent 3, high 2, normal 1, low 0. */
  readonly priority: number;
  readonly lanes: Readonly<Record<Lane, LaneWork>>;
  readonly waits: readonly StepWait[];
  /** By which wall clock it was planned: one that was ahead, and was put right since, has planned too late. */
  readonly plannedAt: number;
};

/** A lease on one order. */
export type Claim = {
  readonly orderId: string;
  readonly owner: string;
  /** Never falls; checked at intent and at settle. */
  readonly fence: number;
  readonly leaseUntil: number;
  /** The order's row as it was when it was claimed; a run begins with what is due there. */
  readonly row: WorkRow;
};

/** An order's row under a claim, and the version of its last event (0: none). */
export type Held = { readonly row: WorkRow; readonly version: number };

/** An order that somebody works on. `leaseUntil`: epoch ms. */
export type Lease = Pick<Claim, 'orderId' | 'owner' | 'leaseUntil'>;

/** Who claims, and what may be claimed. */
export type ClaimQuery = {
  readonly now: number;
  readonly owner: string;
  readonly leaseMs: number;
  /** Lanes that may take work: their breaker is closed and their bulkhead has places. */
  readonly lanes: readonly Lane[];
};

export type WorkCounts = {
  /** Orders with some lane due now, by lane. */
  readonly due: Readonly<Record<Lane, number>>;
  /** Orders with some lane due later, by lane. */
  readonly later: Readonly<Record<Lane, number>>;
  readonly leased: number;
  /** Orders some lane of which has tries > 0. */
  readonly failing: number;
  /** Earliest due of any lane, whatever the lease; null: none. */
  readonly nextDueAt: number | null;
};

/** `after`: '' for the first ones. */
export type BackingOff = { readonly now: number; readonly after: string; readonly limit: number };

/** What is due, and who works on it. */
export type WorkQueue = {
  readonly get: (orderId: string) => Promise<WorkRow | null>;
  /**
   * Inserts or replaces the schedule of one order; owner, lease and fence are left as they are. Who knows `previous`, the
   * row as it is now, has only written what differs from it.
   */
  readonly put: (row: WorkRow, previous?: WorkRow) => Promise<void>;
  /**
   * Up to `limit` orders whose lease is free and that have a due lane among `lanes`: undo, priority, due. A lease is free when it
   * was given back or has run out; a store may leave alone for a while what others let run out, when it is not sure that they did.
   */
  readonly claim: (query: ClaimQuery, limit: number) => Promise<readonly Claim[]>;
  /** The same for one order, due or not; null: another holds its lease. */
  readonly claimOne: (orderId: string, query: Omit<ClaimQuery, 'lanes'>) => Promise<Claim | null>;
  /** True while the row's fence is still the claim's. */
  readonly holds: (claim: Claim) => Promise<boolean>;
  /** What a write under the claim begins with; null: the row's fence is no longer the claim's. */
  readonly held: (claim: Claim) => Promise<Held | null>;
  /** Extends the lease of a claim that still holds. */
  readonly extend: (claim: Claim, leaseUntil: number) => Promise<void>;
  /** Frees the lease; nothing happens when the fence is another. */
  readonly release: (claim: Claim) => Promise<void>;
  /** Owners that hold a lease now. */
  readonly owners: (now: number) => Promise<readonly string[]>;
  /** Up to `limit` leases that hold now, by owner and order. */
  readonly leases: (now: number, limit: number) => Promise<readonly Lease[]>;
  /** Frees all leases of an owner that is dead, but of rows that are written at this moment. Returns how many. */
  readonly reclaim: (owner: string) => Promise<number>;
  readonly counts: (now: number) => Promise<WorkCounts>;
  /** Rows with tries > 0, most tries first. */
  readonly failing: (limit: number) => Promise<readonly WorkRow[]>;
  /** Ids after `after` of orders whose lane waits for the end of its backoff, in id order. */
  readonly backingOff: (lane: Lane, query: BackingOff) => Promise<readonly string[]>;
  /** Ids after `after` of orders that were planned after `now`, and are due later: by a clock that was ahead. In id order. */
  readonly plannedAhead: (query: BackingOff) => Promise<readonly string[]>;
  /** Leases that end later end then: they were taken by a clock that was ahead. */
  readonly shortenLeases: (leaseUntil: number) => Promise<void>;
  /** Raises the fence of every claim that stands by one and frees its lease, for a rebuild. */
  readonly bumpFences: () => Promise<void>;
  /** Worker processes that said they live. */
  readonly beat: (worker: WorkerBeat) => Promise<void>;
  readonly workers: () => Promise<readonly WorkerBeat[]>;
  readonly leave: (owner: string) => Promise<void>;
};

/** A worker process that says it lives. Times are epoch ms. */
export type WorkerBeat = {
  /** host, pid and process start. */
  readonly owner: string;
  readonly startedAt: number;
  readonly beatAt: number;
  readonly concurrency: number;
  readonly inFlight: number;
  readonly stepsDone: number;
  /** The last decision on the concurrency; null: it is fixed. */
  readonly note: PaceNote | null;
};
