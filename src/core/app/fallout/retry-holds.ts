import { retryHold } from '../../order/decide.ts';
import { mustBeOpen } from '../../process/legal.ts';
import { type Change, type ChangeOptions, changeOrder } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { wakeOrder } from '../engine/wake-order.ts';
import { putOptionalText } from '../put-text.ts';
import { type HoldWish, isEndedAlready, meantHolds, notHeld } from './hold-wish.ts';

type Options = Omit<ChangeOptions, 'command' | 'content'>;

/**
 * A person says: try that again. It lifts every hold that is meant, and their lanes wait no longer. Tried again already:
 * "already". Throws Refusal HOLD_NOT_FOUND, ORDER_CLOSED.
 */
export const retryHolds = (
  deps: AppDeps,
  orderId: string,
  { wish, reason, ...options }: Options & { readonly wish: HoldWish; readonly reason?: string | undefined },
): Promise<Change> =>
  changeOrder(
    deps,
    orderId,
    { ...options, command: 'fallout retry', content: { wish, reason } },
    async (process, write) => {
      const holds = meantHolds(process, wish);
      if (holds.length === 0) {
        if (await isEndedAlready(write.tx, orderId, wish, 'retry')) return [];
        throw notHeld(process, wish);
      }
      mustBeOpen(process);
      await wakeOrder(write, orderId);
      const text = await putOptionalText(deps, write, { orderId, text: reason });
      return holds.flatMap(({ hold }) => retryHold(process, hold, text.textId));
    },
  );
