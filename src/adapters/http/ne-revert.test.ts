import { afterEach, describe, expect, test } from 'vitest';
import { validateTmf } from '../../../test/tmf-validator.ts';
import type { AskToSend, NetworkElement } from '../../core/ports/peers.ts';
import { closePeers, sendingTo, testPeers } from '../../testing/http/test-peers.ts';
import { closeServers, sendJson, serve, type TestServer } from '../../testing/http/test-server.ts';
import type { RevertVerb } from './ne-revert.ts';

afterEach(async () => {
  await closePeers();
  await closeServers();
});

const BASE = '/tmf-api/ServiceActivationAndConfiguration/v4';
const KEY = 'ORD-000042/internet.hsi#2/1';
const OTHERS = 'ORD-000077/tv.stb#1/1';

type Told = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A Network Element with one id, which the test gives to whom it likes. */
type Element = {
  service: Readonly<Record<string, unknown>> | null;
  etag: string | null;
  /** What a PATCH or DELETE is answered with, after it was carried out; null: as it should be. */
  changed: ((element: Element) => Told) | null;
  /** Headers of the answers to readings. */
  readonly headers: Record<string, string>;
  /** Effects: whose service was switched off. */
  readonly off: string[];
};

const SERVICE = { id: 'svc/7', name: KEY, state: 'active' };

type Ne = { readonly ne: NetworkElement; readonly server: TestServer; readonly element: Element };

const elementWith = async (service: Element['service'], revertVerb: RevertVerb = 'patch'): Promise<Ne> => {
  const element: Element = { service, etag: null, changed: null, headers: {}, off: [] };
  const terminate = (): Told => {
    if (element.service === null) return { status: 404, body: { code: 'NONE', reason: 'no such service' } };
    element.off.push(String(element.service.name));
    element.service = { ...element.service, state: 'terminated' };
    return revertVerb === 'delete' ? { status: 204 } : { status: 200, body: element.service };
  };
  const server = await serve((seen, response) => {
    const tell = ({ status, body, headers = {} }: Told): void =>
      body === undefined
        ? void response.writeHead(status, headers).end()
        : sendJson(response, status, body, headers);
    if (seen.method === 'GET') {
      const etag = element.etag === null ? {} : { etag: element.etag };
      return element.service === null
        ? tell({ status: 404, body: { code: 'NONE', reason: 'none' }, headers: element.headers })
        : tell({ status: 200, body: element.service, headers: { ...element.headers, ...etag } });
    }
    const asked = seen.headers['if-match'];
    if (asked !== undefined && asked !== element.etag) return tell({ status: 412, body: {} });
    tell(element.changed === null ? terminate() : element.changed(element));
  });
  return { server, element, ne: testPeers(server.origin, { ne: { revertVerb } }).ne };
};

const revert = (
  ne: NetworkElement,
  names: readonly string[] = [KEY],
  askToSend: AskToSend = () => sendingTo(ne),
) => ne.revert('svc/7', { key: KEY, names }, askToSend);

const verbs = ({ seen }: TestServer) => seen.map(({ method }) => method).join(' ');

const off = (element: Element): void => {
  element.off.push(String(element.service?.name));
  element.service = { ...element.service, state: 'terminated' };
};

describe('a service is switched off after it was read', () => {
  test('by PATCH: terminated, with our key', async () => {
    const { ne, server } = await elementWith(SERVICE);
    expect(await revert(ne)).toMatchObject({
      kind: 'confirmed',
      value: { neId: 'svc/7', key: KEY, state: 'terminated' },
    });
    expect(verbs(server)).toBe('GET PATCH');
    const [read, change] = server.seen;
    expect(read).toMatchObject({ url: `${BASE}/service/svc%2F7` });
    expect(read?.headers['cache-control']).toBe('no-cache');
    expect(change).toMatchObject({ url: `${BASE}/service/svc%2F7`, body: '{"state":"terminated"}' });
    expect(change?.headers['x-correlation-id']).toBe('ORD-000042');
    expect(change?.headers['if-match']).toBeUndefined();
    expect(validateTmf('tmf640', 'Service_Update', JSON.parse(change?.body ?? ''))).toEqual([]);
  });

  test.each([200, 204])('by DELETE, %i: gone, to be looked up by key', async (status) => {
    const { ne, server, element } = await elementWith(SERVICE, 'delete');
    element.changed = () => ({ status });
    expect(await revert(ne)).toEqual({ kind: 'gone' });
    expect(verbs(server)).toBe('GET DELETE');
    expect(server.seen[1]?.body).toBe('');
    expect(server.seen[1]?.headers['content-type']).toBeUndefined();
  });

  test('by DELETE, accepted with a monitor, and without', async () => {
    const { ne, element } = await elementWith(SERVICE, 'delete');
    element.changed = () => ({ status: 202, headers: { location: `${BASE}/monitor/mon-1` } });
    expect(await revert(ne)).toEqual({ kind: 'accepted', monitor: 'mon-1' });
    element.changed = () => ({ status: 202 });
    expect(await revert(ne)).toEqual({ kind: 'accepted', monitor: null });
  });

  test.each(['terminated', 'TERMINATED'])('one that is %s is not changed again', async (state) => {
    const { ne, server } = await elementWith({ ...SERVICE, state });
    expect(await revert(ne)).toMatchObject({ kind: 'confirmed', value: { state: 'terminated' } });
    expect(verbs(server)).toBe('GET');
  });

  test.each(['Active', 'reserved', 'inactive', 'somethingElse'])('one that is %s is', async (state) => {
    const { ne, element } = await elementWith({ ...SERVICE, state });
    expect(await revert(ne)).toMatchObject({ kind: 'confirmed' });
    expect(element.off).toEqual([KEY]);
  });

  test('one that is not there is gone, and nothing is sent after the reading', async () => {
    const { ne, server } = await elementWith(null);
    expect(await revert(ne)).toEqual({ kind: 'gone' });
    expect(verbs(server)).toBe('GET');
  });

  test('under the name that the NE gave it, when that is known; also under none', async () => {
    const { ne, element } = await elementWith({ ...SERVICE, name: 'ord-000042' });
    expect(await revert(ne)).toEqual({ kind: 'foreign', name: 'ord-000042' });
    expect(await revert(ne, ['ord-000042'])).toMatchObject({ kind: 'confirmed' });
    element.service = { id: 'svc/7', state: 'active' };
    expect(await revert(ne)).toEqual({ kind: 'foreign', name: '' });
    expect(await revert(ne, [KEY, ''])).toMatchObject({ kind: 'confirmed' });
  });
});

describe('nobody else is switched off', () => {
  test.each<RevertVerb>(['patch', 'delete'])('the id was given to another order (%s)', async (verb) => {
    const { ne, server, element } = await elementWith({ ...SERVICE, name: OTHERS }, verb);
    expect(await revert(ne)).toEqual({ kind: 'foreign', name: OTHERS });
    expect(verbs(server)).toBe('GET');
    expect(element.off).toEqual([]);
  });

  test('the answer was lost, the freed id was given away, and the revert is sent again', async () => {
    const { ne, element, server } = await elementWith(SERVICE);
    const cut = { status: 500, body: {} };
    element.changed = () => {
      off(element);
      element.service = { ...SERVICE, name: OTHERS };
      return cut;
    };
    expect(await revert(ne)).toMatchObject({ kind: 'in-doubt' });
    element.changed = null;
    expect(await revert(ne)).toEqual({ kind: 'foreign', name: OTHERS });
    expect(element.off).toEqual([KEY]);
    expect(verbs(server)).toBe('GET PATCH GET');
  });

  test('the id was given away between reading and change, which the ETag shows', async () => {
    const { ne, element, server } = await elementWith(SERVICE);
    element.etag = '"v1"';
    const askToSend: AskToSend = async () => {
      if (server.seen.length === 1) {
        element.service = { ...SERVICE, name: OTHERS };
        element.etag = '"v2"';
      }
      return sendingTo(ne);
    };
    expect(await revert(ne, [KEY], askToSend)).toEqual({ kind: 'foreign', name: OTHERS });
    expect(verbs(server)).toBe('GET PATCH GET');
    expect(element.off).toEqual([]);
  });

  test('a reading out of a cache allows no change, unless the ETag makes the NE compare', async () => {
    const { ne, element, server } = await elementWith(SERVICE);
    element.headers.age = '7';
    expect(await revert(ne)).toMatchObject({ kind: 'in-doubt' });
    expect(verbs(server)).toBe('GET');
    element.etag = '"v1"';
    expect(await revert(ne)).toMatchObject({ kind: 'confirmed' });
  });

  test('an absence out of a cache is not gone', async () => {
    const { ne, element } = await elementWith(null);
    element.headers['x-cache'] = 'HIT';
    expect(await revert(ne)).toMatchObject({ kind: 'in-doubt' });
  });

  test.each([
    ['another id', { ...SERVICE, id: 'svc-8' }],
    ['no id', { name: KEY, state: 'active' }],
    ['a list', [SERVICE]],
  ])('a reading that shows %s allows no change', async (_name, body) => {
    const { ne, server } = await elementWith(body as Element['service']);
    expect(await revert(ne)).toMatchObject({ kind: 'in-doubt' });
    expect(verbs(server)).toBe('GET');
  });
});

describe('If-Match', () => {
  test('is sent with a strong ETag', async () => {
    const { ne, element, server } = await elementWith(SERVICE);
    element.etag = '"v1"';
    expect(await revert(ne)).toMatchObject({ kind: 'confirmed' });
    expect(server.seen[1]?.headers['if-match']).toBe('"v1"');
  });

  test.each(['W/"v1"', 'v1', '"v1', '"a"b"'])('is not sent with %s', async (etag) => {
    const { ne, element, server } = await elementWith(SERVICE);
    element.etag = etag;
    expect(await revert(ne)).toMatchObject({ kind: 'confirmed' });
    expect(server.seen[1]?.headers['if-match']).toBeUndefined();
  });

  test('412: it is read again, three times, then it is in doubt', async () => {
    const { ne, element, server } = await elementWith(SERVICE);
    element.etag = '"v1"';
    element.changed = () => ({ status: 412, body: { code: 'CHANGED', reason: 'meanwhile' } });
    expect(await revert(ne)).toEqual({
      kind: 'in-doubt',
      cause: { code: 'HTTP_STATUS', status: 412, told: 'CHANGED meanwhile' },
    });
    expect(verbs(server)).toBe('GET PATCH GET PATCH GET PATCH');
  });

  test('412 once: it is changed as it was read then', async () => {
    const { ne, element, server } = await elementWith(SERVICE);
    element.etag = '"v1"';
    const askToSend: AskToSend = async () => {
      if (server.seen.length === 1) element.etag = '"v2"';
      return sendingTo(ne);
    };
    expect(await revert(ne, [KEY], askToSend)).toMatchObject({ kind: 'confirmed' });
    expect(server.seen.map(({ headers }) => headers['if-match'])).toEqual([
      undefined,
      '"v1"',
      undefined,
      '"v2"',
    ]);
  });
});

describe('an answer to the change that is no proof is followed by one more reading', () => {
  test.each<[string, Told]>([
    ['409', { status: 409, body: { code: 'BUSY', reason: 'in transition' } }],
    ['204', { status: 204 }],
    ['205', { status: 205 }],
    ['200 without its state', { status: 200, body: { id: 'svc/7', name: KEY } }],
    ['200 without its id', { status: 200, body: { state: 'terminated' } }],
    ['200 that shows it as it was', { status: 200, body: SERVICE }],
    ['200 that shows another', { status: 200, body: { ...SERVICE, name: OTHERS, state: 'terminated' } }],
    ['200 as HTML', { status: 200, body: {}, headers: { 'content-type': 'text/html' } }],
    ['a 404 page of a proxy', { status: 404, body: '<html>', headers: { 'content-type': 'text/html' } }],
  ])('%s: off when that shows it, in doubt when it does not', async (_name, told) => {
    const { ne, element, server } = await elementWith(SERVICE);
    element.changed = () => {
      off(element);
      return told;
    };
    expect(await revert(ne)).toMatchObject({ kind: 'confirmed', value: { key: KEY, state: 'terminated' } });
    expect(verbs(server)).toBe('GET PATCH GET');
    element.service = SERVICE;
    element.changed = () => told;
    expect(await revert(ne)).toMatchObject({ kind: 'in-doubt' });
    expect(verbs(server)).toBe('GET PATCH GET GET PATCH GET');
  });

  test('a body of what was changed, with the id and the state, is proof', async () => {
    const { ne, element, server } = await elementWith(SERVICE);
    element.changed = () => ({ status: 200, body: { id: 'svc/7', state: 'Terminated' } });
    expect(await revert(ne)).toMatchObject({ kind: 'confirmed', value: { key: KEY, state: 'terminated' } });
    expect(verbs(server)).toBe('GET PATCH');
  });

  test('accepted is accepted, refused is refused, a 5xx is in doubt: those are not read again', async () => {
    const { ne, element, server } = await elementWith(SERVICE);
    element.changed = () => ({ status: 202 });
    expect(await revert(ne)).toEqual({ kind: 'accepted', monitor: null });
    element.changed = () => ({ status: 422, body: { code: 'LOCKED', reason: 'by maintenance' } });
    expect(await revert(ne)).toEqual({ kind: 'rejected', code: 'LOCKED', message: 'by maintenance' });
    element.changed = () => ({ status: 502, body: {} });
    expect(await revert(ne)).toMatchObject({ kind: 'in-doubt' });
    expect(verbs(server)).toBe('GET PATCH GET PATCH GET PATCH');
  });
});

describe('a reading that fails changes nothing', () => {
  test.each<[number, object]>([
    [500, { kind: 'in-doubt' }],
    [302, { kind: 'in-doubt' }],
    [401, { kind: 'misconfigured' }],
    [405, { kind: 'rejected', code: 'NO_READ_BY_ID' }],
    [501, { kind: 'rejected', code: 'NO_READ_BY_ID' }],
    [429, { kind: 'turned-away' }],
  ])('%i', async (status, expected) => {
    const server = await serve((_seen, response) => sendJson(response, status, {}));
    const { ne } = testPeers(server.origin);
    expect(await revert(ne)).toMatchObject(expected);
    expect(verbs(server)).toBe('GET');
  });

  test('without leave nothing is sent, and without leave for the change only the reading', async () => {
    const { ne, server, element } = await elementWith(SERVICE);
    expect(await revert(ne, [KEY], async () => null)).toMatchObject({ kind: 'not-sent' });
    let left = 1;
    expect(await revert(ne, [KEY], async () => (left-- > 0 ? sendingTo(ne) : null))).toMatchObject({
      kind: 'not-sent',
    });
    expect(verbs(server)).toBe('GET');
    expect(element.off).toEqual([]);
  });
});
