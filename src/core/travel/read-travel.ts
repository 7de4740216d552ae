import type { Tx } from '../ports/store.ts';
import type { Policy } from '../rules/policy.ts';
import { type Travel, travelOf } from './travel.ts';
import type { TravelData } from './travel-data.ts';

/** Made once from the same data and settings: a write asks for it again and again. */
const made = new WeakMap<TravelData, { readonly policy: Policy; readonly travel: Travel }>();

/** The ways between areas, as they stand in this transaction. */
export const readTravel = async (tx: Pick<Tx, 'travel'>, policy: Policy): Promise<Travel> => {
  const data = await tx.travel.data();
  const before = made.get(data);
  if (before?.policy === policy) return before.travel;
  const travel = travelOf(data, policy);
  made.set(data, { policy, travel });
  return travel;
};
