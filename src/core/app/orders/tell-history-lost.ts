import { historyMayBeLost, type Losing } from '../../process/lost-history.ts';
import { isClosed } from '../../process/process.ts';
import { isRefusal } from '../../rules/refusal.ts';
import { ownClock } from '../../time/own-clock.ts';
import type { AppDeps } from '../deps.ts';
import { append, project, readOrder, type WriteContext } from '../write-order.ts';

/** Orders of one commit. */
const ORDERS_A_WRITE = 128;

/**
 * Tells each open order of a restored log that what came after the backup may be lost (HistoryMayBeLost). Returns how
 * many. It passes over one that cannot be read: no worker can work on that either.
 */
export const tellHistoryLost = async (
  { store, policy, actor, clock }: Omit<AppDeps, 'ids' | 'processes'>,
  losing: Pick<Losing, 'peer' | 'mark'>,
): Promise<number> => {
  const lost: Losing = { ...losing, timing: policy.ne, own: ownClock(clock) };
  let told = 0;
  for (let after = ''; ; ) {
    const from = after;
    const { last, open } = await store.write(async (tx) => {
      const ids = await tx.events.orderIds(from, ORDERS_A_WRITE);
      let open = 0;
      for (const orderId of ids) {
        if (await tellOne({ tx, policy, actor, now: clock.now() }, orderId, lost)) open += 1;
      }
      return { last: ids.at(-1), open };
    });
    told += open;
    if (last === undefined) return told;
    after = last;
  }
};

const tellOne = async (context: WriteContext, orderId: string, lost: Losing): Promise<boolean> => {
  const view = await context.tx.views.get(orderId);
  if (view?.open === false) return false;
  const before = await readOrder(context.tx, orderId).catch((error: unknown) => {
    if (isRefusal(error, 'ORDER_UNREADABLE')) return null;
    throw error;
  });
  if (before === null || isClosed(before)) return false;
  const { process: after } = await append(context, before, [historyMayBeLost(before, lost)]);
  await project(context, { before, after });
  return true;
};
