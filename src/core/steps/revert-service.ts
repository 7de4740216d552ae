import type { ServiceState } from '../activation/state.ts';
import type { NewEvent } from '../events.ts';
import { holdOrder, liftHold } from '../order/decide.ts';
import type { LookUp, Outcome } from '../outcome.ts';
import type { NeService } from '../ports/peers.ts';
import type { OrderProcess } from '../process.ts';
import { holdOf } from '../step.ts';
import { laterAlone, notAdmitted, type RemoteStep, type Settle, type Settled, type StepIo } from './kinds.ts';
import { laterAfter, laterAfterLookUp } from './outcome-retry.ts';
import { serviceOf } from './service-of.ts';

type RevertOutcome = Outcome<NeService> | { readonly kind: 'gone' };

/**
 * Switches a service off. Absolute: it may be sent again freely under lease and fence. Every live service of the key
 * goes (an NE that does not honour keys may hold several), and what the NE does not know any more is looked up by key.
 */
export const revertService: RemoteStep = {
  windowed: false,
  intent: (process, step, peer) => {
    const { plan, revert } = serviceOf(process, step);
    return revert === null ? [{ type: 'RevertRequested', data: { key: plan.key, peer } }] : [];
  },
  send: async (process, step, io) => {
    const service = serviceOf(process, step);
    const ids = [...service.duplicates, ...(service.neId === null ? [] : [service.neId])];
    let isGone = ids.length === 0;
    for (const neId of ids) {
      const sending = await io.leave();
      if (sending === null) return notAdmitted;
      const outcome: RevertOutcome = await io.ne.revert(neId, service.plan.key, sending);
      if (outcome.kind === 'gone') isGone = true;
      else if (outcome.kind !== 'confirmed')
        return (current) => settleFailure(current, service.plan.key, outcome);
    }
    return isGone ? proveGone(service, io) : (current) => reverted(current, service.plan.key, 'reverted');
  },
};

/** After a 404 (or a DELETE): absence at the right peer proves it off. */
const proveGone = async ({ plan, request, revert }: ServiceState, io: StepIo): Promise<Settle> => {
  const sending = await io.leave();
  if (sending === null) return notAdmitted;
  const lookUp = await io.ne.find(plan.key, sending);
  const asked = request?.peer ?? revert?.peer ?? io.ne.identity;
  return (current) => settleGone(current, plan.key, lookUp, asked === io.ne.identity);
};

const settleGone = (
  process: OrderProcess,
  key: string,
  lookUp: LookUp<NeService>,
  rightPeer: boolean,
): Settled => {
  switch (lookUp.kind) {
    case 'terminated':
      return reverted(process, key, 'reverted');
    case 'absent':
      return rightPeer ? reverted(process, key, 'was-absent') : held(process, key, 'PEER_CHANGED');
    case 'found':
      return foundElsewhere(process, key, [lookUp.value]);
    case 'ambiguous':
      return foundElsewhere(
        process,
        key,
        lookUp.matches.filter((match) => match.state === 'active'),
      );
    case 'unsupported':
      return held(process, key, 'NO_LOOKUP');
    case 'misconfigured':
    case 'unknown':
      return laterAfterLookUp(lookUp);
  }
};

/** It lives under another id than the log knows: that id is a fact, and goes next. */
const foundElsewhere = (process: OrderProcess, key: string, live: readonly NeService[]): Settled => {
  const [first, ...rest] = live;
  if (first === undefined) return reverted(process, key, 'reverted');
  const known = process.activation.services.get(key)?.neId;
  const { retry } = laterAlone(`the NE still has ${key}`);
  if (first.neId === known && rest.length === 0) return { events: [], retry };
  const duplicates = rest.map((service) => service.neId);
  const data = {
    key,
    neId: first.neId,
    how: 'look-up' as const,
    ...(rest.length === 0 ? {} : { duplicates }),
  };
  return { events: [{ type: 'ServiceFound', data }], retry: null };
};

const reverted = (process: OrderProcess, key: string, how: 'reverted' | 'was-absent'): Settled => ({
  events: [
    { type: 'ServiceReverted', data: { key, how } },
    ...liftHold(process, holdOf('RevertService', key)),
  ],
  retry: null,
});

/** Refused by the peer it is also a hold, visible, and tried again for ever (rule 5). */
const settleFailure = (
  process: OrderProcess,
  key: string,
  outcome: Exclude<RevertOutcome, { kind: 'gone' | 'confirmed' }>,
): Settled => {
  if (outcome.kind !== 'rejected') return laterAfter(outcome);
  const known = process.activation.services.get(key)?.revert?.code;
  const rejected: readonly NewEvent[] =
    known === outcome.code ? [] : [{ type: 'RevertRejected', data: { key, code: outcome.code } }];
  return {
    events: [...rejected, ...holdOrder(process, holdOf('RevertService', key), 'RevertService', outcome.code)],
    retry: laterAlone(`${outcome.code} ${outcome.message}`.trimEnd()).retry,
  };
};

const held = (process: OrderProcess, key: string, cause: string): Settled => ({
  ...laterAlone(cause),
  events: holdOrder(process, holdOf('RevertService', key), 'RevertService', cause),
});
