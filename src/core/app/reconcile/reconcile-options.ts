import type { Refusal } from '../../rules/refusal.ts';

export type ReconcileOptions = {
  /** Records what differs, and runs the steps that follow from it. */
  readonly fix: boolean;
  readonly signal?: AbortSignal;
  /** Told now and then how far it came. */
  readonly onProgress?: (counts: ReconcileCounts) => void;
  /** The desk could not be read: the services were compared, what it keeps was not. */
  readonly onDeskUnread?: (refusal: Refusal) => void;
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

/** The counts so far, as they grow. */
export type Seen = { -readonly [K in keyof ReconcileCounts]: ReconcileCounts[K] };
