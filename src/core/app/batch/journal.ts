import type { BatchRow } from '../../ports/batches.ts';
import type { Store } from '../../ports/store.ts';

const PAGE = 500;

/** All rows of a batch's journal in file order, read in pages. */
export async function* journalRows(
  store: Store,
  batchId: string,
  states?: readonly BatchRow['state'][],
): AsyncGenerator<BatchRow, void> {
  let afterLine = 0;
  for (;;) {
    const asked = { ...(states === undefined ? {} : { states }), afterLine, limit: PAGE };
    const rows = await store.read((tx) => tx.batches.rows(batchId, asked));
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    afterLine = last.line;
  }
}

/** Looks up rows by ascending lines, as a file is read: only a page is held at a time. */
export const ascending = (
  rows: AsyncIterator<BatchRow, void>,
): ((line: number) => Promise<BatchRow | null>) => {
  let next: BatchRow | null | undefined;
  const advance = async (): Promise<BatchRow | null> => {
    const { value } = await rows.next();
    return value ?? null;
  };
  return async (line) => {
    if (next === undefined) next = await advance();
    while (next !== null && next.line < line) next = await advance();
    return next?.line === line ? next : null;
  };
};
