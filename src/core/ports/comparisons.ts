import type { Cause } from '../codes/cause.ts';
import type { Finding } from '../peers/finding.ts';
import type { Cursor } from './cursor.ts';

/** Of a comparison with the peers, what it did not see, and why. */
export type Gap = {
  /**
   * ne-list, desk-list: a list was not seen to its end. desk: it could not be read at all. look-ups: suspicions that the
   * peer would neither confirm nor deny. too-many: more suspicions than are looked up in one go. stopped: a signal ended it.
   * orders: one cannot be read.
   */
  readonly part: 'ne-list' | 'desk-list' | 'desk' | 'look-ups' | 'too-many' | 'stopped' | 'orders';
  readonly why: Cause;
};

/** How far a comparison came. */
export type ReconcileCounts = {
  /** Live services of the NE that carry a key of ours. */
  readonly services: number;
  /** Live services of others. */
  readonly foreign: number;
  readonly orders: number;
  /** Appointments that the desk keeps for orders of ours. */
  readonly appointments: number;
  /** Suspicions that the peer would not confirm or deny: nothing is believed of them. */
  readonly unclear: number;
};

/** The last comparison of the peers with the log. Times are epoch ms. */
export type Comparison = {
  readonly beganAt: number;
  /** The process that compares, or has compared. */
  readonly owner: string;
  /** null: it is under way, or its process has gone. */
  readonly endedAt: number | null;
  /** What it did not see; empty: it saw everything. */
  readonly gaps: readonly Gap[];
  readonly counts: ReconcileCounts;
  /** Why nothing was compared, e.g. the NE could not be read; null: it was. */
  readonly failure: Cause | null;
};

/** What a comparison left to a person. `since`: epoch ms at which it was found first. */
export type KeptFinding = Finding & { readonly since: number };

/** What is remembered of comparing the peers with the log. */
export type Comparisons = {
  readonly last: () => Promise<Comparison | null>;
  readonly put: (comparison: Comparison) => Promise<void>;
  /** The oldest first. */
  readonly findings: () => Promise<readonly KeptFinding[]>;
  /** Adds findings, or renews them: their `since` stays. */
  readonly keep: (findings: readonly Finding[], now: number) => Promise<void>;
  /** Forgets every finding that is not among these. */
  readonly keepOnly: (findings: readonly Finding[]) => Promise<void>;
  /** Up to where in the feed closed orders were looked at once more. */
  readonly lookedAfter: () => Promise<Cursor>;
  readonly setLookedAfter: (cursor: Cursor) => Promise<void>;
};
