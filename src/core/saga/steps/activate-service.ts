import { wantedKeys } from '../../activation/wanted.ts';
import { holdOrder } from '../../order/decide.ts';
import type { Outcome } from '../../peers/outcome.ts';
import type { NeService } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { holdOf } from '../../rules/step.ts';
import type { RemoteStep, SettleContext, Settled } from './kinds.ts';
import { laterAfter } from './outcome-retry.ts';
import { serviceOf } from './service-of.ts';

/** Creates a service at the NE. The answer is a fact, whatever happened to the order meanwhile. */
export const activateService: RemoteStep = {
  windowed: true,
  intent: (process, step, peer) => {
    const { plan, attempt } = serviceOf(process, step);
    return [{ type: 'ServiceRequested', data: { key: plan.key, peer, attempt } }];
  },
  send: async (process, step, io) => {
    const { plan, attempt } = serviceOf(process, step);
    const sending = await io.leave();
    const outcome: Outcome<NeService> =
      sending === null
        ? { kind: 'not-sent', cause: { code: 'NE_BUSY' }, retryAt: null, breakerOpen: true }
        : await io.ne.create(
            {
              orderId: process.orderId,
              service: plan,
              idempotencyKey: attempt === 0 ? plan.key : `${plan.key}~${attempt}`,
            },
            sending,
          );
    return (current, context) => settleCreate(current, plan.key, outcome, context);
  },
};

const settleCreate = (
  process: OrderProcess,
  key: string,
  outcome: Outcome<NeService>,
  { intent }: SettleContext,
): Settled => {
  const answer = (event: NewEvent): NewEvent => (intent === null ? event : { ...event, causationId: intent });
  switch (outcome.kind) {
    case 'confirmed': {
      const { neId, state, equipmentId } = outcome.value;
      if (state !== 'active') {
        const cause = { code: 'ANSWERED_STATE', state } as const;
        return { events: [answer({ type: 'ServiceInDoubt', data: { key, cause } })], retry: null };
      }
      const data = { key, neId, ...(equipmentId === undefined ? {} : { equipmentId }) };
      return { events: [answer({ type: 'ServiceActivated', data })], retry: null };
    }
    case 'accepted': {
      const { monitor } = outcome;
      const cause = { code: 'HTTP_STATUS', status: 202, told: '' } as const;
      const data = { key, cause, ...(monitor === null ? {} : { monitor }) };
      return { events: [answer({ type: 'ServiceInDoubt', data })], retry: null };
    }
    case 'rejected': {
      const rejected = answer({ type: 'ServiceRejected', data: { key, code: outcome.code } });
      // Nobody needs to mend a service that nobody wants any more.
      if (!wantedKeys(process).has(key)) return { events: [rejected], retry: null };
      const hold = holdOrder(process, holdOf('ActivateService', key), 'ActivateService', outcome.code);
      return { events: [rejected, ...hold], retry: null };
    }
    case 'not-sent':
    case 'turned-away':
    case 'misconfigured': {
      const data = { key, why: 'not-sent', cause: outcome.cause } as const;
      return { ...laterAfter(outcome), events: [answer({ type: 'ServiceNotFound', data })] };
    }
    case 'in-doubt':
      return {
        events: [answer({ type: 'ServiceInDoubt', data: { key, cause: outcome.cause } })],
        retry: null,
      };
  }
};
