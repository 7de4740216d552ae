import type { Tx } from '../../ports/store.ts';
import { lateBefore } from '../../rules/late.ts';
import type { Policy } from '../../rules/policy.ts';

/** How many orders are late; `hazard` without those that are `critical`. */
export type LateCount = { readonly hazard: number; readonly critical: number };

/** By the one rule of `core/rules/late.ts`. `now` is epoch ms. */
export const countLate = async (
  { views }: Pick<Tx, 'views'>,
  { now, policy }: { readonly now: number; readonly policy: Policy },
): Promise<LateCount> => {
  // Stages in which an order can be late are open ones; asking for that too would cost a look at every row.
  const critical = await views.count({ lateBefore: lateBefore(now, policy, 'critical') });
  const all = await views.count({ lateBefore: lateBefore(now, policy, 'hazard') });
  return { hazard: all - critical, critical };
};
