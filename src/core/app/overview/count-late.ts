import type { Tx } from '../../ports/store.ts';
import { type LateReading, lateBefore } from '../../rules/late.ts';

/** How many orders are late; `hazard` without those that are `critical`. */
export type LateCount = { readonly hazard: number; readonly critical: number };

/** By the one rule of `core/rules/late.ts`. */
export const countLate = async ({ views }: Pick<Tx, 'views'>, reading: LateReading): Promise<LateCount> => {
  // Stages in which an order can be late are open ones; asking for that too would cost a look at every row.
  const critical = await views.count({ lateBefore: lateBefore(reading, 'critical') });
  const all = await views.count({ lateBefore: lateBefore(reading, 'hazard') });
  return { hazard: all - critical, critical };
};
