import type { LaneWork, WorkRow } from '../../ports/work.ts';
import type { WriteContext } from '../write-order.ts';

const awake = (lane: LaneWork): LaneWork => ({ ...lane, tries: 0, retryAt: 0, error: null });

/** The same row with nothing that waits because it failed. */
export const awakeRow = (row: WorkRow): WorkRow => {
  const { local, ne, tm } = row.lanes;
  return { ...row, lanes: { local: awake(local), ne: awake(ne), tm: awake(tm) }, waits: [] };
};

/** What backs off after failures is due at once when a person asks for it. */
export const wakeOrder = async ({ tx }: WriteContext, orderId: string): Promise<void> => {
  const row = await tx.work.get(orderId);
  if (row !== null) await tx.work.put(awakeRow(row));
};
