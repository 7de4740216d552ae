import { awakeRow } from '../due/awake-row.ts';
import type { WriteContext } from '../write-order.ts';

/** What backs off after failures is due at once when a person asks for it. */
export const wakeOrder = async ({ tx }: WriteContext, orderId: string): Promise<void> => {
  const row = await tx.work.get(orderId);
  if (row !== null) await tx.work.put(awakeRow(row));
};
