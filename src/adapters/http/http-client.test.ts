import type { Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { closedOrigin, closeServers, sendJson, serve, serveBytes } from '../../testing/http/test-server.ts';
import { unanswered } from '../../testing/http/unanswered.ts';
import { MAX_BODY_BYTES } from './connection.ts';
import { createHttpClient, type HttpClient, type HttpRequest, type HttpResult } from './http-client.ts';

const clients: HttpClient[] = [];
const clientOf = (origin: string, connectMs?: number): HttpClient => {
  const client = createHttpClient(origin, connectMs === undefined ? {} : { connectMs });
  clients.push(client);
  return client;
};

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await closeServers();
});

const POST: HttpRequest = { method: 'POST', path: '/service', headers: {}, body: '{}' };
const GET: HttpRequest = { method: 'GET', path: '/service', headers: {}, body: null };

const send = (origin: string, deadlineMs = 30_000, request = POST): Promise<HttpResult> =>
  clientOf(origin).send(request, { deadlineMs });

const textOf = (result: HttpResult): string => {
  if (result.kind !== 'answer') return `no answer: ${result.cause.code}`;
  return result.body === 'too-large' ? result.body : new TextDecoder().decode(result.body);
};

describe('an answer', () => {
  test('is given with its status, headers and body', async () => {
    const server = await serve((_seen, response) =>
      sendJson(response, 201, { id: '1' }, { 'x-total-count': '7' }),
    );
    const result = await send(server.origin);
    expect(result).toMatchObject({ kind: 'answer', status: 201, headers: { 'x-total-count': '7' } });
    expect(textOf(result)).toBe('{"id":"1"}');
    expect(server.seen).toMatchObject([{ method: 'POST', url: '/service', body: '{}' }]);
  });

  test('has every line of a header that is a list, and the first of any other', async () => {
    const server = await serve((_seen, response) =>
      response.writeHead(200, { link: ['<?a>; rel=prev', '<?b>; rel=next'], 'x-one': ['1', '2'] }).end(),
    );
    expect(await send(server.origin, 30_000, GET)).toMatchObject({
      headers: { link: '<?a>; rel=prev, <?b>; rel=next', 'x-one': '1' },
    });
  });

  test('is not followed when it is a redirect', async () => {
    const server = await serve((_seen, response) =>
      response.writeHead(302, { location: '/elsewhere' }).end(),
    );
    expect(await send(server.origin, 30_000, GET)).toMatchObject({ kind: 'answer', status: 302 });
    expect(server.seen).toHaveLength(1);
  });

  test('of 5xx is not asked for again', async () => {
    const server = await serve((_seen, response) => response.writeHead(503).end());
    expect(await send(server.origin, 30_000, GET)).toMatchObject({ kind: 'answer', status: 503 });
    expect(server.seen).toHaveLength(1);
  });

  test('leaves its connection to later requests', async () => {
    const server = await serve((_seen, response) => sendJson(response, 200, []));
    const client = clientOf(server.origin);
    for (let n = 0; n < 10; n += 1) await client.send(GET, { deadlineMs: 30_000 });
    // Two: undici rests a connection for one turn of the event loop after its answer.
    expect(server.connections()).toBeLessThanOrEqual(2);
    expect(server.seen).toHaveLength(10);
  });

  test('of exactly the limit is read, of one byte more only what it is', async () => {
    const server = await serve(({ url }, response) => response.end('x'.repeat(Number(url.slice(1)))));
    const sized = (bytes: number) => send(server.origin, 30_000, { ...GET, path: `/${bytes}` });
    expect(await sized(MAX_BODY_BYTES)).toMatchObject({ kind: 'answer', status: 200 });
    const larger = { kind: 'answer', status: 200, body: 'too-large' };
    expect(await sized(MAX_BODY_BYTES + 1)).toMatchObject(larger);
    const chunked = await serve((_seen, response) => {
      response.write('x'.repeat(MAX_BODY_BYTES));
      response.end('x');
    });
    expect(await send(chunked.origin, 30_000, GET)).toMatchObject(larger);
  });
});

test('a process that stood still while its connection came has one all the same', async () => {
  const server = await serve((_seen, response) => sendJson(response, 201, { id: '1' }));
  const sending = clientOf(server.origin, 100).send(POST, { deadlineMs: 30_000 });
  await Promise.resolve();
  const wakesAt = performance.now() + 300;
  while (performance.now() < wakesAt);
  expect(await sending).toMatchObject({ kind: 'answer', status: 201 });
});

describe('never sent', () => {
  test('the process stood still for longer than the deadline and finds itself connected', async () => {
    const server = await serve((_seen, response) => sendJson(response, 201, { id: '1' }));
    const clock = vi.spyOn(performance, 'now');
    const begunAt = performance.now();
    const sending = clientOf(server.origin).send(POST, { deadlineMs: 2_000 });
    // As a stopped process sees it on waking: its connection is there, its timers have not been run yet.
    clock.mockReturnValue(begunAt + 60_000);
    expect(await sending).toMatchObject({ kind: 'never-sent', peerFault: false });
    clock.mockRestore();
    expect(server.seen).toEqual([]);
  });

  test('nobody listens', async () => {
    const result = await send(await closedOrigin());
    expect(result).toMatchObject({ kind: 'never-sent', peerFault: true });
    const error = expect.stringContaining('ECONNREFUSED');
    expect(result).toHaveProperty('cause', { code: 'CANNOT_CONNECT', error });
  });

  test('the name is not known', async () => {
    const result = await send('http://nowhere.invalid');
    expect(result).toMatchObject({ kind: 'never-sent', peerFault: true });
  });

  test('the peer does not speak TLS', async () => {
    const server = await serveBytes((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const result = await send(server.origin.replace('http:', 'https:'));
    expect(result).toMatchObject({ kind: 'never-sent', peerFault: true });
  });

  test('TLS that never ends is a connect timeout', async () => {
    const server = await serveBytes(() => {});
    const client = clientOf(server.origin.replace('http:', 'https:'), 100);
    const result = await client.send(POST, { deadlineMs: 5_000 });
    expect(result).toEqual({
      kind: 'never-sent',
      cause: { code: 'CONNECT_TIMEOUT', ms: 100 },
      peerFault: true,
    });
  });

  test('the deadline ends before the connection stands', async () => {
    const server = await serveBytes(() => {});
    const result = await send(server.origin.replace('http:', 'https:'), 100);
    expect(result).toEqual({
      kind: 'never-sent',
      cause: { code: 'NO_CONNECTION', ms: 100 },
      peerFault: true,
    });
  });

  test('no time is left, or the caller has given up: not the fault of the peer, and no connection is made', async () => {
    const server = await serve((_seen, response) => response.end());
    expect(await send(server.origin, 0)).toMatchObject({ kind: 'never-sent', peerFault: false });
    const given = { deadlineMs: 1_000, signal: AbortSignal.abort() };
    expect(await clientOf(server.origin).send(POST, given)).toMatchObject({
      kind: 'never-sent',
      peerFault: false,
    });
    expect(server.connections()).toBe(0);
  });

  test('a header that cannot be sent is not the fault of the peer', async () => {
    const server = await serve((_seen, response) => response.end());
    const result = await clientOf(server.origin).send(
      { ...POST, headers: { 'x-key': 'a\r\nb: c' } },
      { deadlineMs: 1_000 },
    );
    expect(result).toMatchObject({ kind: 'never-sent', peerFault: false });
    expect(server.seen).toHaveLength(0);
  });

  test('after close', async () => {
    const server = await serve((_seen, response) => response.end());
    const client = clientOf(server.origin);
    await client.close();
    expect(await client.send(POST, { deadlineMs: 1_000 })).toMatchObject({
      kind: 'never-sent',
      peerFault: false,
    });
  });
});

describe('lost: bytes may have left', () => {
  const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

  test.each<[string, (socket: Socket) => void]>([
    ['reset before any answer', (socket) => socket.resetAndDestroy()],
    ['closed before any answer', (socket) => socket.end()],
    ['reset within the head', (socket) => socket.write('HTTP/1.1 20', () => socket.resetAndDestroy())],
    ['truncated body', (socket) => socket.end(`${HEAD}content-length: 100\r\n\r\n{"id":`)],
    ['truncated chunks', (socket) => socket.end(`${HEAD}transfer-encoding: chunked\r\n\r\n6\r\n{"id":\r\n`)],
    ['garbage', (socket) => socket.end('\u0000\u0001 this is not HTTP\r\n\r\n')],
    ['head larger than 16 KiB', (socket) => socket.end(`${HEAD}x-large: ${'x'.repeat(20_000)}\r\n\r\n`)],
  ])('%s', async (_name, answer) => {
    const server = await serveBytes(answer);
    expect(await send(server.origin)).toMatchObject({ kind: 'lost' });
    expect(server.connections()).toBe(1);
  });

  test('silence', async () => {
    const server = await serve(() => {});
    expect(await unanswered(server, 20_000, (ms) => send(server.origin, ms))).toEqual({
      kind: 'lost',
      cause: { code: 'NO_ANSWER', ms: 20_000 },
    });
  });

  test('a slow drip, byte by byte, ends at the deadline', async () => {
    const server = await serveBytes((socket) => {
      socket.write(`${HEAD}content-length: 1000000\r\n\r\n`);
      const drip = setInterval(() => socket.write(' '), 10);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await send(server.origin, 1_000)).toMatchObject({ kind: 'lost' });
  });

  test('a slow drip of the head, too', async () => {
    const server = await serveBytes((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write('x-more: 1\r\n'), 10);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await send(server.origin, 1_000)).toMatchObject({ kind: 'lost' });
  });

  test('the caller gives up while waiting: the connection is cut', async () => {
    const abort = new AbortController();
    const cut = await new Promise<HttpResult>((resolve, reject) => {
      serveBytes((socket) => {
        socket.on('close', () => ended.then(resolve, reject));
        abort.abort();
      }).then((server) => {
        ended = clientOf(server.origin).send(POST, { deadlineMs: 30_000, signal: abort.signal });
      }, reject);
      let ended: Promise<HttpResult>;
    });
    expect(cut).toMatchObject({ kind: 'lost' });
  });
});
