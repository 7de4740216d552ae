import { finalIntent } from '../../process/process.ts';
import type { LocalStep } from './kinds.ts';

/** Everything is proven off: says so, in the words of what it was undone for. */
export const confirmUndo: LocalStep = {
  decide: (process) => {
    const services = [...process.activation.services.values()]
      .filter((service) => service.reverted)
      .map((service) => service.plan.key);
    const type = process.order.cancelled === null ? 'ActivationReverted' : 'ActivationCancelled';
    return [{ type, data: { services } }];
  },
};

/** Nothing is left to do or undo. */
export const closeOrder: LocalStep = {
  decide: (process) => {
    const outcome = finalIntent(process);
    return outcome === null ? [] : [{ type: 'OrderClosed', data: { outcome } }];
  },
};
