import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WHO_MAY } from '../../src/core/rules/who-may.ts';
import { ROLES } from '../../src/core/values/actor.ts';
import type { Route } from '../../src/faces/http/route.ts';
import { ROUTES } from '../../src/faces/http/table.ts';
import { rawConnection } from '../../src/testing/http/raw-request.ts';
import { closeHouses } from '../../src/testing/http/test-house.ts';
import { type GuardedHouse, guardedHouse, logged } from './requests.ts';

let home: GuardedHouse;
beforeAll(async () => {
  home = await guardedHouse({ bodyBytes: 1_000 });
});
afterAll(closeHouses);
afterEach(async () => {
  expect(home.bugs).toEqual([]);
  expect(await logged(home), 'nothing of it is on the log').toBe(0);
});

const pathOf = ({ path }: Route): string => path.replace(/:\w+/g, 'ORD-000001');
const nameOf = (route: Route): string => `${route.method} ${route.path}`;
const named = (routes: readonly Route[]) => routes.map((route) => [nameOf(route), route] as const);

const guarded = ROUTES.filter(({ may }) => may !== 'anybody');
const reading = ROUTES.filter(({ takes }) => takes !== undefined);

/** A token whose role may. */
const rightToken = ({ may }: Route): string | undefined => {
  if (may === 'anybody') return undefined;
  const [role] = WHO_MAY[may];
  return role === undefined ? undefined : home.tokens[role];
};

type Sent = {
  readonly token?: string | undefined;
  readonly type?: string;
  readonly body?: string;
  readonly method?: string;
};

/** Each from an address of its own: whoever sends so much that is refused is slowed down. */
let asked = 0;
const address = (): string => {
  asked += 1;
  return `10.0.${Math.floor(asked / 250)}.${asked % 250}`;
};

const ask = async (route: Route, { token, type, body, method = route.method }: Sent) => {
  const answer = await fetch(`${home.origin}${pathOf(route)}`, {
    method,
    headers: {
      'x-forwarded-for': address(),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  const { code } = JSON.parse(text) as { code: string };
  const shape = route.errors === 'tmf' ? 'application/json' : 'application/problem+json';
  expect(answer.headers.get('content-type')).toBe(`${shape}; charset=utf-8`);
  for (const secret of Object.values(home.tokens)) expect(text).not.toContain(secret);
  return [answer.status, code];
};

/** A body of the type that the route reads, where it reads one. */
const bodied = ({ takes }: Route): Pick<Sent, 'type' | 'body'> =>
  takes === undefined ? {} : { type: takes[0] ?? '', body: '{}' };

describe.each(named(guarded))('%s', (_, route) => {
  test('is for nobody without a token that is valid', async () => {
    const sent = bodied(route);
    expect(await ask(route, sent)).toEqual([401, 'TOKEN_MISSING']);
    for (const token of [
      home.tokens.expired,
      home.tokens.revoked,
      'x',
      `${home.tokens.cs}x`,
      home.tokens.cs.slice(0, -1),
    ])
      expect(await ask(route, { ...sent, token }), token).toEqual([401, 'TOKEN_REFUSED']);
  });

  test('is for the roles of its row alone', async () => {
    const { may } = route;
    const roles = may === 'anybody' ? [] : WHO_MAY[may];
    for (const role of ROLES.filter((one) => !roles.some((allowed) => allowed === one)))
      expect(await ask(route, { ...bodied(route), token: home.tokens[role] }), role).toEqual([403, 'DENIED']);
  });
});

describe.each(named(reading))('%s', (_, route) => {
  test('refuses a body that is too large, of another type, none, or no JSON', async () => {
    const token = rightToken(route);
    const [type = ''] = route.takes ?? [];
    expect(await ask(route, { token, type, body: `"${'x'.repeat(2_000)}"` })).toEqual([
      413,
      'BODY_TOO_LARGE',
    ]);
    expect(await ask(route, { token, type: 'text/plain', body: '{}' })).toEqual([415, 'BODY_TYPE']);
    expect(await ask(route, { token, body: '{}' })).toEqual([415, 'BODY_TYPE']);
    for (const body of ['', '{', '{"a":', '[1,]', '\u0000', 'null x'])
      expect(await ask(route, { token, type, body })).toEqual([400, 'BODY_UNREADABLE']);
    for (const body of ['null', '1', '[]', '"x"', '{"__proto__":{}}', '[[[[1]]]]'])
      expect((await ask(route, { token, type, body }))[0], body).toBe(400);
  });
});

test.each(named(ROUTES))('%s has no other method than it says', async (_, route) => {
  const here = ROUTES.filter(({ path }) => path === route.path).map(({ method }) => method);
  for (const method of ['PUT', 'DELETE', 'PATCH', 'POST'].filter((one) => !here.some((own) => own === one)))
    expect(await ask(route, { method, token: home.tokens.supervisor })).toEqual([405, 'METHOD_NOT_ALLOWED']);
});

test('a body that comes too slowly is refused, whatever it is for', async () => {
  const slow = await guardedHouse({ requestMs: 60, headersMs: 60, lookMs: 10 });
  const waits = reading.map(async (route) => {
    const { send, ended } = rawConnection(slow.port);
    const [type = ''] = route.takes ?? [];
    const token = slow.tokens.supervisor;
    send(
      `${route.method} ${pathOf(route)} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: ${type}\r\ncontent-length: 99\r\n\r\n{`,
    );
    return [nameOf(route), /^HTTP\/1\.1 (\d+)/.exec(await ended)?.[1]];
  });
  expect(await Promise.all(waits)).toEqual(reading.map((route) => [nameOf(route), '408']));
  expect([slow.bugs, await logged(slow)]).toEqual([[], 0]);
});
