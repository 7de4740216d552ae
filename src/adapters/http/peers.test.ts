import { afterEach, describe, expect, test } from 'vitest';
import type { Cause } from '../../core/codes/cause.ts';
import { DEFAULT_BREAKER } from '../../core/peers/breaker.ts';
import type { NetworkElement } from '../../core/ports/peers.ts';
import { closePeers, sendingTo, testClock, testPeers, testRows } from '../../testing/http/test-peers.ts';
import { closedOrigin, closeServers, sendJson, serve } from '../../testing/http/test-server.ts';
import { unanswered } from '../../testing/http/unanswered.ts';
import { createPeers } from './peers.ts';

afterEach(async () => {
  await closePeers();
  await closeServers();
});

const KEY = 'ORD-000042/access.gpon#1/1';
const find = async (ne: NetworkElement, deadlineMs?: number) => ne.find(KEY, await sendingTo(ne, deadlineMs));

describe('the breaker, over the wire', () => {
  test.each<[string, number]>([
    ['500', 500],
    ['502', 502],
    ['503 that does not say when', 503],
  ])('five times %s: open, and nothing is sent any more', async (_name, status) => {
    const server = await serve((_seen, response) => sendJson(response, status, {}));
    const clock = testClock();
    const { ne, tm } = testPeers(server.origin, { clock });
    for (let n = 0; n < 5; n += 1) await find(ne);
    expect(await ne.admit()).toEqual({
      admitted: false,
      why: 'breaker-open',
      retryAt: clock.now() + 5_000,
      cause: { code: 'BREAKER_OPEN', last: { code: 'HTTP_STATUS', status, told: '' } },
    });
    expect(server.seen).toHaveLength(5);
    expect(await tm.admit()).toMatchObject({ admitted: true });
  });

  test('no connection, and no answer in time, count too', async () => {
    const refused = testPeers(await closedOrigin()).ne;
    for (let n = 0; n < 5; n += 1) await find(refused);
    expect(await refused.admit()).toMatchObject({ why: 'breaker-open' });
    const silent = await serve(() => {});
    const { ne } = testPeers(silent.origin);
    for (let n = 0; n < 5; n += 1) await unanswered(silent, 20_000, (ms) => find(ne, ms));
    expect(await ne.admit()).toMatchObject({
      why: 'breaker-open',
      cause: { code: 'BREAKER_OPEN', last: { code: 'NO_ANSWER', ms: 20_000 } },
    });
  });

  test.each([200, 302, 400, 401, 404, 409, 422, 501])('%i proves that the peer lives', async (status) => {
    let answered = 0;
    const server = await serve((_seen, response) => {
      answered += 1;
      sendJson(response, answered % 5 === 0 ? status : 500, []);
    });
    const rows = testRows();
    const { ne } = testPeers(server.origin, { breakers: rows });
    for (let n = 0; n < 15; n += 1) await find(ne);
    expect(server.seen).toHaveLength(15);
    expect(rows.rows.get(`ne:${server.origin}`)).toMatchObject({ state: 'closed', failures: 0 });
  });

  test.each([429, 503])('%i with Retry-After opens at once until then', async (status) => {
    const server = await serve((_seen, response) => sendJson(response, status, {}, { 'retry-after': '17' }));
    const clock = testClock();
    const { ne } = testPeers(server.origin, { clock });
    await find(ne);
    expect(await ne.admit()).toMatchObject({ why: 'breaker-open', retryAt: clock.now() + 17_000 });
    expect(server.seen).toHaveLength(1);
  });

  test('when it may be tried again, of many processes exactly one request arrives', async () => {
    let broken = true;
    const server = await serve((_seen, response) => sendJson(response, broken ? 500 : 200, []));
    const world = { clock: testClock(), breakers: testRows() };
    const first = testPeers(server.origin, world).ne;
    for (let n = 0; n < 5; n += 1) await find(first);
    broken = false;
    world.clock.advance(5_000);
    const processes = Array.from(
      { length: 20 },
      (_, n) => testPeers(server.origin, { ...world, self: `host/${n}/1` }).ne,
    );
    const admissions = await Promise.all(processes.map(async (ne) => ({ ne, admission: await ne.admit() })));
    await Promise.all(
      admissions.map(({ ne, admission }) =>
        admission.admitted ? ne.find(KEY, { permit: admission.permit, deadlineMs: 30_000 }) : null,
      ),
    );
    expect(server.seen).toHaveLength(6);
    expect(await find(first)).toEqual({ kind: 'absent' });
  });
});

describe('the token', () => {
  const TOKEN = 'c2VjcmV0-t0ken.42~';

  test('goes to its peer, and to no other', async () => {
    const server = await serve((_seen, response) => sendJson(response, 200, []));
    const { ne, tm } = testPeers(server.origin, { ne: { token: async () => `${TOKEN}\n` } });
    await find(ne);
    await tm.findCall('ORD-000042/call#1', await sendingTo(tm));
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${TOKEN}`, undefined]);
  });

  test('does not follow a redirect to another origin', async () => {
    const elsewhere = await serve((_seen, response) => sendJson(response, 200, []));
    const server = await serve((_seen, response) =>
      response.writeHead(307, { location: elsewhere.origin }).end(),
    );
    const { ne } = testPeers(server.origin, { ne: { token: async () => TOKEN } });
    expect(await find(ne)).toMatchObject({ kind: 'unknown' });
    expect(elsewhere.seen).toHaveLength(0);
  });

  test('never comes back in a text, nor into the breaker', async () => {
    const echo = { code: 'BAD_TOKEN', reason: `Bearer ${TOKEN} is not valid`, message: TOKEN };
    let status = 401;
    const server = await serve(({ headers }, response) =>
      sendJson(response, status, { ...echo, message: headers.authorization }),
    );
    const breakers = testRows();
    const { ne } = testPeers(server.origin, { breakers, ne: { token: async () => TOKEN } });
    expect(await find(ne)).toEqual({
      kind: 'misconfigured',
      cause: { code: 'HTTP_STATUS', status: 401, told: 'BAD_TOKEN Bearer *** is not valid' },
    });
    status = 500;
    const outcome = await find(ne);
    expect(JSON.stringify([outcome, [...breakers.rows.values()]])).not.toContain(TOKEN);
  });

  test.each<[string, () => Promise<string>, Cause]>([
    [
      'cannot be read',
      () => Promise.reject(new Error(`${TOKEN}: permission denied`)),
      { code: 'TOKEN_UNREADABLE' },
    ],
    ['is empty', async () => ' ', { code: 'TOKEN_UNFIT' }],
    ['would break the header', async () => 'a\r\nx-admin: 1', { code: 'TOKEN_UNFIT' }],
    ['does not come in time', () => new Promise(() => {}), { code: 'NO_TOKEN', ms: 50 }],
  ])('that %s: nothing is sent, and the peer is not blamed', async (_name, token, cause) => {
    const server = await serve((_seen, response) => sendJson(response, 200, []));
    const breakers = testRows();
    const { ne } = testPeers(server.origin, { breakers, ne: { token } });
    expect(await find(ne, 50)).toEqual({ kind: 'unknown', cause, retryAt: null });
    expect(server.connections()).toBe(0);
    expect(breakers.writes()).toBe(0);
  });
});

test('no request takes longer than the timeout of its peer, whatever its caller allows', async () => {
  const server = await serve(() => {});
  const { ne } = testPeers(server.origin, { ne: { timeoutMs: 20_000 } });
  expect(await unanswered(server, 20_000, () => find(ne, 60_000))).toMatchObject({
    kind: 'unknown',
    cause: { code: 'NO_ANSWER', ms: 20_000 },
  });
});

test('eight requests are in flight at most, unless configured', async () => {
  const server = await serve(() => {});
  const { ne } = testPeers(server.origin);
  for (let n = 0; n < 8; n += 1) expect(await ne.admit()).toMatchObject({ admitted: true });
  expect(await ne.admit()).toMatchObject({ why: 'bulkhead-full' });
  const { tm } = testPeers(server.origin, { tm: { bulkhead: 1 } });
  await tm.admit();
  expect(await tm.admit()).toMatchObject({ why: 'bulkhead-full' });
});

test('a base URL at the root, or with a slash at its end, makes no double slash', async () => {
  const server = await serve((_seen, response) => sendJson(response, 200, []));
  for (const url of [server.origin, `${server.origin}/`, `${server.origin}/api/`]) {
    await find(testPeers(server.origin, { ne: { url } }).ne);
  }
  const path = `/service?name=${encodeURIComponent(KEY)}`;
  expect(server.seen.map(({ url }) => url)).toEqual([path, path, `/api${path}`]);
});

test('close waits for what the breaker has yet to be told, and leaves nothing that keeps the process alive', async () => {
  const server = await serve((_seen, response) => sendJson(response, 200, []));
  const rows = testRows();
  const peer = {
    url: server.origin,
    identity: 'x',
    breakerName: 'x',
    timeoutMs: 1_000,
    breaker: DEFAULT_BREAKER,
  };
  const clock = testClock();
  const peers = createPeers({ ne: peer, tm: peer, breakers: rows, clock, self: 'host/1/1' });
  rows.rows.set('x', {
    name: 'x',
    configHash: '5/60000/5000/300000',
    state: 'open',
    gen: 1,
    failures: 5,
    lastFailureAt: 0,
    lastError: null,
    openUntil: 0,
    reopened: 0,
    probeOwner: null,
    probeUntil: null,
    forced: null,
  });
  const { permit } = await sendingTo(peers.ne);
  permit.release();
  await peers.close();
  expect(rows.rows.get('x')).toMatchObject({ state: 'open', gen: 3, probeOwner: null });
});
