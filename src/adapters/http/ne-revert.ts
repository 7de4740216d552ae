import type { Cause } from '../../core/codes/cause.ts';
import { lookUpOf } from '../../core/peers/look-up.ts';
import { type Observation, type Outcome, outcomeOf } from '../../core/peers/outcome.ts';
import type { Leave, NeService, OurService, Reverted } from '../../core/ports/peers.ts';
import { monitorOf, serviceOf, stateOfService } from './ne-reading.ts';
import type { Answer, PeerClient, Reading } from './peer-client.ts';
import { orderOf } from './reading.ts';

/** How this NE wants a service switched off. */
export type RevertVerb = 'patch' | 'delete';

export type RevertOptions = { readonly client: PeerClient; readonly revertVerb: RevertVerb };

/** How often a service that changes between its reading and its change is read again. */
const READS = 3;

/**
 * Switches a service off: reads it by its id, compares its name, and changes it as it was read. An id alone says nothing:
 * an NE gives freed ids to others, and begins anew with them when it was restored. Whatever the change is answered with
 * that is no proof is followed by one more reading.
 */
export const revertAt = ({ client, revertVerb }: RevertOptions) => {
  const read = async (neId: string, ours: OurService, leave: Leave): Promise<Known> => {
    const sending = await leave();
    if (sending === null) return over(NOT_ADMITTED);
    const exchange = { verb: 'GET', ...addressOf(neId, ours) } as const;
    return knownOf(await client.observe(exchange, sending, { read: readKnown(neId) }), ours);
  };

  const change = async (
    neId: string,
    ours: OurService,
    { etag }: Version,
    leave: Leave,
  ): Promise<Observation<NeService> | null> => {
    const sending = await leave();
    if (sending === null) return null;
    const headers = etag === null ? {} : { 'if-match': etag };
    const address = { ...addressOf(neId, ours), headers };
    const reader = { read: readOff(neId, ours), monitorOf };
    return revertVerb === 'delete'
      ? client.observe({ ...address, verb: 'DELETE' }, sending, reader)
      : client.observe({ ...address, verb: 'PATCH', body: TERMINATED }, sending, reader);
  };

  return async (neId: string, ours: OurService, leave: Leave): Promise<Reverted> => {
    let known = await read(neId, ours, leave);
    for (let reads = 1; known.kind === 'ours'; reads += 1) {
      const changed = await change(neId, ours, known.version, leave);
      if (changed === null) return NOT_ADMITTED;
      const answered = answerOf(changed);
      if (answered.kind === 'told') return answered.reverted;
      if (answered.kind === 'changed-meanwhile' && reads >= READS) return answered.doubt;
      known = await read(neId, ours, leave);
      // It was not told to have changed, so what was answered stands.
      if (known.kind === 'ours' && answered.kind === 'unproven') return answered.doubt;
    }
    return known.reverted;
  };
};

const NOT_ADMITTED = {
  kind: 'not-sent',
  cause: { code: 'NE_BUSY' },
  retryAt: null,
  breakerOpen: true,
} as const;

const TERMINATED = { state: 'terminated' } as const;

const addressOf = (neId: string, { key }: OurService) => ({
  path: `/service/${encodeURIComponent(neId)}`,
  collection: false,
  orderId: orderOf(key),
});

const isOurs = ({ key }: NeService, ours: OurService): boolean =>
  key === ours.key || ours.names.includes(key);

/** The service as it was read; `etag` only when it names this very version (RFC 9110: If-Match compares strongly). */
type Version = { readonly service: NeService; readonly etag: string | null };

const STRONG_ETAG = /^"[\x21\x23-\x7e]*"$/;

const readKnown =
  (neId: string) =>
  ({ json, headers }: Answer): Reading<readonly Version[]> => {
    const service = serviceOf(json);
    if (service === null) return { ok: false, cause: { code: 'NOT_A_SERVICE' } };
    if (service.neId !== neId) return { ok: false, cause: { code: 'OTHER_ID', id: service.neId } };
    const etag = headers.etag?.trim() ?? '';
    return { ok: true, value: [{ service, etag: STRONG_ETAG.test(etag) ? etag : null }] };
  };

type Known =
  | { readonly kind: 'ours'; readonly version: Version }
  /** Nothing is to be changed (any more). */
  | { readonly kind: 'over'; readonly reverted: Reverted };

const over = (reverted: Reverted): Known => ({ kind: 'over', reverted });

/** What a reading by id allows. */
const knownOf = (observation: Observation<readonly Version[]>, ours: OurService): Known => {
  const version = versionOf(observation);
  if (version !== null) {
    const { service } = version;
    if (!isOurs(service, ours)) return over({ kind: 'foreign', name: service.key });
    if (service.state === 'terminated') return over({ kind: 'confirmed', value: service });
    // A cache may show whose the id was; with If-Match the NE itself compares.
    const isStale =
      version.etag === null && observation.seen === 'response' && observation.cached !== undefined;
    return isStale
      ? over({ kind: 'in-doubt', cause: { code: 'READ_BY_ID', cause: { code: 'FROM_CACHE' } } })
      : { kind: 'ours', version };
  }
  const lookUp = lookUpOf(observation, ({ service }) => stateOfService(service));
  switch (lookUp.kind) {
    case 'absent':
      return over({ kind: 'gone' });
    case 'unsupported':
      // Without a reading nothing may be changed: a person must see it.
      return over({
        kind: 'rejected',
        code: 'NO_READ_BY_ID',
        message: lookUp.cause.code === 'HTTP_STATUS' ? lookUp.cause.told : '',
      });
    case 'unknown':
      return over(doubtOf(outcomeOf(observation), lookUp.cause));
    case 'misconfigured':
    case 'ambiguous':
    case 'found':
    case 'terminated':
      return over(doubtOf(outcomeOf(observation), { code: 'UNREADABLE' }));
  }
};

const versionOf = (observation: Observation<readonly Version[]>): Version | null =>
  observation.seen === 'response' && observation.status === 200 && observation.body.ok
    ? (observation.body.value[0] ?? null)
    : null;

/** A reading that came to nothing: when to ask again, or why it is in doubt. A reading refuses and confirms nothing. */
const doubtOf = (outcome: Outcome<unknown>, cause: Cause): Outcome<never> => {
  switch (outcome.kind) {
    case 'not-sent':
    case 'turned-away':
    case 'misconfigured':
      return outcome;
    default:
      return { kind: 'in-doubt', cause: { code: 'READ_BY_ID', cause } };
  }
};

/** The service after its change. Some answer with the changed members alone: what is told must be right. */
const readOff =
  (neId: string, ours: OurService) =>
  ({ json }: Answer): Reading<NeService> => {
    const service = serviceOf(json);
    if (service === null) return { ok: false, cause: { code: 'NOT_A_SERVICE' } };
    if (service.neId !== neId) return { ok: false, cause: { code: 'OTHER_ID', id: service.neId } };
    if (service.key !== '' && !isOurs(service, ours))
      return { ok: false, cause: { code: 'OTHER_SERVICE', key: service.key } };
    return service.state === 'terminated'
      ? { ok: true, value: service.key === '' ? { ...service, key: ours.key } : service }
      : { ok: false, cause: { code: 'STATE', state: service.state } };
  };

type Answered =
  | { readonly kind: 'told'; readonly reverted: Reverted }
  /** 412: it is no longer as it was read. */
  | { readonly kind: 'changed-meanwhile'; readonly doubt: Reverted }
  /** An answer came that says neither that it is off nor that it is not. */
  | { readonly kind: 'unproven'; readonly doubt: Reverted };

const answerOf = (observation: Observation<NeService>): Answered => {
  const outcome = outcomeOf(observation);
  if (observation.seen !== 'response') return { kind: 'told', reverted: outcome };
  const { status, verb, error } = observation;
  if (status === 412) return { kind: 'changed-meanwhile', doubt: outcome };
  if (status === 404 && error !== null) return { kind: 'told', reverted: { kind: 'gone' } };
  // A DELETE that was carried out proves nothing: only a look-up by key does.
  const isSuccess = status >= 200 && status < 300 && status !== 202;
  if (verb === 'DELETE' && isSuccess) return { kind: 'told', reverted: { kind: 'gone' } };
  const isUnproven = (isSuccess && !observation.body.ok) || status === 409 || status === 404;
  return isUnproven ? { kind: 'unproven', doubt: outcome } : { kind: 'told', reverted: outcome };
};
