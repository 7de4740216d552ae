import type { Envelope } from '../process/events.ts';
import { assertNever } from '../values/assert-never.ts';
import type { ActivationEvent } from './events.ts';
import type { PlannedService } from './service.ts';

/**
 * What is proven of a service at the NE. off: never requested, known absent, or reverted. refused: the NE said no.
 * on: live. unknown: its last request is unanswered or in doubt.
 */
export type Proof = 'off' | 'refused' | 'on' | 'unknown';

/** The last request to create it. */
export type ServiceRequest = {
  /** Event id of the intent, which every outcome names. */
  readonly intent: string;
  readonly at: string;
  readonly peer: string;
  /** A monitor of the NE that still tells how it ends. */
  readonly monitor: string | null;
  /** When it was last put in doubt; null while nothing came back at all. */
  readonly doubtedAt: string | null;
};

/** One service of one generation. */
export type ServiceState = {
  readonly plan: PlannedService;
  readonly proof: Proof;
  readonly request: ServiceRequest | null;
  readonly neId: string | null;
  readonly equipmentId: string | null;
  /** NE ids of further live services of the same key. */
  readonly duplicates: readonly string[];
  /** Their revert was asked for and is not proven yet, while the service itself stays. */
  readonly revertsDuplicates: boolean;
  /** A revert that was asked for and is not proven yet. */
  readonly revert: { readonly at: string; readonly peer: string; readonly code: string | null } | null;
  /** Proven off after having been on: a new wish for it needs a new generation. */
  readonly reverted: boolean;
  /** How often it was requested. */
  readonly tries: number;
  /** Suffix of the next idempotency key: rises when a person retries a refused service. */
  readonly attempt: number;
  readonly refusedCode: string | null;
};

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

const planned = (plan: PlannedService): ServiceState => ({
  plan,
  proof: 'off',
  request: null,
  neId: null,
  equipmentId: null,
  duplicates: [],
  revertsDuplicates: false,
  revert: null,
  reverted: false,
  tries: 0,
  attempt: 0,
  refusedCode: null,
});

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
      const { key, peer, attempt } = event.data;
      const request = { intent: event.eventId, at: event.at, peer, monitor: null, doubtedAt: null };
      return change(state, event, key, (service) => ({
        proof: 'unknown',
        request,
        attempt,
        tries: service.tries + 1,
        refusedCode: null,
      }));
    }
    case 'ServiceActivated':
    case 'ServiceFound': {
      const { key, neId, equipmentId } = event.data;
      const found = event.type === 'ServiceFound' ? (event.data.duplicates ?? []) : [];
      return change(state, event, key, (service) => ({
        proof: 'on',
        neId,
        equipmentId: equipmentId ?? service.equipmentId,
        duplicates: besides(service, neId, found),
        revertsDuplicates: false,
        reverted: false,
        refusedCode: null,
      }));
    }
    case 'ServiceRejected':
      return change(state, event, event.data.key, () => ({ proof: 'refused', refusedCode: event.data.code }));
    case 'ServiceInDoubt':
      return change(state, event, event.data.key, (service) => ({
        request: service.request && {
          ...service.request,
          doubtedAt: event.at,
          monitor: event.data.monitor ?? service.request.monitor,
        },
      }));
    case 'ServiceNotFound':
      return change(state, event, event.data.key, () => ({ proof: 'off', neId: null }));
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
      return change(state, event, event.data.key, () => ({
        proof: 'off',
        reverted: true,
        revert: null,
        duplicates: [],
        revertsDuplicates: false,
        refusedCode: null,
      }));
    case 'RevertRejected':
      return change(state, event, event.data.key, (service) => ({
        revert: service.revert && { ...service.revert, code: event.data.code },
      }));
    case 'ActivationCancelled':
    case 'ActivationReverted':
      return { ...state, undoVersion: event.version };
    default:
      return assertNever(event);
  }
};

/** What else lives under the key. An id that was proven on stays one to switch off when another turns up. */
const besides = (service: ServiceState, neId: string, found: readonly string[]): readonly string[] => {
  const known = service.proof !== 'on' || service.neId === null ? [] : [service.neId, ...service.duplicates];
  return [...new Set([...known, ...found])].filter((id) => id !== neId);
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
  services.set(key, { ...service, ...to(service) });
  return { ...state, services, factVersion: event.version };
};

/** The refused service that a released hold (`ActivateService:<key>`) was about may be requested anew. */
export const retryService = (state: ActivationState, hold: string): ActivationState => {
  const key = hold.slice(hold.indexOf(':') + 1);
  const service = state.services.get(key);
  if (service === undefined || service.proof !== 'refused') return state;
  const services = new Map(state.services);
  services.set(key, { ...service, proof: 'off', attempt: service.attempt + 1 });
  return { ...state, services };
};
