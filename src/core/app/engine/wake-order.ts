import type { LaneWork } from '../../ports/work.ts';
import type { WriteContext } from '../write-order.ts';

const awake = (lane: LaneWork): LaneWork => ({ ...lane, tries: 0, retryAt: 0, error: null });

/** What backs off after failures is due at once when a person asks for it. */
export const wakeOrder = async ({ tx }: WriteContext, orderId: string): Promise<void> => {
  const row = await tx.work.get(orderId);
  if (row === null) return;
  const { local, ne, tm } = row.lanes;
  await tx.work.put({ ...row, lanes: { local: awake(local), ne: awake(ne), tm: awake(tm) } });
};
