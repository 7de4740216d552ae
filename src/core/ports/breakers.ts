import type { Cause } from '../codes/cause.ts';

/** One row a peer (`ne` or `tm` plus its origin). The row decides; what a process holds in memory only opens early. */
export type BreakerRow = {
  /** e.g. `ne:http://127.0.0.1:8701` or `tm:simulated`. */
  readonly name: string;
  /** Of the settings; a row of other settings starts anew. */
  readonly configHash: string;
  readonly state: 'closed' | 'open' | 'half-open';
  /** Fence: rises with every change of state; a result of an older gen changes nothing. */
  readonly gen: number;
  readonly failures: number;
  readonly lastFailureAt: number | null;
  readonly lastError: Cause | null;
  /** Epoch ms, drawn once (with jitter) when it opens. */
  readonly openUntil: number | null;
  /** Times reopened in a row: doubles the wait. */
  readonly reopened: number;
  readonly probeOwner: string | null;
  readonly probeUntil: number | null;
  /** By hand: open until `openUntil` whatever happens. */
  readonly forced: { readonly actor: string; readonly reason: string } | null;
};

/** The rows, changed by compare-and-set only. */
export type BreakerTable = {
  readonly get: (name: string) => Promise<BreakerRow | null>;
  readonly list: () => Promise<readonly BreakerRow[]>;
  /** Writes `row` only when the stored gen is `expectedGen` (null: no row yet). False: somebody was first. */
  readonly compareAndSet: (row: BreakerRow, expectedGen: number | null) => Promise<boolean>;
};
