import type { Lane } from '../../rules/lanes.ts';
import { isRefusal } from '../../rules/refusal.ts';
import type { AppDeps } from '../deps.ts';
import { planWork } from '../due/work-plan.ts';
import { readOrder } from '../write-order.ts';

const ORDERS_A_WRITE = 200;

/** The worker sets such an order aside by itself. */
const unlessUnreadable = (error: unknown): null => {
  if (isRefusal(error, 'ORDER_UNREADABLE')) return null;
  throw error;
};

/**
 * Ends the backoff of every order in a lane, because its peer is known to be back: what they need is due as soon as their
 * own steps allow. It keeps the tries, so that a peer that still fails gets no more requests than before.
 */
export const wakeLane = async (
  { store, policy, clock }: Pick<AppDeps, 'store' | 'policy' | 'clock'>,
  lane: Lane,
): Promise<void> => {
  for (let after = ''; ; ) {
    const from = after;
    const woken = await store.write(async (tx) => {
      const now = clock.now();
      const orderIds = await tx.work.backingOff(lane, { now, after: from, limit: ORDERS_A_WRITE });
      for (const orderId of orderIds) {
        const row = await tx.work.get(orderId);
        if (row === null) continue;
        // The backoff is over by now and still the lane's own: its tries stay.
        const lanes = { ...row.lanes, [lane]: { ...row.lanes[lane], retryAt: Math.min(now, 1) } };
        const process = await readOrder(tx, orderId).catch(unlessUnreadable);
        if (process === null) continue;
        await tx.work.put(planWork(process, policy, { previous: { ...row, lanes }, reports: {}, now }));
      }
      return orderIds;
    });
    const last = woken.at(-1);
    if (last === undefined) return;
    after = last;
  }
};
