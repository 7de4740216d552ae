import type { Envelope } from '../process/events.ts';
import { isNameOfAnother } from '../values/keys.ts';
import type { ServiceInDoubt, ServiceNotFound } from './events.ts';
import { doubted, type Naming, type ServiceRequest, withRequest } from './requests.ts';
import type { ServiceState } from './service-state.ts';

/** Older events name no request. */
export const namedBy = ({
  causationId,
  eventId,
}: Envelope): { readonly named: Naming; readonly by: string } => ({
  named: causationId ?? undefined,
  by: eventId,
});

const answeredOf = (
  requests: readonly ServiceRequest[],
  { causationId }: Envelope<ServiceNotFound>,
): ServiceRequest | undefined => requests.find(({ intent }) => intent === causationId);

/** It had no answer, and nothing came of it: the next one may be as much in vain. */
export const isInVain = (requests: readonly ServiceRequest[], event: Envelope<ServiceNotFound>): boolean => {
  const request = answeredOf(requests, event);
  return event.data.why === 'absent' && request?.turnedAway === null && !request.isSupposed;
};

export const isOfSupposed = (
  requests: readonly ServiceRequest[],
  event: Envelope<ServiceNotFound>,
): boolean => answeredOf(requests, event)?.isSupposed === true;

type On = { readonly neId: string; readonly equipmentId?: string };

export const nowOn = (
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

export const nowDoubted = (service: ServiceState, event: Envelope<ServiceInDoubt>): Partial<ServiceState> => {
  const { at, eventId, data } = event;
  const { told } = data;
  const { key } = service.plan;
  // After the first telling CheckService looks by our name; the same id told again means: in vain, it is elsewhere.
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
    names: namesAfter(service, told.name),
  };
};

/**
 * What it is called at the NE, besides its key. An answer about another service (a gateway that mixes up whom it answers)
 * gives it no name: an undo would switch off the other one.
 */
const namesAfter = ({ names, plan }: ServiceState, told: string | null): readonly string[] => {
  if (told !== null && isNameOfAnother(told, plan.key)) return names;
  // An NE that keeps no name shows it without one.
  return [...new Set([...names, told ?? ''])];
};

/** The service without an id that is not ours (any more). If that was its own id, it is somewhere else or nowhere. */
export const without = (service: ServiceState, neId: string): Partial<ServiceState> => ({
  neId: service.neId === neId ? null : service.neId,
  duplicates: service.duplicates.filter((id) => id !== neId),
  told: service.told.filter((told) => told.neId !== neId),
  inVain: service.told.some((told) => told.neId === neId) ? service.inVain + 1 : service.inVain,
  unseen: service.unseen?.neId === neId ? null : service.unseen,
});

/** What else lives under the key. An undo still switches off an id that was proven on when another one turns up. */
const besides = (service: ServiceState, neId: string, found: readonly string[]): readonly string[] => {
  const known = service.known !== 'on' || service.neId === null ? [] : [service.neId, ...service.duplicates];
  return [...new Set([...known, ...found])].filter((id) => id !== neId);
};
