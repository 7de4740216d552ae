export type ReconcileOptions = {
  /** Records what differs, and runs the steps that follow from it. */
  readonly fix: boolean;
  readonly signal?: AbortSignal;
  /** Told now and then how far it came. */
  readonly onProgress?: (counts: ReconcileCounts) => void;
};

/** How far a comparison came. */
export type ReconcileCounts = {
  /** Live services of the NE that carry a key of ours. */
  readonly services: number;
  /** Live services of others. */
  readonly foreign: number;
  readonly orders: number;
  /** Suspicions that the NE would not confirm or deny: nothing is believed of them. */
  readonly unclear: number;
};

/** The counts so far, as they grow. */
export type Seen = { -readonly [K in keyof ReconcileCounts]: ReconcileCounts[K] };
