import type { ServiceInDoubt } from '../../activation/events.ts';
import type { Outcome } from '../../peers/outcome.ts';
import type { NeService } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import { wholeBound } from '../../rules/policy.ts';
import { iso } from '../../time/iso.ts';
import { isToBeRead } from './absence-proof.ts';
import type { RemoteStep, SettleContext, Settled } from './kinds.ts';
import { laterAfter } from './outcome-retry.ts';
import { serviceOf } from './service-of.ts';

/**
 * Creates a service at the NE. The answer is a fact, whatever happened to the order meanwhile. A request counts as not sent
 * only when this process itself saw that it did not leave; any other answer that does not confirm leaves the request open,
 * and the look-up decides: a gateway on the way may refuse what it has handed on already.
 */
export const activateService: RemoteStep = {
  windowed: true,
  intent: (process, step, { peer, policy, boot, uptimeMs }) => {
    const { plan, attempt } = serviceOf(process, step);
    const data = { key: plan.key, peer, attempt, boundMs: wholeBound(policy.ne), boot, uptimeMs };
    return [{ type: 'ServiceRequested', data }];
  },
  send: async (process, step, io) => {
    const { plan, attempt } = serviceOf(process, step);
    const sending = await io.askToSend();
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
    const created = { key: plan.key, spec: plan.spec, peer: io.ne.identity };
    return (_current, context) => settleCreate(created, outcome, context);
  },
};

type Created = { readonly key: string; readonly spec: string; readonly peer: string };

const settleCreate = async (
  { key, spec, peer }: Created,
  outcome: Outcome<NeService>,
  context: SettleContext,
): Promise<Settled> => {
  const { intent } = context;
  const answer = (event: NewEvent): NewEvent => (intent === null ? event : { ...event, causationId: intent });
  const doubt = (data: Omit<ServiceInDoubt['data'], 'key'>): readonly NewEvent[] => [
    answer({ type: 'ServiceInDoubt', data: { key, ...data } }),
  ];
  switch (outcome.kind) {
    case 'confirmed': {
      const { neId, state, equipmentId } = outcome.value;
      if (state !== 'active') {
        const told = { neId, name: key };
        return { events: doubt({ cause: { code: 'ANSWERED_STATE', state }, told }), retry: null };
      }
      const readBack = (await isToBeRead(spec, peer, context)) ? ({ readBack: true } as const) : {};
      const data = { key, neId, ...(equipmentId === undefined ? {} : { equipmentId }), ...readBack };
      return { events: [answer({ type: 'ServiceActivated', data })], retry: null };
    }
    case 'accepted': {
      const { monitor } = outcome;
      const cause = { code: 'HTTP_STATUS', status: 202, told: '' } as const;
      const how = monitor === null ? ({ accepted: true } as const) : { monitor };
      return { events: doubt({ cause, ...how }), retry: null };
    }
    case 'rejected': {
      const cause = { code: 'REFUSED', reason: outcome.code, told: outcome.message } as const;
      return { events: doubt({ cause, code: outcome.code }), retry: null };
    }
    case 'turned-away':
    case 'misconfigured': {
      const { cause } = outcome;
      const retryAt = outcome.kind === 'turned-away' ? outcome.retryAt : null;
      const until = retryAt === null ? {} : { retryAt: iso(retryAt) };
      return { ...laterAfter(outcome), events: doubt({ cause, turnedAway: true, ...until }) };
    }
    case 'not-sent': {
      const data = { key, why: 'not-sent', cause: outcome.cause } as const;
      return { ...laterAfter(outcome), events: [answer({ type: 'ServiceNotFound', data })] };
    }
    case 'in-doubt': {
      const { cause, told } = outcome;
      return { events: doubt(told === undefined ? { cause } : { cause, told }), retry: null };
    }
  }
};
