import type { Comparison, KeptFinding } from '../../ports/comparisons.ts';
import type { Store } from '../../ports/store.ts';

/** The last comparison with the peers, null: none yet; and what comparisons have left to people. */
export type LastComparison = { readonly last: Comparison | null; readonly findings: readonly KeptFinding[] };

export const readLastComparison = ({
  store,
}: {
  readonly store: Pick<Store, 'read'>;
}): Promise<LastComparison> =>
  store.read(async ({ comparisons }) => ({
    last: await comparisons.last(),
    findings: await comparisons.findings(),
  }));
