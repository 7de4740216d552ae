import { planService } from '../../activation/catalogue.ts';
import { unplanned } from '../../activation/wanted.ts';
import type { LocalStep } from './kinds.ts';

/** Plans the wanted services that nothing is planned for yet, with all that will be sent. */
export const initiateActivation: LocalStep = {
  decide: (process) => {
    const { area } = process.order;
    const plan = unplanned(process).map(({ needed, generation }) =>
      planService(process.orderId, needed, generation, area),
    );
    return plan.length === 0 ? [] : [{ type: 'ActivationStarted', data: { plan } }];
  },
};
