import type { BatchRow } from '../../core/ports/batches.ts';

/** An item of `oss.batch-rows/1`: what became of one row. `message` is for people. */
export type RowItem = {
  readonly batchId: string;
  readonly line: number;
  readonly op: string;
  readonly key: string | null;
  readonly state: BatchRow['state'];
  readonly orderId: string | null;
  readonly code: string | null;
  readonly message: string | null;
};

export const rowItem = ({ batchId, line, op, key, state, orderId, error }: BatchRow): RowItem => ({
  batchId,
  line,
  op,
  key,
  state,
  orderId,
  code: error?.code ?? null,
  message: error?.message ?? null,
});
