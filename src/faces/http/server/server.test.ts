import { afterEach, describe, expect, test } from 'vitest';
import { Refusal } from '../../../core/rules/refusal.ts';
import { rawConnection } from '../../../testing/http/raw-request.ts';
import { closeHouses, testHouse } from '../../../testing/http/test-house.ts';
import { json, type Route } from '../route.ts';
import { openApiRoute } from '../routes/openapi.ts';
import { PROBES } from '../routes/probes.ts';

afterEach(closeHouses);

const doc: Route['doc'] = {
  tag: 'test',
  summary: 'a route of a test',
  answers: { 200: { summary: 'done' } },
};
const plain = { may: 'anybody', errors: 'problem', weight: 'read', doc } as const;
const echo: Route = {
  ...plain,
  method: 'POST',
  path: '/echo/:word',
  takes: ['application/json', 'application/merge-patch+json'],
  weight: 'intake',
  handle: async ({ body, params, query, lang }) =>
    json(200, { body, word: params.word, n: query.get('n'), lang }),
};
const failing = (path: string, thrown: () => unknown, more: Partial<Route> = {}): Route => ({
  ...plain,
  method: 'GET',
  path,
  handle: async () => {
    throw thrown();
  },
  ...more,
});
const post = (
  url: string,
  body: string | Uint8Array,
  type = 'application/json',
  more: Record<string, string> = {},
) =>
  fetch(url, {
    method: 'POST',
    body,
    headers: { ...(type === '' ? {} : { 'content-type': type }), ...more },
  });
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];

describe('a request', () => {
  test('reaches its route: parts of the path, the query, the body, the language', async () => {
    const { origin } = await testHouse([echo]);
    const answer = await post(`${origin}/echo/a%20b?n=1`, '{"x":[1]}', 'application/json; charset=UTF-8', {
      'accept-language': 'fr, ko;q=0.8, en;q=0.5',
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ body: { x: [1] }, word: 'a b', n: '1', lang: 'ko' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await post(`${origin}/echo/a/`, '{}', 'application/merge-patch+json')).status).toBe(200);
  });

  test.each([
    ['text/plain', '{}', 415, 'BODY_TYPE'],
    ['application/jsonx', '{}', 415, 'BODY_TYPE'],
    ['application/json ; charset=latin1', '{}', 415, 'BODY_TYPE'],
    ['application/json, text/plain', '{}', 415, 'BODY_TYPE'],
    ['application/json\t;boundary=x', '{}', 415, 'BODY_TYPE'],
    ['application/json', '', 400, 'BODY_UNREADABLE'],
    ['application/json', '{', 400, 'BODY_UNREADABLE'],
    ['application/json', '{"__proto__":{"a":1}}', 400, 'BODY_UNREADABLE'],
    ['application/json', `${'['.repeat(40)}${']'.repeat(40)}`, 400, 'BODY_UNREADABLE'],
    ['application/json', new Uint8Array([0x22, 0xff, 0x22]), 400, 'BODY_UNREADABLE'],
    ['application/json', `"${'x'.repeat(300_000)}"`, 413, 'BODY_TOO_LARGE'],
  ])('with a body of type %s that cannot be read is refused: %.20s', async (type, body, status, code) => {
    const { origin, bugs } = await testHouse([echo]);
    expect(await codeOf(await post(`${origin}/echo/a`, body, type))).toEqual([status, code]);
    expect(bugs).toEqual([]);
  });

  test('with a packed body is refused, and so is a body that nobody reads', async () => {
    const { origin } = await testHouse([echo, { ...failing('/none', () => null), method: 'DELETE' }]);
    const packed = await post(`${origin}/echo/a`, 'x', 'application/json', { 'content-encoding': 'gzip' });
    expect(await codeOf(packed)).toEqual([400, 'BODY_UNREADABLE']);
    const unwanted = await fetch(`${origin}/none`, { method: 'DELETE', body: 'x' });
    expect(await codeOf(unwanted)).toEqual([400, 'BODY_UNWANTED']);
  });

  test('of another method is told what there is, and of another path that there is nothing', async () => {
    const { origin } = await testHouse([echo, ...PROBES]);
    const method = await fetch(`${origin}/echo/a`, { method: 'PUT' });
    expect(method.headers.get('allow')).toBe('POST');
    expect(await codeOf(method)).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect((await fetch(`${origin}/livez`, { method: 'DELETE' })).headers.get('allow')).toBe('GET, HEAD');
    expect(await codeOf(await fetch(`${origin}/nothing`))).toEqual([404, 'NO_ROUTE']);
    const head = await fetch(`${origin}/livez`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(await (await fetch(`${origin}/tmf-api/x`)).json()).toMatchObject({
      code: 'NO_ROUTE',
      status: '404',
    });
  });

  test.each([
    ['GARBAGE\r\n\r\n', '400', 'MALFORMED'],
    ['GET /livez HTTP/1.1\r\n\r\n', '400', ''],
    ['GET /%zz HTTP/1.1\r\nhost: x\r\n\r\n', '400', 'MALFORMED'],
    [`GET /livez HTTP/1.1\r\nhost: x\r\na: ${'b'.repeat(20_000)}\r\n\r\n`, '431', 'HEADERS_TOO_LARGE'],
    [
      'POST /echo/a HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}',
      '400',
      'MALFORMED',
    ],
    [
      'POST /echo/a HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}',
      '400',
      'MALFORMED',
    ],
  ])('that is not valid HTTP is answered and ends its connection: %.40s', async (sent, status, code) => {
    const { port, bugs } = await testHouse([echo, ...PROBES]);
    const { send, until } = rawConnection(port);
    send(sent);
    const got = await until(code === '' ? 'HTTP/1.1' : code);
    expect(got.split(' ')[1]).toBe(status);
    expect(bugs).toEqual([]);
  });

  test('that comes too slowly is told so', async () => {
    const limits = { requestMs: 50, headersMs: 50, lookMs: 10 };
    const { port } = await testHouse([echo], { server: { limits } });
    const { send, ended } = rawConnection(port);
    send('POST /echo/a HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{');
    expect(await ended).toMatch(/^HTTP\/1.1 408 [\s\S]*TOO_SLOW/);
  });
});

describe('an error', () => {
  test('is what the table of refusals says, in the shape of its route and the language of the caller', async () => {
    const missing = () => new Refusal('ORDER_NOT_FOUND', { orderId: 'ORD-000009' });
    const { origin } = await testHouse([failing('/a', missing), failing('/b', missing, { errors: 'tmf' })]);
    const answer = await fetch(`${origin}/a`);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await answer.json()).toMatchObject({
      type: 'urn:oss:problem:ORDER_NOT_FOUND',
      title: 'there is no order ORD-000009',
      status: 404,
    });
    const korean = await fetch(`${origin}/b`, { headers: { 'accept-language': 'ko' } });
    expect(await korean.json()).toEqual({
      code: 'ORDER_NOT_FOUND',
      reason: '청약 ORD-000009가 없습니다',
      status: '404',
    });
  });

  test('that is a bug tells the caller nothing of itself', async () => {
    const { origin, bugs } = await testHouse([failing('/bug', () => new Error('secret of 010-1234-5678'))]);
    const answer = await fetch(`${origin}/bug`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret');
    expect(bugs).toHaveLength(1);
  });

  test('of what is not possible now says when to come back', async () => {
    const busy = () => new Refusal('DATABASE_BUSY', { database: 'oss.db' });
    const { origin } = await testHouse([failing('/busy', busy)]);
    const answer = await fetch(`${origin}/busy`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  });
});

describe('who may', () => {
  const guarded: Route = { ...echo, path: '/guarded', may: 'order new' };
  const ask = async (authorization: string | null, times = 1) => {
    const { origin, store } = await testHouse([guarded]);
    const headers: Record<string, string> = authorization === null ? {} : { authorization };
    const answers = await Promise.all(
      Array.from({ length: times }, () => post(`${origin}/guarded`, '{}', 'application/json', headers)),
    );
    const audit = await store.read((tx) => tx.audit.list(10));
    return { answers, audit };
  };

  test('is known by a token, and refused by the table, which is written down', async () => {
    const { answers } = await ask('Bearer t-cs');
    expect(answers[0]?.status).toBe(200);
    const denied = await ask('bearer t-noc');
    expect(denied.answers[0]?.status).toBe(403);
    expect(denied.audit.map(({ actor, action, face, client }) => [actor, action, face, client])).toEqual([
      ['noc:monitor', 'denied', 'http', '127.0.0.1'],
    ]);
  });

  test('what a proxy says of the caller is believed only of a proxy that is named', async () => {
    const from = async (trustedProxies: readonly string[]) => {
      const { origin, store } = await testHouse([guarded], { server: { trustedProxies } });
      await post(`${origin}/guarded`, '{}', 'application/json', {
        authorization: 'Bearer t-noc',
        'x-forwarded-for': '203.0.113.7',
      });
      const [row] = await store.read((tx) => tx.audit.list(1));
      return row?.client;
    };
    expect(await from([])).toBe('127.0.0.1');
    expect(await from(['10.0.0.0/8'])).toBe('127.0.0.1');
    expect(await from(['127.0.0.1'])).toBe('203.0.113.7');
  });

  test.each([
    [null, 'TOKEN_MISSING', 'Bearer'],
    ['Bearer nobody', 'TOKEN_REFUSED', 'Bearer error="invalid_token"'],
    ['Basic dDpj', 'TOKEN_REFUSED', 'Bearer error="invalid_token"'],
    ['Bearer t-cs t-cs', 'TOKEN_REFUSED', 'Bearer error="invalid_token"'],
  ])('%s is nobody', async (authorization, code, challenge) => {
    const { answers, audit } = await ask(authorization);
    const [answer] = answers;
    expect(answer?.headers.get('www-authenticate')).toBe(challenge);
    expect(await codeOf(answer ?? Response.json({}))).toEqual([401, code]);
    expect(audit).toEqual([]);
  });

  test('guesses at tokens is slowed down', async () => {
    const { answers } = await ask('Bearer nobody', 100);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]));
  });
});

describe('coming back later', () => {
  const slow = (path: string, weight: Route['weight'], until: Promise<void>): Route => ({
    ...plain,
    method: 'GET',
    path,
    weight,
    handle: async () => {
      await until;
      return json(200, {});
    },
  });

  test('reads give way first, the intake of orders last, the probes never', async () => {
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const bounds = {
      readLagMs: 60_000,
      intakeLagMs: 60_000,
      mostReads: 9,
      intakeBeforeReads: 1,
      mostIntake: 3,
    };
    const routes = [slow('/intake', 'intake', opened), slow('/read', 'read', Promise.resolve()), ...PROBES];
    const { origin, server } = await testHouse(routes, { server: { bounds } });
    const waiting = [fetch(`${origin}/intake`)];
    while (server.load().intake < 1) await new Promise(setImmediate);
    const read = await fetch(`${origin}/read`);
    expect(await codeOf(read)).toEqual([503, 'OVERLOADED']);
    expect(Number(read.headers.get('retry-after'))).toBeGreaterThan(0);
    waiting.push(fetch(`${origin}/intake`));
    while (server.load().intake < 2) await new Promise(setImmediate);
    expect((await fetch(`${origin}/intake`)).status).toBe(503);
    expect((await fetch(`${origin}/livez`)).status).toBe(200);
    open();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await fetch(`${origin}/read`)).status).toBe(200);
  });

  test('one caller gets no more than their rate', async () => {
    const { origin } = await testHouse([{ ...echo, path: '/x', may: 'order new' }], {
      server: { callerRate: 1 },
    });
    const ask = () => post(`${origin}/x`, '{}', 'application/json', { authorization: 'Bearer t-cs' });
    const statuses = [await ask(), await ask(), await ask()].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 429]);
  });
});

test('what the log of requests is told is the form of the path, the token, and where it belongs', async () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const { origin, answered } = await testHouse([{ ...echo, may: 'order new' }]);
  await post(`${origin}/echo/010-1234-5678?phone=1`, '{}', 'application/json', {
    authorization: 'Bearer t-cs',
    traceparent,
  });
  await fetch(`${origin}/정하은`, { headers: { traceparent: 'x' } });
  await expect.poll(() => answered.length).toBe(2);
  expect(answered.map(({ ms: _ms, ...rest }) => rest)).toEqual([
    { method: 'POST', route: '/echo/:word', status: 200, tokenId: 'TOK-cs', traceparent },
    { method: 'GET', route: null, status: 404, tokenId: null, traceparent: null },
  ]);
});

test('the table describes itself', async () => {
  const routes: Route[] = [echo, { ...echo, path: '/mine', may: 'order new' }, ...PROBES];
  routes.push(openApiRoute(() => routes));
  const { origin } = await testHouse(routes);
  const document = (await (await fetch(`${origin}/openapi.json`)).json()) as {
    openapi: string;
    servers: unknown;
    paths: Record<string, Record<string, { responses: object; security?: unknown }>>;
  };
  expect(document.openapi).toBe('3.1.0');
  expect(document.servers).toEqual([{ url: 'https://oss.example' }]);
  expect(Object.keys(document.paths)).toEqual([
    '/echo/{word}',
    '/mine',
    '/livez',
    '/readyz',
    '/openapi.json',
  ]);
  expect(Object.keys(document.paths['/mine']?.post?.responses ?? {})).toContain('401');
  expect(document.paths['/echo/{word}']?.post?.security).toEqual([]);
});

describe('the end', () => {
  test('answers what is under way, ends streams with a word, and takes no more', async () => {
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow: Route = {
      ...plain,
      method: 'GET',
      path: '/slow',
      handle: async () => {
        await opened;
        return json(200, { answered: true });
      },
    };
    const stream: Route = {
      ...plain,
      method: 'GET',
      path: '/stream',
      handle: async () => ({
        kind: 'stream',
        headers: { 'content-type': 'text/event-stream' },
        run: async ({ write, signal }) => {
          write('data: first\n\n');
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          write('event: end\n\n');
        },
      }),
    };
    const { port, server } = await testHouse([slow, stream, ...PROBES]);
    const idle = rawConnection(port);
    idle.send('GET /livez HTTP/1.1\r\nhost: x\r\n\r\n');
    await idle.until('"ok"');
    const reader = rawConnection(port);
    reader.send('GET /stream HTTP/1.1\r\nhost: x\r\n\r\n');
    await reader.until('data: first');
    const waiting = rawConnection(port);
    waiting.send('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n');
    while (server.load().reads < 2) await new Promise(setImmediate);
    const began = performance.now();
    const drained = server.drain();
    expect(await reader.ended).toContain('event: end');
    await idle.ended;
    const late = await fetch(`http://127.0.0.1:${port}/livez`).catch(() => 'refused');
    expect(late).toBe('refused');
    open();
    expect(await waiting.ended).toContain('"answered":true');
    expect(await drained).toBe(0);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('cuts off what does not end', async () => {
    const { port, server } = await testHouse([echo]);
    const stuck = rawConnection(port);
    stuck.send(
      'POST /echo/a HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    );
    while (server.load().intake < 1) await new Promise(setImmediate);
    expect(await server.drain({ cutMs: 50 })).toBe(1);
    await stuck.ended;
  });

  test('of a reader that does not read comes when it is too far behind', async () => {
    let tell = (): void => {};
    const cut = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const flood: Route = {
      ...plain,
      method: 'GET',
      path: '/flood',
      handle: async () => ({
        kind: 'stream',
        headers: { 'content-type': 'text/event-stream' },
        run: async ({ write, ready }) => {
          while (write(`data: ${'x'.repeat(10_000)}\n\n`) || (await ready())) await new Promise(setImmediate);
          tell();
        },
      }),
    };
    const { port, bugs } = await testHouse([flood], { server: { limits: { stalledMs: 100 } } });
    const { socket, send, ended } = rawConnection(port);
    socket.pause();
    send('GET /flood HTTP/1.1\r\nhost: x\r\n\r\n');
    await cut;
    socket.resume();
    await ended;
    expect(bugs).toEqual([]);
  }, 20_000);
});

test('a port that is taken is refused', async () => {
  const { port } = await testHouse(PROBES);
  await expect(testHouse(PROBES, { server: { listen: { host: '127.0.0.1', port } } })).rejects.toMatchObject({
    code: 'CANNOT_LISTEN',
    detail: { address: `127.0.0.1:${port}`, error: 'EADDRINUSE' },
  });
});
