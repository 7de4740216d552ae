import type { Cause } from '../codes/cause.ts';

/** A service that a 2xx names although all else in the answer is wrong. `name`: what the NE calls it; null: it did not say. */
export type Told = { readonly neId: string; readonly name: string | null };

/**
 * What one create, call or change at a peer came to. Only `confirmed` proves an effect, and only `not-sent` proves that
 * there is none: of a create or a call an answer of any other kind is a doubt, for a gateway on the way may have sent the
 * request more than once.
 */
export type Outcome<T> =
  | { readonly kind: 'confirmed'; readonly value: T }
  /** 202. `monitor`: what tells how it ends; null: nothing does. */
  | { readonly kind: 'accepted'; readonly monitor: string | null }
  /** The peer says no, with its own code. */
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string }
  /** 429, or 503 that says when to come back (epoch ms; null: it does not say). */
  | { readonly kind: 'turned-away'; readonly cause: Cause; readonly retryAt: number | null }
  /** This process itself saw that no byte of it was written. */
  | {
      readonly kind: 'not-sent';
      readonly cause: Cause;
      readonly retryAt: number | null;
      readonly breakerOpen: boolean;
    }
  | { readonly kind: 'misconfigured'; readonly cause: Cause }
  | { readonly kind: 'in-doubt'; readonly cause: Cause; readonly told?: Told };

/** What a look-up by key came to. Only `absent` proves absence, and only late (rule 3). */
export type LookUp<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'terminated'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'ambiguous'; readonly matches: readonly T[] }
  | { readonly kind: 'unsupported'; readonly cause: Cause }
  | { readonly kind: 'misconfigured'; readonly cause: Cause }
  /** `shown`: the one match, which is there and neither on nor over. */
  | { readonly kind: 'unknown'; readonly cause: Cause; readonly retryAt: number | null; readonly shown?: T };

/** What the wire showed, before the table judges it. Times are epoch ms. */
export type Observation<T> =
  | { readonly seen: 'never-sent'; readonly cause: Cause }
  | {
      readonly seen: 'breaker-open' | 'bulkhead-full';
      readonly retryAt: number | null;
      readonly cause: Cause;
    }
  | { readonly seen: 'lost'; readonly cause: Cause }
  | {
      readonly seen: 'response';
      readonly status: number;
      readonly verb: 'POST' | 'PATCH' | 'DELETE' | 'GET';
      /** Path ends with a collection, not with an id. */
      readonly collection: boolean;
      readonly retryAt: number | null;
      readonly monitor: string | null;
      readonly error: { readonly code: string; readonly message: string } | null;
      /** By what it shows that it came out of a cache on the way; absent: by nothing. */
      readonly cached?: string;
      /** `value` when the body is JSON of the expected shape and echoes our key. */
      readonly body:
        | { readonly ok: true; readonly value: T }
        | { readonly ok: false; readonly cause: Cause; readonly told?: Told };
    };

/**
 * The table of outcomes (docs/domain.md, "Outcome of a remote call"): pure and total. Everything that is not proven
 * to be something else is in doubt.
 */
export const outcomeOf = <T>(observation: Observation<T>): Outcome<T> => {
  switch (observation.seen) {
    case 'never-sent':
      return { kind: 'not-sent', cause: observation.cause, retryAt: null, breakerOpen: false };
    case 'breaker-open':
    case 'bulkhead-full':
      return {
        kind: 'not-sent',
        cause: observation.cause,
        retryAt: observation.retryAt,
        breakerOpen: observation.seen === 'breaker-open',
      };
    case 'lost':
      return { kind: 'in-doubt', cause: observation.cause };
    case 'response':
      return outcomeOfResponse(observation);
  }
};

type Response<T> = Extract<Observation<T>, { seen: 'response' }>;

const outcomeOfResponse = <T>(response: Response<T>): Outcome<T> => {
  const { status, body } = response;
  if (status === 202 && response.verb !== 'GET') {
    return { kind: 'accepted', monitor: response.monitor };
  }
  if (status >= 200 && status < 300) {
    if (body.ok) return { kind: 'confirmed', value: body.value };
    const told = body.told === undefined ? {} : { told: body.told };
    return { kind: 'in-doubt', cause: { code: 'HTTP_BODY', status, body: body.cause }, ...told };
  }
  const cause = statusCause(response);
  if (status === 429 || (status === 503 && response.retryAt !== null)) {
    return { kind: 'turned-away', cause, retryAt: response.retryAt };
  }
  if (isMisconfigured(response)) return { kind: 'misconfigured', cause };
  if (status === 400 || status === 413 || status === 422) {
    const code = response.error?.code ?? `HTTP_${status}`;
    return { kind: 'rejected', code, message: response.error?.message ?? `HTTP ${status}` };
  }
  return { kind: 'in-doubt', cause };
};

/** The status, and what the peer itself said. */
export const statusCause = ({ status, error }: Pick<Response<unknown>, 'status' | 'error'>): Cause => ({
  code: 'HTTP_STATUS',
  status,
  told: error === null ? '' : `${error.code} ${error.message}`.trimEnd(),
});

const isMisconfigured = ({ status, collection }: Response<unknown>): boolean =>
  status === 401 || status === 403 || status === 415 || (collection && (status === 404 || status === 405));
