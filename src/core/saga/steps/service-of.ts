import type { ServiceState } from '../../activation/service-state.ts';
import type { OrderProcess } from '../../process/process.ts';
import type { Step } from '../../rules/step.ts';

/** The service that a step is about. Throws when there is none: the step came from this very order. */
export const serviceOf = (process: OrderProcess, step: Step): ServiceState => {
  const service = step.subject === null ? undefined : process.activation.services.get(step.subject);
  if (service === undefined)
    throw new Error(`${process.orderId}: ${step.name} of an unknown service ${step.subject}`);
  return service;
};
