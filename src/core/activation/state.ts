import type { Told } from '../peers/outcome.ts';
import type { Envelope } from '../process/events.ts';
import { assertNever } from '../values/assert-never.ts';
import type { ActivationEvent, HistoryMayBeLost, ServiceInDoubt, ServiceNotFound } from './events.ts';
import {
  answered,
  doubted,
  hasOpenRequest,
  type Naming,
  newRequest,
  type ServiceRequest,
  supposedRequest,
  withRequest,
} from './requests.ts';
import type { PlannedService } from './service.ts';

/**
 * What is proven of a service at the NE. off: never requested, known absent, or reverted. refused: the NE said no.
 * on: live. unknown: not known to be on, and some request for it is unanswered or in doubt; or it was on before history was
 * lost.
 */
export type Proof = 'off' | 'refused' | 'on' | 'unknown';

/** A look-up that found nothing. */
export type NotSeen = {
  /** Its event id. */
  readonly event: string;
  readonly at: string;
  /** It was late enough to be the first of two. */
  readonly counts: boolean;
  /** The reader's boot, and ms since then when it began. */
  readonly boot: string;
  readonly uptimeMs: number;
  /** Ms since that boot from which a process of it has known of every request of the service. */
  readonly since: number;
};

/** One service of one generation. */
export type ServiceState = {
  readonly plan: PlannedService;
  readonly proof: Proof;
  /** What the facts say by themselves, whatever the requests that are open may still do. */
  readonly known: Exclude<Proof, 'unknown'>;
  /** Every request that it ever had, in their order. */
  readonly requests: readonly ServiceRequest[];
  /** Services that the NE told of by id under another name than ours, and that nobody has settled yet. */
  readonly told: readonly Told[];
  /** Names under which the NE answered, besides the key ('': without one): it is ours under these too. */
  readonly names: readonly string[];
  /** An id that the NE told of (in event `by`) and that no read has shown yet. */
  readonly unseen: { readonly neId: string; readonly by: string } | null;
  /** It is to be read back by key. */
  readonly readBack: boolean;
  /** It was on when the backup was made that the log was restored from, and was not seen since. */
  readonly maybeGone: boolean;
  /** The last look-up that found nothing, if nothing was learnt of the service since. */
  readonly notSeen: NotSeen | null;
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
  /** Requests that came to nothing, unanswered, since a person last said: try again. */
  readonly inVain: number;
  /** Suffix of the next idempotency key: rises when a person retries a refused service. */
  readonly attempt: number;
  readonly refusedCode: string | null;
  /** A person has said that nobody can prove it off, and nothing was learnt of it since. */
  readonly waived: boolean;
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
  known: 'off',
  requests: [],
  told: [],
  names: [],
  unseen: null,
  readBack: false,
  maybeGone: false,
  notSeen: null,
  neId: null,
  equipmentId: null,
  duplicates: [],
  revertsDuplicates: false,
  revert: null,
  reverted: false,
  tries: 0,
  inVain: 0,
  attempt: 0,
  refusedCode: null,
  waived: false,
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
        // What was refused before history was lost stays so when nothing came of what was lost.
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

/** Older events name no request. */
const namedBy = ({ causationId, eventId }: Envelope): { readonly named: Naming; readonly by: string } => ({
  named: causationId ?? undefined,
  by: eventId,
});

const answeredOf = (
  requests: readonly ServiceRequest[],
  { causationId }: Envelope<ServiceNotFound>,
): ServiceRequest | undefined => requests.find(({ intent }) => intent === causationId);

/** Nobody answered it, and nothing came of it: the next one may be as much in vain. */
const isInVain = (requests: readonly ServiceRequest[], event: Envelope<ServiceNotFound>): boolean => {
  const request = answeredOf(requests, event);
  return event.data.why === 'absent' && request?.turnedAway === null && !request.isSupposed;
};

const isOfSupposed = (requests: readonly ServiceRequest[], event: Envelope<ServiceNotFound>): boolean =>
  answeredOf(requests, event)?.isSupposed === true;

/** What may have been asked for is a request that nobody has answered; what may have been switched off is to be seen. */
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

type On = { readonly neId: string; readonly equipmentId?: string };

const nowOn = (
  service: ServiceState,
  { neId, equipmentId }: On,
  found: readonly string[],
): Partial<ServiceState> => ({
  known: 'on',
  neId,
  equipmentId: equipmentId ?? service.equipmentId,
  duplicates: besides(service, neId, found),
  told: service.told.filter((told) => told.neId !== neId),
  inVain: 0,
  maybeGone: false,
  revertsDuplicates: false,
  reverted: false,
  refusedCode: null,
});

const nowDoubted = (service: ServiceState, event: Envelope<ServiceInDoubt>): Partial<ServiceState> => {
  const { at, eventId, data } = event;
  const { told } = data;
  const { key } = service.plan;
  // What was told of once is looked up by our name; when that was in vain it is told again, and is elsewhere.
  const isElsewhere =
    told !== undefined && told.name !== key && service.told.some(({ neId }) => neId === told.neId);
  const requests = withRequest(service.requests, namedBy(event).named, (request) =>
    doubted(request, { at, by: eventId, ...data }, isElsewhere),
  );
  if (told === undefined) return { requests };
  const unseen = { neId: told.neId, by: eventId };
  if (told.name === key) return { requests, unseen };
  const isKnown = service.neId === told.neId || service.duplicates.includes(told.neId);
  const others = service.told.filter(({ neId }) => neId !== told.neId);
  return {
    requests,
    unseen,
    told: isKnown ? others : [...others, told],
    // An NE that keeps no name shows it without one.
    names: [...new Set([...service.names, told.name ?? ''])],
  };
};

/** Without an id that is not ours (any more). The service itself, if it was that one, is somewhere else or nowhere. */
const without = (service: ServiceState, neId: string): Partial<ServiceState> => ({
  neId: service.neId === neId ? null : service.neId,
  duplicates: service.duplicates.filter((id) => id !== neId),
  told: service.told.filter((told) => told.neId !== neId),
  inVain: service.told.some((told) => told.neId === neId) ? service.inVain + 1 : service.inVain,
  unseen: service.unseen?.neId === neId ? null : service.unseen,
});

/** What else lives under the key. An id that was proven on stays one to switch off when another turns up. */
const besides = (service: ServiceState, neId: string, found: readonly string[]): readonly string[] => {
  const known = service.known !== 'on' || service.neId === null ? [] : [service.neId, ...service.duplicates];
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

/**
 * While a request is open, or the NE has told of a service elsewhere, nothing but *on* is proven; and not even that of one
 * whose history was lost.
 */
const proofOf = (service: Omit<ServiceState, 'proof'>): Proof => {
  const mayBeOn = hasOpenRequest(service) || service.told.length > 0;
  const isDoubtful = service.known === 'on' ? service.maybeGone : mayBeOn;
  return isDoubtful ? 'unknown' : service.known;
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
