import type { MatchState } from '../../core/peers/look-up.ts';
import type { NeService } from '../../core/ports/peers.ts';
import type { Answer, Reading } from './peer-client.ts';
import { idOf, isObject, textOf } from './reading.ts';
import { totalOf } from './total.ts';

/** States of TMF640 as this NE writes them; what is neither is "not yet". */
const isActive = (service: NeService): boolean => service.state === 'active';
const isTerminated = (service: NeService): boolean => service.state === 'terminated';

export const stateOfService = (service: NeService): MatchState => {
  if (isActive(service)) return 'live';
  return isTerminated(service) ? 'over' : { notYet: service.state === '' ? 'not told' : service.state };
};

/** A Service as told; null: it has no usable id or no name. */
export const serviceOf = (value: unknown): NeService | null => {
  if (!isObject(value)) return null;
  const neId = idOf(value.id);
  const key = textOf(value.name);
  if (neId === null || key === null) return null;
  const characteristics = characteristicsOf(value.serviceCharacteristic);
  const equipmentId = idOf(characteristics.equipmentId);
  const spec = isObject(value.serviceSpecification) ? textOf(value.serviceSpecification.id) : null;
  return {
    neId,
    key,
    state: textOf(value.state) ?? '',
    ...(equipmentId === null ? {} : { equipmentId }),
    ...(spec === null ? {} : { spec }),
    characteristics,
  };
};

const characteristicsOf = (value: unknown): Readonly<Record<string, string>> => {
  const all: Record<string, string> = {};
  if (!Array.isArray(value)) return all;
  for (const item of value) {
    const name = isObject(item) ? textOf(item.name) : null;
    const told = isObject(item) ? item.value : null;
    if (name === null || name === '__proto__') continue;
    if (typeof told === 'string' || typeof told === 'number' || typeof told === 'boolean')
      all[name] = String(told);
  }
  return all;
};

const refused = (cause: string): Reading<never> => ({ ok: false, cause });

/** One service that must be ours and in the state that was asked for; anything else proves nothing. */
export const readService =
  (key: string, wanted: 'active' | 'terminated', neId?: string) =>
  ({ json }: Answer): Reading<NeService> => {
    const service = serviceOf(json);
    if (service === null) return refused('the body is not a service');
    if (service.key !== key) return refused(`the body is another service: ${service.key}`);
    if (neId !== undefined && service.neId !== neId)
      return refused(`the body has another id: ${service.neId}`);
    return service.state === wanted ? { ok: true, value: service } : refused(`its state is ${service.state}`);
  };

/** A service by the NE's own id, in any state. */
export const readById =
  (neId: string) =>
  ({ json }: Answer): Reading<readonly NeService[]> => {
    const service = serviceOf(json);
    if (service === null) return refused('the body is not a service');
    return service.neId === neId
      ? { ok: true, value: [service] }
      : refused(`the body has another id: ${service.neId}`);
  };

/** The complete list of the services of one key. */
export const readMatches =
  (key: string) =>
  (answer: Answer): Reading<readonly NeService[]> => {
    const { json } = answer;
    if (!Array.isArray(json)) return refused('the body is not a list');
    const services = json.map(serviceOf).filter((service) => service !== null);
    if (services.length !== json.length) return refused('the list has an element that is not a service');
    if (services.some((service) => service.key !== key)) {
      return refused('the NE ignores the name filter (misconfigured)');
    }
    const total = totalOf(answer.headers);
    return total !== null && total !== json.length
      ? refused(`the list is not complete: ${json.length} of ${total}`)
      : { ok: true, value: services };
  };

/** Id of the monitor that a 202 gives: the end of its Location, else the id of a body that is no service. */
export const monitorOf = ({ headers, json }: Answer): string | null => {
  const located = /\/monitor\/([^/?#]+)\/?$/.exec(headers.location ?? '')?.[1];
  if (located !== undefined) return idOf(decoded(located));
  return isObject(json) && json.name === undefined ? idOf(json.id) : null;
};

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};
