import type { Comparison, KeptFinding } from '../../ports/comparisons.ts';
import type { Store, Tx } from '../../ports/store.ts';

/** The last comparison with the peers, null: none yet; and what comparisons have left to people. */
export type LastComparison = { readonly last: Comparison | null; readonly findings: readonly KeptFinding[] };

/** As it is in this transaction. */
export const lastComparison = async ({ comparisons }: Pick<Tx, 'comparisons'>): Promise<LastComparison> => ({
  last: await comparisons.last(),
  findings: await comparisons.findings(),
});

export const readLastComparison = ({
  store,
}: {
  readonly store: Pick<Store, 'read'>;
}): Promise<LastComparison> => store.read(lastComparison);
