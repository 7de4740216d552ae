import type { Batch, BatchRow } from '../../ports/batches.ts';
import type { Store, Tx } from '../../ports/store.ts';
import type { ReadyRow } from './row.ts';

/** Other batches of the very same file, the latest first: their ids. */
export const otherRuns = (store: Store, { batchId, fileHash }: Batch): Promise<readonly string[]> =>
  store.read(async ({ batches }) =>
    (await batches.ofFile(fileHash)).map((other) => other.batchId).filter((id) => id !== batchId),
  );

/**
 * What another run of the same file made of a row without a key; null: nothing, or the row failed there. A key says by
 * itself that its row was done; a row without one is known by its line in the same bytes.
 */
export const doneInOther = async (
  { batches }: Tx,
  { line, op, key }: ReadyRow,
  others: readonly string[],
): Promise<BatchRow | null> => {
  if (key !== null) return null;
  for (const batchId of others) {
    const row = await batches.row(batchId, line);
    // The same file may be run with another --op.
    if (row !== null && row.op === op && row.state !== 'failed' && row.state !== 'pending') return row;
  }
  return null;
};
