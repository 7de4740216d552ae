import { callPutOff } from '../../assign/call-put-off.ts';
import { isRefusal } from '../../rules/refusal.ts';
import type { SagaDeps } from '../deps.ts';
import { awakeRow } from '../due/awake-row.ts';
import { LEASE_MS } from '../due/lease.ts';
import { MORE_THAN_A_SKEW_MS } from '../due/work-plan.ts';
import { append, project, readOrder } from '../write-order.ts';

const ORDERS_A_WRITE = 200;

export type ReplanDeps = Pick<SagaDeps, 'store' | 'policy' | 'clock' | 'actor'>;

/**
 * Plans anew what a wall clock planned that was ahead and has been put right since, and shortens the leases that it took:
 * else no worker would look at it until the time comes that this clock once showed.
 */
export const replanAhead = async ({ store, policy, clock, actor }: ReplanDeps): Promise<void> => {
  for (let after = ''; ; ) {
    const from = after;
    const planned = await store.write(async (tx) => {
      const now = clock.now();
      await tx.work.shortenLeases(now + LEASE_MS + MORE_THAN_A_SKEW_MS);
      const ahead = { now: now + MORE_THAN_A_SKEW_MS, after: from, limit: ORDERS_A_WRITE };
      const orderIds = await tx.work.plannedAhead(ahead);
      for (const orderId of orderIds) {
        const row = await tx.work.get(orderId);
        const process = await readOrder(tx, orderId).catch((error: unknown) => {
          if (isRefusal(error, 'ORDER_UNREADABLE')) return null;
          throw error;
        });
        if (row === null || process === null) continue;
        const write = { tx, policy, actor, now };
        const sooner = callPutOff(process, { policy, now, skewMs: MORE_THAN_A_SKEW_MS });
        const { process: after } = await append(write, process, sooner);
        const planned = await project(write, { before: process, after, previous: awakeRow(row) });
        // Writes the whole row, with the time of this plan, also where it says the same.
        await tx.work.put(planned);
      }
      return orderIds;
    });
    const last = planned.at(-1);
    if (last === undefined) return;
    after = last;
  }
};
