import type { Cause } from '../../codes/cause.ts';
import type { Claim, LaneWork, WorkRow } from '../../ports/work.ts';
import { LANES } from '../../rules/lanes.ts';
import { isRefusal } from '../../rules/refusal.ts';
import type { SagaDeps } from '../deps.ts';

/** An order that is set aside is looked at again after this: a newer program may be able to read it. */
const AGAIN_MS = 600_000;

const isAside = (cause: Cause | null): cause is Cause =>
  cause?.code === 'EVENT_UNREADABLE' || cause?.code === 'STEPS_FAILED';

/** Why an order was set aside, as it stands in its work row; null: it was not. */
export const asideReason = ({ lanes }: WorkRow): Cause | null =>
  LANES.map((lane) => lanes[lane].error).find(isAside) ?? null;

const reasonOf = (error: unknown): Cause => {
  if (!isRefusal(error, 'ORDER_UNREADABLE')) return { code: 'STEPS_FAILED', error: String(error) };
  const { version, problem } = error.detail;
  return { code: 'EVENT_UNREADABLE', version, problem };
};

/**
 * Leaves an unreadable order alone, so that all others go on: its row says why, and when the worker looks at it again.
 * Gives its lease back.
 */
export const setAside = async (
  { store, clock }: Pick<SagaDeps, 'store' | 'clock'>,
  claim: Claim,
  error: unknown,
): Promise<void> => {
  const reason = reasonOf(error);
  await store.write(
    async ({ work }) => {
      const held = await work.get(claim.orderId);
      if (held === null || !(await work.holds(claim))) return;
      const again = clock.now() + AGAIN_MS;
      const later = (lane: LaneWork): LaneWork =>
        lane.due === null ? lane : { due: again, tries: lane.tries + 1, retryAt: again, error: reason };
      const lanes = { local: later(held.lanes.local), ne: later(held.lanes.ne), tm: later(held.lanes.tm) };
      await work.put({ ...held, lanes });
      await work.release(claim);
    },
    { orders: [claim.orderId] },
  );
};
