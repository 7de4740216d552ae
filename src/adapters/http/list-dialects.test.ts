import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { inventory } from '../../core/app/reconcile/inventory.ts';
import type { ListSeen } from '../../core/ports/peers.ts';
import { DEFAULT_POLICY } from '../../core/rules/policy.ts';
import { closePeers, testClock, testPeers } from '../../testing/http/test-peers.ts';
import { closeServers, type Seen, sendJson, serve } from '../../testing/http/test-server.ts';

afterEach(async () => {
  await closePeers();
  await closeServers();
});

type Service = Readonly<Record<string, unknown>>;
type Told = {
  readonly body: unknown;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
};
/** How a peer answers for its list; `offset` and `limit` as the request has them. */
type Dialect = (
  all: readonly Service[],
  asked: { readonly offset: number; readonly limit: number; readonly query: URLSearchParams },
) => Told;

const servicesOf = (count: number, bytes = 0): readonly Service[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `svc-${n}`,
    name: `ORD-${String(n).padStart(6, '0')}/access.gpon#1/1`,
    state: 'active',
    description: 'x'.repeat(bytes),
  }));

/** What a comparison sees of the list of a peer that speaks so. */
const listOf = async (all: readonly Service[], dialect: Dialect) => {
  const answer = ({ url }: Seen): Told => {
    const query = new URL(url, 'http://peer').searchParams;
    return dialect(all, {
      offset: Number(query.get('offset') ?? 0),
      limit: Number(query.get('limit') ?? 100),
      query,
    });
  };
  const server = await serve((seen, response) => {
    const { status = 200, body, headers } = answer(seen);
    return Buffer.isBuffer(body)
      ? void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
      : sendJson(response, status, body, headers);
  });
  const { ne } = testPeers(server.origin);
  const ids = new Set<string>();
  let seen: ListSeen | null = null;
  const pages = inventory(
    { ne, clock: testClock(), policy: DEFAULT_POLICY },
    {
      onEnd: (end) => {
        seen = end;
      },
    },
  );
  for await (const page of pages) for (const { neId, state } of page) ids.add(`${neId} ${state}`);
  return { count: ids.size, states: [...new Set([...ids].map((id) => id.split(' ')[1]))], seen, server };
};

const WHOLE = { isWhole: true, why: null };

describe('the whole list of 250 services is seen', () => {
  test.each<[string, Dialect]>([
    [
      'a total that is right',
      (all, { offset, limit }) => ({
        body: all.slice(offset, offset + limit),
        headers: { 'x-total-count': String(all.length) },
      }),
    ],
    ['a cap, and no total', (all, { offset }) => ({ body: all.slice(offset, offset + 40) })],
    [
      'a cap, and a total that counts the page',
      (all, { offset }) => {
        const body = all.slice(offset, offset + 40);
        return { body, headers: { 'x-total-count': String(body.length) } };
      },
    ],
    [
      '206 with Content-Range',
      (all, { offset }) => {
        const body = all.slice(offset, offset + 40);
        const range = `items ${offset}-${offset + body.length - 1}/${all.length}`;
        return { status: 206, body, headers: { 'content-range': range } };
      },
    ],
    [
      '206 with Link, whose pages are numbered',
      (all, { query }) => {
        const number = Number(query.get('page') ?? 1);
        const isLast = number * 40 >= all.length;
        const link = isLast
          ? '</service?page=1>; rel="first"'
          : `<http://inner.example:8080/x/service?page=${number + 1}>; rel="next"`;
        return { status: 206, body: all.slice((number - 1) * 40, number * 40), headers: { link } };
      },
    ],
    [
      '416 behind the end',
      (all, { offset, limit }) =>
        offset >= all.length ? { status: 416, body: {} } : { body: all.slice(offset, offset + limit) },
    ],
    [
      'packed',
      (all, { offset, limit }) => ({
        body: gzipSync(JSON.stringify(all.slice(offset, offset + limit))),
        headers: { 'content-encoding': 'gzip' },
      }),
    ],
    [
      'ids that are numbers, states in capitals',
      (all, { offset, limit }) => ({
        body: all
          .slice(offset, offset + limit)
          .map((one, n) => ({ ...one, id: offset + n, state: 'ACTIVE' })),
      }),
    ],
  ])('%s', async (_name, dialect) => {
    const { count, states, seen } = await listOf(servicesOf(250), dialect);
    expect({ count, states, seen }).toEqual({ count: 250, states: ['active'], seen: WHOLE });
  });

  test('pages over the limit of a body, packed or not, are asked for in smaller ones', async () => {
    const large = servicesOf(250, 20_000);
    const plain = await listOf(large, (all, { offset, limit }) => ({
      body: all.slice(offset, offset + limit),
    }));
    expect(plain).toMatchObject({ count: 250, seen: WHOLE });
    const packed = await listOf(large, (all, { offset, limit }) => ({
      body: gzipSync(JSON.stringify(all.slice(offset, offset + limit))),
      headers: { 'content-encoding': 'gzip' },
    }));
    expect(packed).toMatchObject({ count: 250, seen: WHOLE });
  });
});

describe('what cannot be seen is told, and not asked for again and again', () => {
  test('an ignored offset', async () => {
    const { count, seen, server } = await listOf(servicesOf(250), (all, { limit }) => ({
      body: all.slice(0, limit),
      headers: { 'x-total-count': String(all.length) },
    }));
    expect(seen).toEqual({ isWhole: false, why: { code: 'OFFSET_IGNORED' } });
    expect([count, server.seen.length]).toEqual([200, 2]);
  });

  test.each<[string, Dialect]>([
    [
      'a total that is never reached',
      (all, { offset, limit }) => ({
        body: all.slice(0, 100).slice(offset, offset + limit),
        headers: { 'x-total-count': String(all.length) },
      }),
    ],
    [
      'pages out of a cache',
      (all, { offset, limit }) => ({
        body: all.slice(offset, offset + limit),
        headers: { age: '12' },
      }),
    ],
    [
      'a link to another place',
      (all) => ({
        body: all.slice(0, 40),
        headers: { link: '<http://elsewhere.example/pages/2>; rel="next"' },
      }),
    ],
    [
      'an element without an id',
      (all, { offset, limit }) => ({
        body: all.slice(offset, offset + limit).map((one, n) => (n === 3 ? { ...one, id: undefined } : one)),
      }),
    ],
  ])('%s', async (_name, dialect) => {
    expect((await listOf(servicesOf(250), dialect)).seen).toMatchObject({ isWhole: false });
  });

  test('an element that is too large alone', async () => {
    const { seen } = await listOf(servicesOf(3, 2_000_000), (all, { offset, limit }) => ({
      body: all.slice(offset, offset + limit),
    }));
    expect(seen).toMatchObject({ isWhole: false });
  });
});
