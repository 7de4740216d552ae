import { describe, expect, test } from 'vitest';
import { type Observation, outcomeOf } from './outcome.ts';

type Response = Extract<Observation<string>, { seen: 'response' }>;

const RETRY_AT = 1_800_000_000_000;

const response = (status: number, changes: Partial<Response> = {}): Response => ({
  seen: 'response',
  status,
  verb: 'POST',
  collection: true,
  retryAt: null,
  monitor: null,
  error: null,
  body: { ok: false, cause: { code: 'NOT_A_SUCCESS' } },
  ...changes,
});

const OURS = { ok: true, value: 'service' } as const;
const BROKEN = { ok: false, cause: { code: 'BODY_NOT_JSON' } } as const;

describe('without an answer', () => {
  test.each<[string, Observation<string>, unknown]>([
    [
      'never sent',
      { seen: 'never-sent', cause: { code: 'CANNOT_CONNECT', error: 'ECONNREFUSED' } },
      {
        kind: 'not-sent',
        cause: { code: 'CANNOT_CONNECT', error: 'ECONNREFUSED' },
        retryAt: null,
        breakerOpen: false,
      },
    ],
    [
      'breaker open',
      { seen: 'breaker-open', retryAt: RETRY_AT, cause: { code: 'BREAKER_OPEN', last: null } },
      { kind: 'not-sent', cause: { code: 'BREAKER_OPEN', last: null }, retryAt: RETRY_AT, breakerOpen: true },
    ],
    [
      'bulkhead full',
      { seen: 'bulkhead-full', retryAt: null, cause: { code: 'IN_FLIGHT', places: 8 } },
      { kind: 'not-sent', cause: { code: 'IN_FLIGHT', places: 8 }, retryAt: null, breakerOpen: false },
    ],
    [
      'lost',
      { seen: 'lost', cause: { code: 'ANSWER_LOST', error: 'reset' } },
      { kind: 'in-doubt', cause: { code: 'ANSWER_LOST', error: 'reset' } },
    ],
  ])('%s', (_name, observation, outcome) => {
    expect(outcomeOf(observation)).toEqual(outcome);
  });
});

describe('with an answer', () => {
  test.each<[string, Response, unknown]>([
    ['201 and our service', response(201, { body: OURS }), { kind: 'confirmed', value: 'service' }],
    [
      '200 to a PATCH',
      response(200, { verb: 'PATCH', collection: false, body: OURS }),
      { kind: 'confirmed', value: 'service' },
    ],
    ['206 to a page', response(206, { verb: 'GET', body: OURS }), { kind: 'confirmed', value: 'service' }],
    [
      '201 and another body',
      response(201, { body: BROKEN }),
      { kind: 'in-doubt', cause: { code: 'HTTP_BODY', status: 201, body: { code: 'BODY_NOT_JSON' } } },
    ],
    [
      '201 with an id, and all else is wrong',
      response(201, { body: { ...BROKEN, told: { neId: 'NE-1', name: 'other' } } }),
      {
        kind: 'in-doubt',
        cause: { code: 'HTTP_BODY', status: 201, body: { code: 'BODY_NOT_JSON' } },
        told: { neId: 'NE-1', name: 'other' },
      },
    ],
    [
      '422 tells of nothing, whatever its body',
      response(422, { body: { ...BROKEN, told: { neId: 'NE-1', name: null } } }),
      { kind: 'rejected', code: 'HTTP_422', message: 'HTTP 422' },
    ],
    ['202 with a monitor', response(202, { monitor: 'm1' }), { kind: 'accepted', monitor: 'm1' }],
    ['202 to a PATCH', response(202, { verb: 'PATCH', monitor: 'm1' }), { kind: 'accepted', monitor: 'm1' }],
    ['202 without a monitor', response(202, { body: OURS }), { kind: 'accepted', monitor: null }],
    [
      '400 with an error',
      response(400, { error: { code: 'NO_PORT', message: 'none is free' } }),
      { kind: 'rejected', code: 'NO_PORT', message: 'none is free' },
    ],
    ['413', response(413), { kind: 'rejected', code: 'HTTP_413', message: 'HTTP 413' }],
    ['422', response(422), { kind: 'rejected', code: 'HTTP_422', message: 'HTTP 422' }],
    [
      '429',
      response(429, { retryAt: RETRY_AT }),
      { kind: 'turned-away', cause: { code: 'HTTP_STATUS', status: 429, told: '' }, retryAt: RETRY_AT },
    ],
    [
      '429 that does not say when',
      response(429),
      { kind: 'turned-away', cause: { code: 'HTTP_STATUS', status: 429, told: '' }, retryAt: null },
    ],
    [
      '503 with Retry-After',
      response(503, { retryAt: RETRY_AT, error: { code: 'BUSY', message: 'later' } }),
      {
        kind: 'turned-away',
        cause: { code: 'HTTP_STATUS', status: 503, told: 'BUSY later' },
        retryAt: RETRY_AT,
      },
    ],
  ])('%s', (_name, observation, outcome) => {
    expect(outcomeOf(observation)).toEqual(outcome);
  });

  test.each([401, 403, 404, 405, 415])('misconfigured: %i of a collection', (status) => {
    expect(outcomeOf(response(status))).toEqual({
      kind: 'misconfigured',
      cause: { code: 'HTTP_STATUS', status, told: '' },
    });
  });

  test.each([401, 403, 415])('misconfigured: %i of one element', (status) => {
    expect(outcomeOf(response(status, { collection: false }))).toMatchObject({ kind: 'misconfigured' });
  });

  test.each([404, 405])('in doubt: %i of one element', (status) => {
    expect(outcomeOf(response(status, { collection: false, verb: 'PATCH' }))).toMatchObject({
      kind: 'in-doubt',
    });
  });

  test.each([204, 404])("in doubt: DELETE's %i", (status) => {
    const body = { ok: false, cause: { code: 'BODY_EMPTY' } } as const;
    expect(outcomeOf(response(status, { collection: false, verb: 'DELETE', body }))).toMatchObject({
      kind: 'in-doubt',
    });
  });

  test('in doubt: every status that the table does not name, and nothing else', () => {
    const named = new Set([202, 400, 401, 403, 404, 405, 413, 415, 422, 429]);
    for (let status = 100; status < 600; status += 1) {
      const { kind } = outcomeOf(response(status));
      expect([status, kind === 'in-doubt']).toEqual([status, !named.has(status)]);
    }
  });

  test('an answer of a status that is no success never confirms, whatever its body', () => {
    for (let status = 300; status < 600; status += 1) {
      expect(outcomeOf(response(status, { body: OURS, monitor: 'm1' })).kind).not.toMatch(
        /confirmed|accepted/,
      );
    }
  });
});
