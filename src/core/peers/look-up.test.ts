import { describe, expect, test } from 'vitest';
import { lookUpOf, type MatchState } from './look-up.ts';
import type { Observation } from './outcome.ts';

type Service = { readonly id: string; readonly state: string };
type Seen = Observation<readonly Service[]>;
type Response = Extract<Seen, { seen: 'response' }>;

const RETRY_AT = 1_800_000_000_000;

const stateOf = ({ state }: Service): MatchState => {
  if (state === 'active') return 'live';
  return state === 'terminated' ? 'over' : { notYet: state };
};

const response = (status: number, changes: Partial<Response> = {}): Response => ({
  seen: 'response',
  status,
  verb: 'GET',
  collection: true,
  retryAt: null,
  monitor: null,
  error: null,
  body: { ok: false, cause: { code: 'NOT_A_SUCCESS' } },
  ...changes,
});

const found = (...states: string[]): Response =>
  response(200, {
    body: { ok: true, value: states.map((state, index) => ({ id: `s${index + 1}`, state })) },
  });

const ERROR = { code: 'NOPE', message: 'not here' };

test.each([
  ['an empty list', found()],
  ['a 404 of the API', response(404, { collection: false, error: ERROR })],
])('%s out of a cache proves no absence', (_name, seen) => {
  expect(lookUpOf(seen, stateOf)).toEqual({ kind: 'absent' });
  expect(lookUpOf({ ...seen, cached: 'age: 12' }, stateOf)).toEqual({
    kind: 'unknown',
    cause: { code: 'ABSENCE_FROM_CACHE', cached: 'age: 12' },
    retryAt: null,
  });
});

test('what a cache shows to be there is there', () => {
  expect(lookUpOf({ ...found('active'), cached: 'age: 12' }, stateOf)).toMatchObject({ kind: 'found' });
});

describe('a complete list', () => {
  test.each<[string, Response, unknown]>([
    ['nothing', found(), { kind: 'absent' }],
    ['one active', found('active'), { kind: 'found', value: { id: 's1', state: 'active' } }],
    ['one terminated', found('terminated'), { kind: 'terminated', value: { id: 's1', state: 'terminated' } }],
    [
      'one in between',
      found('reserved'),
      {
        kind: 'unknown',
        cause: { code: 'STATE', state: 'reserved' },
        retryAt: null,
        shown: { id: 's1', state: 'reserved' },
      },
    ],
    [
      'several',
      found('active', 'active'),
      {
        kind: 'ambiguous',
        matches: [
          { id: 's1', state: 'active' },
          { id: 's2', state: 'active' },
        ],
      },
    ],
    [
      'several, one of them over',
      found('terminated', 'active'),
      {
        kind: 'ambiguous',
        matches: [
          { id: 's1', state: 'terminated' },
          { id: 's2', state: 'active' },
        ],
      },
    ],
    [
      'several, all over',
      found('terminated', 'terminated'),
      { kind: 'terminated', value: { id: 's1', state: 'terminated' } },
    ],
  ])('%s', (_name, observation, lookUp) => {
    expect(lookUpOf(observation, stateOf)).toEqual(lookUp);
  });
});

describe('anything else', () => {
  test.each<[string, Seen, unknown]>([
    [
      'never sent',
      { seen: 'never-sent', cause: { code: 'CANNOT_CONNECT', error: 'refused' } },
      { kind: 'unknown', cause: { code: 'CANNOT_CONNECT', error: 'refused' }, retryAt: null },
    ],
    [
      'lost',
      { seen: 'lost', cause: { code: 'ANSWER_LOST', error: 'reset' } },
      { kind: 'unknown', cause: { code: 'ANSWER_LOST', error: 'reset' }, retryAt: null },
    ],
    [
      'breaker open',
      { seen: 'breaker-open', retryAt: RETRY_AT, cause: { code: 'BREAKER_OPEN', last: null } },
      { kind: 'unknown', cause: { code: 'BREAKER_OPEN', last: null }, retryAt: RETRY_AT },
    ],
    [
      'bulkhead full',
      { seen: 'bulkhead-full', retryAt: null, cause: { code: 'IN_FLIGHT', places: 1 } },
      { kind: 'unknown', cause: { code: 'IN_FLIGHT', places: 1 }, retryAt: null },
    ],
    [
      '200 that is not the list that was asked for',
      response(200, { body: { ok: false, cause: { code: 'NAME_FILTER_IGNORED' } } }),
      { kind: 'unknown', cause: { code: 'NAME_FILTER_IGNORED' }, retryAt: null },
    ],
    [
      '429',
      response(429, { retryAt: RETRY_AT }),
      { kind: 'unknown', cause: { code: 'HTTP_STATUS', status: 429, told: '' }, retryAt: RETRY_AT },
    ],
    [
      '404 of the collection',
      response(404, { error: ERROR }),
      { kind: 'misconfigured', cause: { code: 'HTTP_STATUS', status: 404, told: 'NOPE not here' } },
    ],
    ['404 of an id, by the API', response(404, { collection: false, error: ERROR }), { kind: 'absent' }],
    [
      '404 of an id, by something on the way',
      response(404, { collection: false }),
      { kind: 'unknown', cause: { code: 'HTTP_STATUS', status: 404, told: '' }, retryAt: null },
    ],
  ])('%s', (_name, observation, lookUp) => {
    expect(lookUpOf(observation, stateOf)).toEqual(lookUp);
  });

  const others = { misconfigured: [401, 403, 404, 415], unsupported: [400, 405, 422, 501] };

  test('every status has one row; absence is proven by 200 alone', () => {
    const empty = { ok: true, value: [] } as const;
    for (let status = 100; status < 600; status += 1) {
      const { kind } = lookUpOf(response(status, { body: empty }), stateOf);
      const named = Object.entries(others).find(([, statuses]) => statuses.includes(status))?.[0];
      expect([status, kind]).toEqual([status, status === 200 ? 'absent' : (named ?? 'unknown')]);
    }
  });
});
