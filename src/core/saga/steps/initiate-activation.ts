import { planService } from '../../activation/catalogue.ts';
import { unplanned } from '../../activation/wanted.ts';
import type { LocalStep } from './kinds.ts';

/** Plans the wanted services that nothing is planned for yet, with all that will be sent. */
export const initiateActivation: LocalStep = {
  decide: async (process, _step, { tx }) => {
    const { orderId, order } = process;
    const { current: mark } = await tx.meta.keyMarks();
    const plan = unplanned(process).map(({ needed, generation }) =>
      planService(orderId, needed, generation, order.area, mark),
    );
    return plan.length === 0 ? [] : [{ type: 'ActivationStarted', data: { plan } }];
  },
};
