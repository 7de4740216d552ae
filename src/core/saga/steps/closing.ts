import { liftHold } from '../../order/decide.ts';
import { finalIntent } from '../../process/process.ts';
import type { LocalStep } from './kinds.ts';

/** Everything is proven off: the event says so, named for the cancel or the return. */
export const confirmUndo: LocalStep = {
  decide: (process) => {
    const services = [...process.activation.services.values()]
      .filter((service) => service.reverted)
      .map((service) => service.plan.key);
    const type = process.order.cancelled === null ? 'ActivationReverted' : 'ActivationCancelled';
    return [{ type, data: { services } }];
  },
};

/** Nothing is left to do or undo, nor for a person to look at: what a hold waited for is known, or no longer matters. */
export const closeOrder: LocalStep = {
  decide: (process) => {
    const outcome = finalIntent(process);
    if (outcome === null) return [];
    const released = process.order.holds.flatMap(({ hold }) => liftHold(process, hold));
    return [...released, { type: 'OrderClosed', data: { outcome } }];
  },
};
