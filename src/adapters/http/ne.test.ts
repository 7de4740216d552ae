import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { validateTmf } from '../../../test/tmf-validator.ts';
import type { CreateService } from '../../core/activation/request.ts';
import type { NetworkElement } from '../../core/ports/peers.ts';
import { closePeers, sendingTo, testPeers } from '../../testing/http/test-peers.ts';
import {
  type Answering,
  closeServers,
  sendJson,
  serve,
  serveBytes,
  type TestServer,
} from '../../testing/http/test-server.ts';
import { unanswered } from '../../testing/http/unanswered.ts';

afterEach(async () => {
  await closePeers();
  await closeServers();
});

const BASE = '/tmf-api/ServiceActivationAndConfiguration/v4';
const KEY = 'ORD-000042/internet.hsi#2/1';

const REQUEST: CreateService = {
  orderId: 'ORD-000042',
  idempotencyKey: KEY,
  service: {
    service: 'internet.hsi#2',
    spec: 'internet.hsi',
    generation: 1,
    key: KEY,
    dependsOn: ['access.gpon#1'],
    characteristics: [
      { name: 'bandwidthProfile', value: 'HSI-1G' },
      { name: 'area', value: '강남' },
    ],
  },
};

const SERVICE = {
  id: 'svc-7',
  href: `${BASE}/service/svc-7`,
  name: KEY,
  state: 'active',
  serviceSpecification: { id: 'internet.hsi' },
  serviceCharacteristic: [{ name: 'equipmentId', value: 'OLT-1/1/2/17' }],
  somethingNew: { of: 'a later version' },
};

type Ne = { readonly ne: NetworkElement; readonly server: TestServer };

const neThat = async (answer: Answering): Promise<Ne> => {
  const server = await serve(answer);
  return { server, ne: testPeers(server.origin).ne };
};

const answering = (status: number, body: unknown, headers?: Record<string, string>): Promise<Ne> =>
  neThat((_seen, response) => sendJson(response, status, body, headers));

const create = async (ne: NetworkElement, deadlineMs?: number) =>
  ne.create(REQUEST, await sendingTo(ne, deadlineMs));
const find = async (ne: NetworkElement) => ne.find(KEY, await sendingTo(ne));
const monitor = async (ne: NetworkElement) => ne.readMonitor('mon-1', KEY, await sendingTo(ne));

describe('create', () => {
  test('sends what the API describes, with key and correlation id, and nothing of the customer', async () => {
    const { ne, server } = await answering(201, SERVICE);
    await create(ne);
    const [seen] = server.seen;
    expect(seen).toMatchObject({ method: 'POST', url: `${BASE}/service` });
    expect(seen?.headers).toMatchObject({
      'idempotency-key': `"${KEY}"`,
      'x-correlation-id': 'ORD-000042',
      'content-type': 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'oss-console',
    });
    expect(seen?.headers.authorization).toBeUndefined();
    const body = JSON.parse(seen?.body ?? '');
    expect(validateTmf('tmf640', 'Service_Create', body)).toEqual([]);
    expect(body).toEqual({
      name: KEY,
      category: 'RFS',
      serviceType: 'internet.hsi',
      state: 'active',
      serviceSpecification: { id: 'internet.hsi' },
      serviceCharacteristic: REQUEST.service.characteristics,
      serviceOrderItem: [
        { serviceOrderId: 'ORD-000042', itemId: 'internet.hsi#2', itemAction: 'add', role: 'internet.hsi' },
      ],
    });
  });

  test('confirmed: our service, active', async () => {
    const { ne } = await answering(201, SERVICE);
    expect(await create(ne)).toEqual({
      kind: 'confirmed',
      value: {
        neId: 'svc-7',
        key: KEY,
        state: 'active',
        equipmentId: 'OLT-1/1/2/17',
        spec: 'internet.hsi',
        characteristics: { equipmentId: 'OLT-1/1/2/17' },
      },
    });
  });

  test('confirmed, without an equipment that no database can keep', async () => {
    const serviceCharacteristic = [{ name: 'equipmentId', value: 'OLT-\ud800' }];
    const { ne } = await answering(201, { ...SERVICE, serviceCharacteristic });
    const { value } = (await create(ne)) as { readonly value: object };
    expect(value).toMatchObject({ neId: 'svc-7', key: KEY, state: 'active' });
    expect(value).not.toHaveProperty('equipmentId');
  });

  test.each<[string, unknown, Record<string, string>, unknown]>([
    ['in its body', { id: 'mon-1', state: 'InProgress', href: '/monitor/mon-1' }, {}, 'mon-1'],
    ['in its Location', {}, { location: `http://ne${BASE}/monitor/mon%2F2` }, 'mon/2'],
    ['in its Location, whatever the body', SERVICE, { location: `${BASE}/monitor/mon-3` }, 'mon-3'],
  ])('accepted: a monitor %s', async (_name, body, headers, id) => {
    const { ne } = await answering(202, body, headers);
    expect(await create(ne)).toEqual({ kind: 'accepted', monitor: id });
  });

  test.each<[string, number, object, object]>([
    [
      'a changed name',
      201,
      { ...SERVICE, name: KEY.toLowerCase() },
      { neId: 'svc-7', name: KEY.toLowerCase() },
    ],
    ['a cut name', 200, { ...SERVICE, name: KEY.slice(0, 16) }, { neId: 'svc-7', name: KEY.slice(0, 16) }],
    ['no name', 201, { ...SERVICE, name: undefined }, { neId: 'svc-7', name: null }],
    ['a name that no log should hold', 201, { ...SERVICE, name: 'a\u0000b' }, { neId: 'svc-7', name: null }],
    ['a name with half a character', 201, { ...SERVICE, name: 'a\ud800b' }, { neId: 'svc-7', name: null }],
    ['a state that is not on', 201, { ...SERVICE, state: 'reserved' }, { neId: 'svc-7', name: KEY }],
    ['an id that is a number', 201, { id: 4711, state: 'active' }, { neId: '4711', name: null }],
  ])('in doubt, and tells of an effect: %s', async (_name, status, body, told) => {
    expect(await create((await answering(status, body)).ne)).toMatchObject({ kind: 'in-doubt', told });
  });

  test.each<[string, string, string]>([
    ['no body', '', 'application/json'],
    ['HTML', '<html>Created</html>', 'text/html'],
    ['a body that ends too early', '{"id":"svc', 'application/json'],
  ])('in doubt, and its Location tells of an effect: %s', async (_name, body, type) => {
    const location = `http://inner.example:8080/service/svc%2F7`;
    const { ne } = await neThat((_seen, response) =>
      response.writeHead(201, { location, 'content-type': type }).end(body),
    );
    expect(await create(ne)).toMatchObject({ kind: 'in-doubt', told: { neId: 'svc/7', name: null } });
  });

  test.each(['/service', '/elsewhere/svc-7', '/service/..', '/service/%'])(
    'in doubt: a Location that names no service (%s) tells of nothing',
    async (location) => {
      const outcome = await create((await answering(201, {}, { location })).ne);
      expect(outcome).toMatchObject({ kind: 'in-doubt' });
      expect(outcome).not.toHaveProperty('told');
    },
  );

  test.each<[string, object, object]>([
    ['a state in another case', { ...SERVICE, state: 'ACTIVE' }, { neId: 'svc-7', state: 'active' }],
    ['an id that is a number', { ...SERVICE, id: 4711 }, { neId: '4711', state: 'active' }],
  ])('confirmed: %s', async (_name, body, value) => {
    expect(await create((await answering(201, body)).ne)).toMatchObject({ kind: 'confirmed', value });
  });

  test('confirmed: a packed body, although none was asked for', async () => {
    const { ne, server } = await neThat((_seen, response) =>
      response
        .writeHead(201, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync(JSON.stringify(SERVICE))),
    );
    expect(await create(ne)).toMatchObject({ kind: 'confirmed', value: { neId: 'svc-7' } });
    expect(server.seen[0]?.headers['accept-encoding']).toBe('identity');
  });

  test('not sent: either clock says that it is too late, also the one that goes on while the machine sleeps', async () => {
    const { ne, server } = await answering(201, SERVICE);
    const sending = await sendingTo(ne);
    const slept = { since: performance.now(), sinceUptime: performance.now() - sending.deadlineMs - 1 };
    expect(await ne.create(REQUEST, { ...sending, ...slept })).toMatchObject({ kind: 'not-sent' });
    const stood = { since: slept.sinceUptime, sinceUptime: slept.since };
    expect(await ne.create(REQUEST, { ...(await sendingTo(ne)), ...stood })).toMatchObject({
      kind: 'not-sent',
    });
    expect(server.seen).toEqual([]);
  });

  test.each<[number, unknown]>([
    [400, { code: 'NO_PORT', reason: 'no port is free', message: 'in area 7' }],
    [413, { code: 'NO_PORT', reason: 'no port is free' }],
    [422, { code: 'NO_PORT', reason: 'no port is free' }],
  ])('rejected: %i', async (status, body) => {
    const { ne } = await answering(status, body);
    expect(await create(ne)).toEqual({ kind: 'rejected', code: 'NO_PORT', message: 'no port is free' });
  });

  test('rejected without an error body has the status for a code', async () => {
    const { ne } = await neThat((_seen, response) => response.writeHead(400).end('<html>Bad Request</html>'));
    expect(await create(ne)).toMatchObject({ kind: 'rejected', code: 'HTTP_400' });
  });

  test.each([401, 403, 404, 405, 415])('misconfigured: %i', async (status) => {
    const { ne } = await answering(status, { code: 'X', reason: 'no' });
    expect(await create(ne)).toEqual({
      kind: 'misconfigured',
      cause: { code: 'HTTP_STATUS', status, told: 'X no' },
    });
  });

  test.each<[string, number, unknown, Record<string, string>]>([
    ['another key', 201, { ...SERVICE, name: 'ORD-000001/internet.hsi#1/1' }, {}],
    ['no key', 201, { ...SERVICE, name: undefined }, {}],
    ['no id', 201, { ...SERVICE, id: undefined }, {}],
    ['an id that is a path', 201, { ...SERVICE, id: '..' }, {}],
    ['a key that was terminated before', 201, { ...SERVICE, state: 'terminated' }, {}],
    ['not active yet', 201, { ...SERVICE, state: 'inactive' }, {}],
    ['a state of another version', 201, { ...SERVICE, state: 'activating' }, {}],
    ['a list', 201, [SERVICE], {}],
    ['null', 201, null, {}],
    ['conflict', 409, { code: 'DUPLICATE', reason: 'exists' }, {}],
    ['5xx', 500, { code: 'OOPS', reason: 'broken' }, {}],
    ['503 that does not say when', 503, {}, {}],
    ['503 with a date that cannot be read', 503, {}, { 'retry-after': 'soon' }],
    ['a redirect', 307, {}, { location: '/elsewhere' }],
    ['HTML', 201, SERVICE, { 'content-type': 'text/html' }],
    ['a body that is not packed as it says', 201, SERVICE, { 'content-encoding': 'gzip' }],
  ])('in doubt: %s', async (_name, status, body, headers) => {
    const { ne, server } = await answering(status, body, headers);
    expect(await create(ne)).toMatchObject({ kind: 'in-doubt' });
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    ['truncated JSON', '{"id": "svc-7", "name": "ORD'],
    ['no body', ''],
    [
      'duplicate-looking prototype',
      `{"__proto__": {"id": "x"}, "id": "svc-7", "name": "${KEY}", "state": "active"}`,
    ],
    ['too deep', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
  ])('in doubt: %s', async (_name, bytes) => {
    const { ne } = await neThat((_seen, response) =>
      response.writeHead(201, { 'content-type': 'application/json' }).end(bytes),
    );
    expect(await create(ne)).toMatchObject({ kind: 'in-doubt' });
  });

  test('in doubt: reset after sending, and silence until the deadline', async () => {
    const reset = await serveBytes((socket) => socket.resetAndDestroy());
    expect(await create(testPeers(reset.origin).ne)).toMatchObject({ kind: 'in-doubt' });
    const { ne, server } = await neThat(() => {});
    // What is left of a budget is a fraction, which a cause rounds.
    expect(await unanswered(server, 20_000.6, (ms) => create(ne, ms))).toEqual({
      kind: 'in-doubt',
      cause: { code: 'NO_ANSWER', ms: 20_000 },
    });
  });

  test('not sent: nobody listens', async () => {
    const { ne, server } = await answering(201, SERVICE);
    await server.close();
    expect(await create(ne)).toMatchObject({ kind: 'not-sent', breakerOpen: false, retryAt: null });
  });

  test('accepted: 202 without a monitor', async () => {
    const { ne } = await answering(202, SERVICE);
    expect(await create(ne)).toEqual({ kind: 'accepted', monitor: null });
  });

  test.each([429, 503])('turned away: %i says when to come back', async (status) => {
    const { ne } = await answering(status, { code: 'BUSY', reason: 'later' }, { 'retry-after': '7' });
    expect(await create(ne)).toEqual({
      kind: 'turned-away',
      cause: { code: 'HTTP_STATUS', status, told: 'BUSY later' },
      retryAt: Date.UTC(2026, 10, 24, 5) + 7_000,
    });
  });

  test('what a peer says is cut and stripped of control characters', async () => {
    const { ne } = await answering(422, {
      code: 'a\u001b[31m b',
      reason: `\u001b]0;x\u0007\u202e${'y'.repeat(500)}`,
    });
    const outcome = await create(ne);
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'a_31m_b' });
    expect(outcome).toHaveProperty('message', expect.stringMatching(/^\]0;x y+…$/));
    expect(outcome.kind === 'rejected' && outcome.message.length).toBe(200);
  });
});

describe('find', () => {
  test('asks for the key, encoded', async () => {
    const { ne, server } = await answering(200, [SERVICE]);
    expect(await find(ne)).toMatchObject({ kind: 'found', value: { neId: 'svc-7' } });
    expect(server.seen).toMatchObject([
      { method: 'GET', url: `${BASE}/service?name=ORD-000042%2Finternet.hsi%232%2F1`, body: '' },
    ]);
    expect(server.seen[0]?.headers['x-correlation-id']).toBe('ORD-000042');
    expect(server.seen[0]?.headers['cache-control']).toBe('no-cache');
  });

  test('an absence that a cache remembers proves nothing, and neither does a 404 of a read by id', async () => {
    const cached = { 'x-cache': 'HIT' };
    const { ne } = await answering(200, [], cached);
    expect(await find(ne)).toMatchObject({
      kind: 'unknown',
      cause: { code: 'ABSENCE_FROM_CACHE', cached: 'x-cache: HIT' },
    });
    const { ne: other } = await answering(404, { code: 'NOT_FOUND', reason: 'none' }, { age: '3' });
    expect(await other.read('svc-7', await sendingTo(other))).toMatchObject({ kind: 'unknown' });
  });

  test('states are compared without case', async () => {
    const inCase = async (state: string) => find((await answering(200, [{ ...SERVICE, state }])).ne);
    expect(await inCase('Active')).toMatchObject({ kind: 'found', value: { state: 'active' } });
    expect(await inCase('TERMINATED')).toMatchObject({ kind: 'terminated', value: { state: 'terminated' } });
    expect(await inCase('Reserved')).toMatchObject({
      kind: 'unknown',
      cause: { code: 'STATE', state: 'reserved' },
    });
  });

  test('absent is 200 and exactly []', async () => {
    const { ne } = await answering(200, []);
    expect(await find(ne)).toEqual({ kind: 'absent' });
  });

  test('terminated', async () => {
    const { ne } = await answering(200, [{ ...SERVICE, state: 'terminated' }]);
    expect(await find(ne)).toMatchObject({ kind: 'terminated', value: { neId: 'svc-7' } });
  });

  test('ambiguous: several, with their ids', async () => {
    const { ne } = await answering(200, [SERVICE, { ...SERVICE, id: 'svc-8', state: 'terminated' }]);
    const found = await find(ne);
    expect(found.kind === 'ambiguous' && found.matches.map(({ neId, state }) => [neId, state])).toEqual([
      ['svc-7', 'active'],
      ['svc-8', 'terminated'],
    ]);
  });

  test('a list with other names: the NE ignores the filter', async () => {
    const { ne } = await answering(200, [{ ...SERVICE, name: 'ORD-000001/access.gpon#1/1' }]);
    expect(await find(ne)).toEqual({
      kind: 'unknown',
      cause: { code: 'NAME_FILTER_IGNORED' },
      retryAt: null,
    });
    const mixed = await answering(200, [SERVICE, { ...SERVICE, name: 'ORD-000001/access.gpon#1/1' }]);
    expect(await find(mixed.ne)).toMatchObject({ kind: 'unknown' });
  });

  test.each<[string, number, unknown, Record<string, string>]>([
    ['a state that is not final', 200, [{ ...SERVICE, state: 'reserved' }], {}],
    ['a state of another version', 200, [{ ...SERVICE, state: 'suspended' }], {}],
    ['no state', 200, [{ ...SERVICE, state: undefined }], {}],
    ['an empty page of several', 200, [], { 'x-total-count': '1' }],
    ['an empty page of several, by range', 200, [], { 'content-range': 'items */3' }],
    ['a partial answer', 206, [], {}],
    ['a list that goes on', 200, [], { link: '</service?page=2>; rel="next"' }],
    ['an object', 200, SERVICE, {}],
    ['an element that is no service', 200, [{}], {}],
    ['null', 200, null, {}],
    ['no content', 204, null, {}],
    ['accepted', 202, [], {}],
    ['an error', 500, [], {}],
    ['a conflict', 409, [], {}],
    ['a redirect', 302, [], {}],
    ['HTML', 200, [], { 'content-type': 'text/html' }],
  ])('unknown: %s', async (_name, status, body, headers) => {
    const { ne } = await answering(status, body, headers);
    expect(await find(ne)).toMatchObject({ kind: 'unknown' });
  });

  test('unknown with a time: come back later', async () => {
    const { ne } = await answering(503, {}, { 'retry-after': '30' });
    expect(await find(ne)).toMatchObject({ kind: 'unknown', retryAt: Date.UTC(2026, 10, 24, 5) + 30_000 });
  });

  test('unsupported and misconfigured', async () => {
    expect(await find((await answering(501, { code: 'NO', reason: 'never' })).ne)).toMatchObject({
      kind: 'unsupported',
    });
    expect(await find((await answering(401, {})).ne)).toEqual({
      kind: 'misconfigured',
      cause: { code: 'HTTP_STATUS', status: 401, told: '' },
    });
    expect(await find((await answering(404, {})).ne)).toEqual({
      kind: 'misconfigured',
      cause: { code: 'HTTP_STATUS', status: 404, told: '' },
    });
  });
});

describe('readMonitor', () => {
  const MONITOR = { id: 'mon-1', state: 'InProgress' };

  test('running', async () => {
    const { ne, server } = await answering(200, MONITOR);
    expect(await monitor(ne)).toEqual({ kind: 'accepted', monitor: 'mon-1' });
    expect(server.seen).toMatchObject([{ method: 'GET', url: `${BASE}/monitor/mon-1` }]);
  });

  test.each([
    ['as text', JSON.stringify(SERVICE)],
    ['as an object', SERVICE],
  ])('completed, with the service %s; states are compared without case', async (_name, body) => {
    const { ne } = await answering(200, {
      ...MONITOR,
      state: 'COMPLETED',
      response: { statusCode: '201', body },
    });
    expect(await monitor(ne)).toMatchObject({ kind: 'confirmed', value: { neId: 'svc-7' } });
  });

  test.each([
    ['without an answer', undefined],
    ['with another key', { body: JSON.stringify({ ...SERVICE, name: 'ORD-000001/x/1' }) }],
    ['with a broken body', { body: '{"id":' }],
  ])('completed %s is in doubt', async (_name, response) => {
    const { ne } = await answering(200, { ...MONITOR, state: 'Completed', response });
    expect(await monitor(ne)).toMatchObject({ kind: 'in-doubt' });
  });

  test('in error', async () => {
    const response = { statusCode: '422', body: '{"code":"NO_PORT","reason":"no port is free"}' };
    const { ne } = await answering(200, { ...MONITOR, state: 'inError', response });
    expect(await monitor(ne)).toEqual({ kind: 'rejected', code: 'NO_PORT', message: 'no port is free' });
    const bare = await answering(200, { ...MONITOR, state: 'InError' });
    expect(await monitor(bare.ne)).toMatchObject({ kind: 'rejected', code: 'MONITOR_IN_ERROR' });
  });

  test.each([400, 404, 410, 422, 500])('a read that fails with %i rejects nothing', async (status) => {
    const { ne } = await answering(status, { code: 'X', reason: 'no such monitor' });
    expect(await monitor(ne)).toMatchObject({ kind: 'in-doubt' });
  });
});

describe('read by id', () => {
  const read = async (ne: NetworkElement) =>
    ne.read('svc-7', { ...(await sendingTo(ne)), orderId: 'ORD-000042' });

  test('found, whatever its key', async () => {
    const { ne, server } = await answering(200, SERVICE);
    expect(await read(ne)).toMatchObject({ kind: 'found', value: { key: KEY } });
    expect(server.seen[0]?.url).toBe(`${BASE}/service/svc-7`);
    expect(server.seen[0]?.headers['x-correlation-id']).toBe('ORD-000042');
  });

  test('a 404 of the API is absent; one of a proxy proves nothing', async () => {
    expect(await read((await answering(404, { code: 'NOT_FOUND', reason: 'no such service' })).ne)).toEqual({
      kind: 'absent',
    });
    expect(await read((await neThat((_seen, response) => response.writeHead(404).end())).ne)).toEqual({
      kind: 'absent',
    });
    const proxy = await neThat((_seen, response) => response.writeHead(404).end('<html>no such page</html>'));
    expect(await read(proxy.ne)).toMatchObject({ kind: 'unknown' });
  });

  test('another id in the answer proves nothing', async () => {
    expect(await read((await answering(200, { ...SERVICE, id: 'svc-8' })).ne)).toMatchObject({
      kind: 'unknown',
    });
  });
});

describe('inventory', () => {
  const page = async (ne: NetworkElement, next: string | null = null) =>
    ne.inventory({ offset: 2, limit: 2, next }, await sendingTo(ne));

  test('asks for what is on, a page at a time; as the NE linked it, where it did', async () => {
    const { ne, server } = await answering(200, []);
    await page(ne);
    await page(ne, '?cursor=abc&limit=2');
    expect(server.seen.map(({ url }) => url)).toEqual([
      `${BASE}/service?state=active&offset=2&limit=2`,
      `${BASE}/service?cursor=abc&limit=2`,
    ]);
    expect(server.seen[0]?.headers['cache-control']).toBe('no-cache');
  });

  test('tells what is on or may come on, with or without a name, and the ids of all', async () => {
    const { ne } = await answering(206, [
      SERVICE,
      { ...SERVICE, id: 8, name: undefined, state: 'Reserved' },
      { ...SERVICE, id: 'svc-9', state: 'TERMINATED' },
    ]);
    const told = await page(ne);
    expect(told).toMatchObject({ kind: 'confirmed', value: { ids: ['svc-7', '8', 'svc-9'], count: 3 } });
    expect(told.kind === 'confirmed' && told.value.items.map(({ neId, key }) => [neId, key])).toEqual([
      ['svc-7', KEY],
      ['8', ''],
    ]);
  });

  test.each([
    ['an object', 200, SERVICE],
    ['an error', 500, []],
    ['null', 200, null],
  ])('%s is no page', async (_name, status, body) => {
    expect(await page((await answering(status, body)).ne)).toMatchObject({ kind: 'in-doubt' });
  });
});

describe('what the NE quotes of the token is kept nowhere', () => {
  const TOKEN = 'abc.def-token-1';
  const told = async (body: unknown): Promise<NetworkElement> => {
    const server = await serve((_seen, response) => sendJson(response, 200, body));
    return testPeers(server.origin, { ne: { token: async () => TOKEN } }).ne;
  };

  test('in the error of a monitor', async () => {
    const body = { code: `Bearer ${TOKEN}`, reason: `no rights for ${TOKEN}` };
    const ne = await told({ id: 'mon-1', state: 'InError', response: { body } });
    const outcome = await monitor(ne);
    expect(outcome).toMatchObject({ kind: 'rejected', message: 'no rights for ***' });
    expect(JSON.stringify(outcome)).not.toContain(TOKEN);
  });

  test('in the state of a service, which is bounded and clean too', async () => {
    const state = `\u001b[2J${TOKEN} ${'x'.repeat(900_000)}`;
    const found = await find(await told([{ ...SERVICE, state }]));
    expect(JSON.stringify(found)).not.toContain(TOKEN);
    expect(JSON.stringify(found)).not.toContain('\\u001b');
    expect(JSON.stringify(found).length).toBeLessThan(2_000);
    const created = await create(await told({ ...SERVICE, state }));
    expect(JSON.stringify(created)).not.toContain(TOKEN);
    expect(JSON.stringify(created).length).toBeLessThan(2_000);
  });
});
