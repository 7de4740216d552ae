import type { BreakerRow } from '../peers/breaker-row.ts';

/** The rows, changed by compare-and-set only. */
export type BreakerTable = {
  readonly get: (name: string) => Promise<BreakerRow | null>;
  readonly list: () => Promise<readonly BreakerRow[]>;
  /** Writes `row` only when the stored gen is `expectedGen` (null: no row yet). False: another process was first. */
  readonly compareAndSet: (row: BreakerRow, expectedGen: number | null) => Promise<boolean>;
};
