import type { Gap, ReconcileCounts } from '../../ports/comparisons.ts';
import type { ListSeen } from '../../ports/peers.ts';
import type { Strangers } from '../../reconcile/strangers.ts';
import type { Tally } from '../../reconcile/tally.ts';
import type { Refusal } from '../../rules/refusal.ts';

export type ReconcileOptions = {
  /** Records what differs, and runs the steps that follow from it. */
  readonly fix: boolean;
  /**
   * The part of the services (0 to 1) above which nothing is reverted, and no order held, by itself (default: the
   * policy's).
   */
  readonly maxShare?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Decides when there is more to change than that; false or absent: all of it is held back for a person. */
  readonly mayExceed?: (excess: Excess) => Promise<boolean>;
  /** Hears now and then how far it came. */
  readonly onProgress?: (counts: ReconcileCounts) => void;
  /** The desk could not be read: the services were compared, what it keeps was not. */
  readonly onDeskUnread?: (refusal: Refusal) => void;
};

/** More to change at once than is changed by itself. */
export type Excess = {
  /** reverts: services to be switched off. losses: services that orders under way have lost. */
  readonly what: 'reverts' | 'losses';
  readonly count: number;
  /** How many are changed without asking. */
  readonly most: number;
};

/** Suspicions that are looked up in one go; the rest is for the next time. */
export const MOST_SUSPECTS = 10_000;

/** What a comparison came to. */
export type Compared = { readonly counts: ReconcileCounts; readonly gaps: readonly Gap[] };

/** The counts so far, as they grow. */
export type Seen = { -readonly [K in keyof ReconcileCounts]: ReconcileCounts[K] };

/** A comparison while it runs. */
export type Comparing = {
  readonly seen: Seen;
  readonly gaps: Gap[];
  /** Of services. */
  readonly tally: Tally;
  /** Of the appointments of visits to come. */
  readonly visits: Tally;
  /** Services that the NE lists under names that are none of ours. */
  readonly strangers: Strangers;
  /** Epoch ms. */
  readonly beganAt: number;
};

/** Notes that the end of a list was not seen. */
export const noteSeen =
  (gaps: Gap[], part: 'ne-list' | 'desk-list') =>
  ({ why }: ListSeen): void => {
    if (why !== null) gaps.push({ part, why });
  };
