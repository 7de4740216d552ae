import { type LookUp, type Observation, statusCause } from './outcome.ts';

/** Whether a match counts as there, as over, or as neither yet (its state in the peer's own word). */
export type MatchState = 'live' | 'over' | { readonly notYet: string };

/**
 * The table of look-ups (docs/domain.md, "Outcome of a remote call"): pure and total. The body's value is the complete list
 * of the matches, none of which has another key. `absent` is 200 with exactly an empty list and nothing else; of a read
 * by the peer's own id it is a 404 that the API itself answered (`error` is present), not one of a proxy on the way. What a
 * cache remembers proves no absence: it may stem from before the effect.
 */
export const lookUpOf = <T>(
  observation: Observation<readonly T[]>,
  stateOf: (match: T) => MatchState,
): LookUp<T> => {
  switch (observation.seen) {
    case 'never-sent':
    case 'lost':
      return { kind: 'unknown', cause: observation.cause, retryAt: null };
    case 'breaker-open':
    case 'bulkhead-full':
      return { kind: 'unknown', cause: observation.cause, retryAt: observation.retryAt };
    case 'response': {
      const lookUp = lookUpOfResponse(observation, stateOf);
      return lookUp.kind === 'absent' && observation.cached !== undefined
        ? {
            kind: 'unknown',
            cause: { code: 'ABSENCE_FROM_CACHE', cached: observation.cached },
            retryAt: null,
          }
        : lookUp;
    }
  }
};

type Response<T> = Extract<Observation<readonly T[]>, { seen: 'response' }>;

/** The peer understood and cannot do it: asking again is in vain. */
const UNSUPPORTED = new Set([400, 405, 422, 501]);
const MISCONFIGURED = new Set([401, 403, 415]);

const lookUpOfResponse = <T>(response: Response<T>, stateOf: (match: T) => MatchState): LookUp<T> => {
  const { status, collection, error, body } = response;
  if (status === 200) {
    return body.ok
      ? lookUpOfMatches(body.value, stateOf)
      : { kind: 'unknown', cause: body.cause, retryAt: null };
  }
  const cause = statusCause(response);
  if (MISCONFIGURED.has(status) || (status === 404 && collection)) return { kind: 'misconfigured', cause };
  if (UNSUPPORTED.has(status)) return { kind: 'unsupported', cause };
  if (status === 404 && error !== null) return { kind: 'absent' };
  return { kind: 'unknown', cause, retryAt: response.retryAt };
};

const lookUpOfMatches = <T>(matches: readonly T[], stateOf: (match: T) => MatchState): LookUp<T> => {
  const [first, ...others] = matches;
  if (first === undefined) return { kind: 'absent' };
  // Several that are all over raise no question: whichever it was, nothing is left of it.
  const allOver = matches.every((match) => stateOf(match) === 'over');
  if (others.length > 0 && !allOver) return { kind: 'ambiguous', matches };
  const state = stateOf(first);
  if (state === 'live') return { kind: 'found', value: first };
  if (state === 'over') return { kind: 'terminated', value: first };
  return { kind: 'unknown', cause: { code: 'STATE', state: state.notYet }, retryAt: null, shown: first };
};
