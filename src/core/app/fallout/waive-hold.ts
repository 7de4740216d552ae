import { waiveHold } from '../../process/waive.ts';
import { ownClock } from '../../time/own-clock.ts';
import { type Change, type ChangeOptions, changeOrder } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { wakeOrder } from '../engine/wake-order.ts';
import { putText } from '../put-text.ts';
import { type HoldWish, isEndedAlready, meantHold, meantHolds } from './hold-wish.ts';

const COMMAND = 'fallout waive';

type Waive = Omit<ChangeOptions, 'command' | 'content'> & {
  readonly wish: HoldWish;
  readonly reason: string;
};

/**
 * A supervisor says that no proof of what a hold waits for will come: it stays unproven, the hold ends, and the order may
 * close. Waived already: "already".
 * Throws Refusal DENIED, HOLD_NOT_FOUND, HOLD_UNCLEAR, and as `waiveHold` does.
 */
export const waiveHeld = async (
  deps: AppDeps,
  orderId: string,
  { wish, reason, ...options }: Waive,
): Promise<Change> => {
  const change = { ...options, command: COMMAND, content: { wish, reason } } as const;
  return changeOrder(deps, orderId, change, async (process, write) => {
    if (meantHolds(process, wish).length === 0 && (await isEndedAlready(write.tx, orderId, wish, 'waived'))) {
      return [];
    }
    const hold = meantHold(process, wish);
    const { policy, clock } = deps;
    const waived = waiveHold(process, hold, { timing: policy.ne, own: ownClock(clock), now: write.now });
    await wakeOrder(write, orderId);
    const textId = await putText(deps, write, { orderId, text: reason });
    return [...waived, { type: 'HoldReleased', data: { hold: hold.hold, action: 'waived', textId } }];
  });
};
