import type { Cause } from '../../core/codes/cause.ts';
import { lookUpOf } from '../../core/peers/look-up.ts';
import { type Observation, type Outcome, outcomeOf } from '../../core/peers/outcome.ts';
import type { AskToSend } from '../../core/ports/peers.ts';
import { monitorOf } from './ne-reading.ts';
import type { Answer, Exchange, PeerClient, Reading } from './peer-client.ts';

/** One change of one thing that the peer knows by an id of its own. */
export type Change<T> = {
  readonly address: Pick<Exchange, 'path' | 'orderId'>;
  readonly verb: 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** The thing as a reading by its id tells it, with that very id. */
  readonly read: (answer: Answer) => Reading<T>;
  /** What it is called there; null: without a name. */
  readonly nameOf: (value: T) => string | null;
  readonly isOurs: (value: T) => boolean;
  /** It is as the change wants it, as far as a reading shows before the change, or after it. */
  readonly isDone: (value: T, when: 'before' | 'after') => boolean;
  /** The thing as the answer to the change tells it; refused unless it is as the change wants it. */
  readonly readChanged: (answer: Answer) => Reading<T>;
};

/** What the change came to. `gone`: the peer does not know the id, or was sent a DELETE, which proves nothing. */
export type Changed<T> =
  | Outcome<T>
  | { readonly kind: 'gone' }
  | { readonly kind: 'foreign'; readonly name: string | null };

/** How often a thing that changes between its reading and its change is read again. */
const READS = 3;

/**
 * Changes a thing as it was read: reads it by its id, compares its name, and changes it. An id alone says nothing: peers
 * give freed ids to others, and begin anew with them when they were restored. Whatever the change is answered with that
 * is no proof is followed by one more reading.
 */
export const changeById = async <T>(
  client: PeerClient,
  change: Change<T>,
  askToSend: AskToSend,
): Promise<Changed<T>> => {
  let known = await readKnown(client, change, { askToSend, when: 'before' });
  for (let reads = 1; known.kind === 'ours'; reads += 1) {
    const sending = await askToSend();
    if (sending === null) return NOT_ADMITTED;
    const { address, verb, body, readChanged } = change;
    const headers = known.version.etag === null ? {} : { 'if-match': known.version.etag };
    const exchange = {
      ...address,
      collection: false,
      verb,
      headers,
      ...(body === undefined ? {} : { body }),
    };
    const answered = answerOf(await client.observe(exchange, sending, { read: readChanged, monitorOf }));
    if (answered.kind === 'told') return answered.changed;
    if (answered.kind === 'changed-meanwhile' && reads >= READS) return answered.doubt;
    const when = answered.kind === 'unproven' ? 'after' : 'before';
    known = await readKnown(client, change, { askToSend, when });
    if (known.kind === 'ours' && answered.kind === 'unproven') return answered.doubt;
  }
  return known.changed;
};

const NOT_ADMITTED = {
  kind: 'not-sent',
  cause: { code: 'PEER_BUSY' },
  retryAt: null,
  breakerOpen: true,
} as const;

/** The thing as it was read; `etag` only when it names this very version (RFC 9110: If-Match compares strongly). */
type Version<T> = { readonly value: T; readonly etag: string | null };

const STRONG_ETAG = /^"[\x21\x23-\x7e]*"$/;

const etagOf = ({ etag }: Answer['headers']): string | null => {
  const told = etag?.trim() ?? '';
  return STRONG_ETAG.test(told) ? told : null;
};

type Known<T> =
  | { readonly kind: 'ours'; readonly version: Version<T> }
  /** Nothing is to be changed (any more). */
  | { readonly kind: 'over'; readonly changed: Changed<T> };

const over = <T>(changed: Changed<T>): Known<T> => ({ kind: 'over', changed });

type Moment = { readonly askToSend: AskToSend; readonly when: 'before' | 'after' };

const readKnown = async <T>(
  client: PeerClient,
  change: Change<T>,
  { askToSend, when }: Moment,
): Promise<Known<T>> => {
  const sending = await askToSend();
  if (sending === null) return over(NOT_ADMITTED);
  const exchange = { ...change.address, verb: 'GET', collection: false } as const;
  const read = (answer: Answer): Reading<readonly Version<T>[]> => {
    const reading = change.read(answer);
    return reading.ok
      ? { ok: true, value: [{ value: reading.value, etag: etagOf(answer.headers) }] }
      : reading;
  };
  return knownOf(await client.observe(exchange, sending, { read }), change, when);
};

/** What a reading by id allows. */
const knownOf = <T>(
  observation: Observation<readonly Version<T>[]>,
  change: Change<T>,
  when: Moment['when'],
): Known<T> => {
  // Whatever its state: only `absent` is of interest among the rest.
  const lookUp = lookUpOf(observation, () => 'live');
  switch (lookUp.kind) {
    case 'found': {
      const { value, etag } = lookUp.value;
      if (!change.isOurs(value)) return over({ kind: 'foreign', name: change.nameOf(value) });
      if (change.isDone(value, when)) return over({ kind: 'confirmed', value });
      // A cache may show whose the id was; with If-Match the peer itself compares.
      const isStale = etag === null && observation.seen === 'response' && observation.cached !== undefined;
      return isStale ? over(doubt({ code: 'FROM_CACHE' })) : { kind: 'ours', version: lookUp.value };
    }
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
    case 'misconfigured':
      return over(unread(outcomeOf(observation), lookUp.cause));
    case 'terminated':
    case 'ambiguous':
      return over(doubt({ code: 'UNREADABLE' }));
  }
};

const doubt = (cause: Cause): Outcome<never> => ({ kind: 'in-doubt', cause: { code: 'READ_BY_ID', cause } });

/** A reading that came to nothing: when to ask again, or why it is in doubt. It refuses and confirms nothing. */
const unread = (outcome: Outcome<unknown>, cause: Cause): Outcome<never> => {
  switch (outcome.kind) {
    case 'not-sent':
    case 'turned-away':
    case 'misconfigured':
      return outcome;
    default:
      return doubt(cause);
  }
};

type Answered<T> =
  | { readonly kind: 'told'; readonly changed: Changed<T> }
  /** 412: it is no longer as it was read. */
  | { readonly kind: 'changed-meanwhile'; readonly doubt: Outcome<T> }
  /** An answer came that says neither that it is done nor that it is not. */
  | { readonly kind: 'unproven'; readonly doubt: Outcome<T> };

const answerOf = <T>(observation: Observation<T>): Answered<T> => {
  const outcome = outcomeOf(observation);
  if (observation.seen !== 'response') return { kind: 'told', changed: outcome };
  const { status, verb, error } = observation;
  if (status === 412) return { kind: 'changed-meanwhile', doubt: outcome };
  if (status === 404 && error !== null) return { kind: 'told', changed: { kind: 'gone' } };
  // A DELETE that was carried out proves nothing: only a look-up by key does.
  const isSuccess = status >= 200 && status < 300 && status !== 202;
  if (verb === 'DELETE' && isSuccess) return { kind: 'told', changed: { kind: 'gone' } };
  const isUnproven = (isSuccess && !observation.body.ok) || status === 409 || status === 404;
  return isUnproven ? { kind: 'unproven', doubt: outcome } : { kind: 'told', changed: outcome };
};
