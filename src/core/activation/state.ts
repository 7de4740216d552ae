import type { Envelope } from '../process/events.ts';
import { assertNever } from '../values/assert-never.ts';
import type { ActivationEvent, HistoryMayBeLost } from './events.ts';
import { answered, newRequest, supposedRequest } from './requests.ts';
import { isInVain, isOfSupposed, namedBy, nowDoubted, nowOn, without } from './service-after.ts';
import { type Proof, planned, proofOf, type ServiceState } from './service-state.ts';

export type ActivationState = {
  /** By service key, in the order they were planned. */
  readonly services: ReadonlyMap<string, ServiceState>;
  readonly completed: { readonly at: string; readonly equipmentId: string | null } | null;
  /** Version of the last fact about a service. */
  readonly factVersion: number;
  /** Version of the last ActivationCancelled or ActivationReverted; 0: none. */
  readonly undoVersion: number;
};

export const NO_ACTIVATION: ActivationState = {
  services: new Map(),
  completed: null,
  factVersion: 0,
  undoVersion: 0,
};

/** Adds one event. Total over the events of this context. */
export const evolveActivation = (
  state: ActivationState,
  event: Envelope<ActivationEvent>,
): ActivationState => {
  switch (event.type) {
    case 'ActivationStarted': {
      const services = new Map(state.services);
      for (const plan of event.data.plan) services.set(plan.key, planned(plan));
      return { ...state, services };
    }
    case 'ServiceRequested': {
      const { key, peer, attempt, boundMs = null, boot = null, uptimeMs = null } = event.data;
      const request = newRequest({ intent: event.eventId, at: event.at, peer, boundMs, boot, uptimeMs });
      return change(state, event, key, ({ known, requests, tries }) => ({
        known: known === 'on' ? 'on' : 'off',
        requests: [...requests, request],
        attempt,
        tries: tries + 1,
        refusedCode: null,
      }));
    }
    case 'ServiceActivated':
      return change(state, event, event.data.key, (service) => ({
        ...nowOn(service, event.data, []),
        requests: answered(service.requests, namedBy(event), 'activated'),
        readBack: event.data.readBack === true,
        unseen: { neId: event.data.neId, by: event.eventId },
      }));
    case 'ServiceFound':
      return change(state, event, event.data.key, (service) => ({
        ...nowOn(service, event.data, event.data.duplicates ?? []),
        requests: answered(service.requests, { named: event.data.request, by: event.eventId }, 'found'),
        readBack: false,
        unseen: null,
      }));
    case 'ServiceRejected':
      return change(state, event, event.data.key, ({ known, requests }) => ({
        known: known === 'on' ? 'on' : 'refused',
        refusedCode: event.data.code,
        requests: answered(requests, namedBy(event), 'refused'),
      }));
    case 'ServiceInDoubt':
      return change(state, event, event.data.key, (service) => nowDoubted(service, event));
    case 'ServiceNotFound':
      return change(state, event, event.data.key, ({ known, neId, requests, inVain }) => ({
        // A service that was refused before history was lost stays so when the lost requests came to nothing.
        known: known === 'on' || isOfSupposed(requests, event) ? known : 'off',
        neId: known === 'on' ? neId : null,
        requests: answered(requests, namedBy(event), event.data.why === 'not-sent' ? 'not-sent' : 'absent'),
        inVain: isInVain(requests, event) ? inVain + 1 : inVain,
      }));
    case 'ServiceNotSeen': {
      const { counts, boot, uptimeMs } = event.data;
      return change(state, event, event.data.key, ({ notSeen }) => ({
        notSeen: {
          event: event.eventId,
          at: event.at,
          counts,
          boot,
          uptimeMs,
          since: notSeen?.boot === boot ? notSeen.since : uptimeMs,
        },
      }));
    }
    case 'ServiceDisowned':
      return change(state, event, event.data.key, (service) => without(service, event.data.neId));
    case 'ActivationCompleted':
      return { ...state, completed: { at: event.at, equipmentId: event.data.equipmentId } };
    case 'RevertRequested':
      return change(state, event, event.data.key, () =>
        event.data.duplicates === undefined
          ? { revert: { at: event.at, peer: event.data.peer, code: null } }
          : { revertsDuplicates: true },
      );
    case 'DuplicatesReverted':
      return change(state, event, event.data.key, ({ duplicates }) => ({
        duplicates: duplicates.filter((id) => !event.data.neIds.includes(id)),
        revertsDuplicates: false,
      }));
    case 'ServiceReverted':
      return change(state, event, event.data.key, ({ requests }) => ({
        known: 'off',
        requests: answered(requests, { named: event.data.request, by: event.eventId }, 'over'),
        reverted: true,
        revert: null,
        duplicates: [],
        told: [],
        unseen: null,
        readBack: false,
        maybeGone: false,
        revertsDuplicates: false,
        refusedCode: null,
      }));
    case 'RevertRejected':
      return change(state, event, event.data.key, (service) => ({
        revert: service.revert && { ...service.revert, code: event.data.code },
      }));
    case 'ServiceWaived':
      return change(state, event, event.data.key, () => ({ waived: true }));
    case 'HistoryMayBeLost':
      return withoutHistory(state, event);
    case 'ActivationCancelled':
    case 'ActivationReverted':
      return { ...state, undoVersion: event.version };
    default:
      return assertNever(event);
  }
};

/** A create that may have been sent counts as an unanswered request; a look must show what may have been switched off. */
const withoutHistory = (state: ActivationState, event: Envelope<HistoryMayBeLost>): ActivationState => {
  const { peer, boundMs, boot, uptimeMs, asked, maybeGone, plan = [] } = event.data;
  const request = supposedRequest({ intent: event.eventId, at: event.at, peer, boundMs, boot, uptimeMs });
  const services = new Map(state.services);
  for (const one of plan) services.set(one.key, planned(one));
  let after: ActivationState = { ...state, services };
  for (const key of asked)
    after = change(after, event, key, ({ requests }) => ({ requests: [...requests, request] }));
  for (const key of maybeGone) after = change(after, event, key, () => ({ maybeGone: true }));
  return after;
};

const change = (
  state: ActivationState,
  event: Envelope<ActivationEvent>,
  key: string,
  to: (service: ServiceState) => Partial<ServiceState>,
): ActivationState => {
  const service = state.services.get(key);
  if (service === undefined)
    throw new Error(`${event.orderId}: ${event.type} of ${key}, which is not planned`);
  const services = new Map(state.services);
  const changed: ServiceState & { proof: Proof } = {
    ...service,
    notSeen: null,
    waived: false,
    ...to(service),
  };
  changed.proof = proofOf(changed);
  services.set(key, changed);
  return { ...state, services, factVersion: event.version };
};

/** The refused service that a released hold (`ActivateService:<key>`) was about may be requested anew. */
export const retryService = (state: ActivationState, hold: string): ActivationState => {
  const key = hold.slice(hold.indexOf(':') + 1);
  const service = state.services.get(key);
  if (service === undefined || (service.proof !== 'refused' && service.inVain === 0)) return state;
  const services = new Map(state.services);
  const again = service.proof === 'refused' ? ({ known: 'off', attempt: service.attempt + 1 } as const) : {};
  const wanted = { ...service, ...again, inVain: 0 };
  services.set(key, { ...wanted, proof: proofOf(wanted) });
  return { ...state, services };
};
