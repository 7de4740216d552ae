import type { Cause } from '../../core/codes/cause.ts';
import type { MatchState } from '../../core/peers/look-up.ts';
import type { Told } from '../../core/peers/outcome.ts';
import type { NeService } from '../../core/ports/peers.ts';
import { nextLink } from './next-link.ts';
import type { Answer, Reading } from './peer-client.ts';
import { boundedText, peerText, withoutSecrets } from './peer-text.ts';
import { idOf, isObject, nameOf, textOf } from './reading.ts';
import { totalOf } from './total.ts';

/** The states of TMF640. Systems write them in any case, and mean the same. */
const STATES = [
  'feasibilityChecked',
  'designed',
  'reserved',
  'inactive',
  'active',
  'suspended',
  'terminated',
] as const;

/** As much of it as is looked at. */
const MAX_STATE = 1_000;

/** One that is none of them is the peer's own text, and goes where causes go. */
const stateOf = (value: unknown, secrets: readonly string[]): string => {
  const told = (textOf(value) ?? '').slice(0, MAX_STATE).trim();
  return STATES.find((state) => state.toLowerCase() === told.toLowerCase()) ?? peerText(told, secrets);
};

/** What is neither active nor terminated is "not yet". */
export const stateOfService = ({ state }: NeService): MatchState => {
  if (state === 'active') return 'live';
  return state === 'terminated' ? 'over' : { notYet: state };
};

/** A Service as the NE gave it; null: it has no usable id. Without a usable name its key is ''. */
export const serviceOf = (value: unknown, secrets: readonly string[] = []): NeService | null => {
  if (!isObject(value)) return null;
  const neId = idOf(value.id);
  if (neId === null) return null;
  const characteristics = characteristicsOf(value.serviceCharacteristic, secrets);
  const equipmentId = idOf(characteristics.equipmentId);
  const spec = isObject(value.serviceSpecification) ? nameOf(value.serviceSpecification.id) : null;
  return {
    neId,
    key: nameOf(value.name) ?? '',
    state: stateOf(value.state, secrets),
    ...(equipmentId === null ? {} : { equipmentId }),
    ...(spec === null ? {} : { spec }),
    characteristics,
  };
};

/** More than any service of ours has. */
const MOST_CHARACTERISTICS = 50;

const characteristicsOf = (value: unknown, secrets: readonly string[]): Readonly<Record<string, string>> => {
  const all: Record<string, string> = {};
  if (!Array.isArray(value)) return all;
  for (const item of value.slice(0, MOST_CHARACTERISTICS)) {
    const name = isObject(item) ? nameOf(item.name) : null;
    const told = isObject(item) ? item.value : null;
    if (name === null || name === '__proto__') continue;
    if (typeof told === 'string' || typeof told === 'number' || typeof told === 'boolean')
      all[name] = boundedText(String(told), secrets);
  }
  return all;
};

const refused = (cause: Cause): Reading<never> => ({ ok: false, cause });

/** The service that was created: ours and active; anything else confirms nothing. */
export const readCreated =
  (key: string) =>
  ({ json, secrets }: Pick<Answer, 'json' | 'secrets'>): Reading<NeService> => {
    const service = serviceOf(json, secrets);
    if (service === null) return refused({ code: 'NOT_A_SERVICE' });
    if (service.key !== key) return refused({ code: 'OTHER_SERVICE', key: service.key });
    return service.state === 'active'
      ? { ok: true, value: service }
      : refused({ code: 'STATE', state: service.state });
  };

/**
 * The service that a 2xx tells of, whatever else it says: by its body, else by the Location of a 201. What a 202 tells of may
 * be its monitor.
 */
export const toldService = ({ status, headers, json, secrets = [] }: Answer): Told | null => {
  if (status === 202) return null;
  const service = serviceOf(json);
  if (service !== null) return { neId: service.neId, name: service.key === '' ? null : service.key };
  const located = status === 201 ? lastOf(headers.location, 'service', secrets) : null;
  return located === null ? null : { neId: located, name: null };
};

/** A service by the NE's own id, in any state. */
export const readById =
  (neId: string) =>
  ({ json, secrets }: Answer): Reading<readonly NeService[]> => {
    const service = serviceOf(json, secrets);
    if (service === null) return refused({ code: 'NOT_A_SERVICE' });
    return service.neId === neId
      ? { ok: true, value: [service] }
      : refused({ code: 'OTHER_ID', id: service.neId });
  };

/** The complete list of the services of one key. */
export const readMatches =
  (key: string) =>
  (answer: Answer): Reading<readonly NeService[]> => {
    const { json } = answer;
    if (!Array.isArray(json)) return refused({ code: 'NOT_A_LIST' });
    const services = json.map((one) => serviceOf(one, answer.secrets)).filter((service) => service !== null);
    if (services.length !== json.length) return refused({ code: 'ELEMENT_NOT_SERVICE' });
    if (services.some((service) => service.key !== key)) {
      return refused({ code: 'NAME_FILTER_IGNORED' });
    }
    if (nextLink(answer.headers.link, '/service').kind !== 'none') return refused({ code: 'LIST_GOES_ON' });
    const total = totalOf(answer.headers);
    return total !== null && total !== json.length
      ? refused({ code: 'LIST_NOT_COMPLETE', got: json.length, total })
      : { ok: true, value: services };
  };

/** Id of the monitor that a 202 gives: the end of its Location, else the id of a body that is no service. */
export const monitorOf = ({ headers, json, secrets = [] }: Answer): string | null => {
  const located = lastOf(headers.location, 'monitor', secrets);
  if (located !== null) return located;
  return isObject(json) && json.name === undefined ? idOf(json.id) : null;
};

/** What stands behind `/<collection>/` at the end of an address. */
const lastOf = (
  address: string | undefined,
  collection: 'monitor' | 'service',
  secrets: readonly string[],
): string | null => {
  const [, parent, last] = /\/([^/?#]+)\/([^/?#]+)\/?(?:[?#].*)?$/.exec(address ?? '') ?? [];
  return parent === collection && last !== undefined ? idOf(withoutSecrets(decoded(last), secrets)) : null;
};

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};
