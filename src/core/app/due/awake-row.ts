import type { LaneWork, WorkRow } from '../../ports/work.ts';

const awake = (lane: LaneWork): LaneWork => ({ ...lane, tries: 0, retryAt: 0, error: null });

/** The same row with nothing that waits because it failed. */
export const awakeRow = (row: WorkRow): WorkRow => {
  const { local, ne, tm } = row.lanes;
  return { ...row, lanes: { local: awake(local), ne: awake(ne), tm: awake(tm) }, waits: [] };
};
