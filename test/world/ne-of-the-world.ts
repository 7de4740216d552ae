import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** A service as this NE keeps it. */
export type Kept = {
  readonly id: string;
  /** As it was asked for. */
  readonly asked: string;
  /** As the NE wrote it down; null: it keeps no names. */
  readonly name: string | null;
  readonly spec: string;
  state: 'active' | 'terminated';
  /** `performance.now()` of its create. */
  readonly since: number;
  version: number;
};

/** An answer that a gateway gives in place of the NE's own, after the NE has done what was asked. */
export type Instead = { readonly status: number; readonly retryAfter?: number; readonly body?: string };

/** How this NE behaves. Every one of these ways is documented of some real one. */
export type Ways = {
  /** Reads, lists and changes know of a create only so much later (a read replica). ms */
  lagMs: number;
  /** A cache on the way keeps what a GET was answered for so long, unless it is told `no-cache`. ms */
  cacheMs: number;
  /** `accepted`: 202 without a monitor, and the service is there `acceptedMs` later. */
  create: 'created' | 'accepted';
  acceptedMs: number;
  /** Asked of each request after its effect; null: the NE's own answer. */
  instead: (method: string, path: string) => Instead | null;
  /** The answer of a change never comes; the change is done. */
  losesChanges: boolean;
  /** The id of a terminated service is given to the next one. */
  reusesIds: boolean;
  /** Each specification counts its ids for itself: services of two of them have the same one. */
  idsPerSpec: boolean;
  /** Ids are JSON numbers. */
  numericIds: boolean;
  nameOf: (asked: string) => string | null;
  /** How a state is written. */
  word: (state: string) => string;
  /** What a PATCH is answered. */
  change: 'told' | 'conflict' | 'no-content' | 'accepted' | 'partial';
  /** What the list by state is answered, once each; none left: the truth. */
  lists: readonly string[];
  /** How pages are told. */
  pages: 'total' | 'capped' | 'total-of-page' | 'link' | 'content-range' | 'offset-ignored' | 'too-large';
  gzip: boolean;
  /** What is asked for is never done, and answered 500. */
  forgets: boolean;
  /** DELETE is the way to switch off. */
  deletes: boolean;
};

export const PLAIN: Ways = {
  lagMs: 0,
  cacheMs: 0,
  create: 'created',
  acceptedMs: 0,
  instead: () => null,
  losesChanges: false,
  reusesIds: false,
  idsPerSpec: false,
  numericIds: false,
  nameOf: (asked) => asked,
  word: (state) => state,
  change: 'told',
  lists: [],
  pages: 'total',
  gzip: false,
  forgets: false,
  deletes: false,
};

/** A Network Element that was not written to fit the program. It keeps no idempotency keys, as most do not. */
export type WorldNe = {
  readonly url: string;
  /** Changed at will while it runs. */
  readonly ways: Ways;
  readonly services: () => readonly Kept[];
  readonly live: () => readonly Kept[];
  /** Somebody else's service, which no order of ours made. */
  readonly add: (name: string) => Kept;
  /** `METHOD path` of each request. */
  readonly requests: () => readonly string[];
  /** It is moved to another system, which gives each service a new id; names stay. */
  readonly migrate: () => void;
  /** Takes a backup; the returned function restores it: ids begin again where they were. */
  readonly backup: () => () => void;
  readonly close: () => Promise<void>;
};

const BASE = '/tmf-api/ServiceActivationAndConfiguration/v4';
const CAP = 2;

type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

type Cached = { readonly until: number; readonly at: number; readonly answer: Answer };

export const worldNe = async (given: Partial<Ways> = {}): Promise<WorldNe> => {
  const ways: Ways = { ...PLAIN, ...given };
  let kept: Kept[] = [];
  let next = 1;
  let freed: string[] = [];
  const requests: string[] = [];
  const cache = new Map<string, Cached>();

  const isKnown = (one: Kept): boolean => performance.now() - one.since >= ways.lagMs;
  const bodyOf = (one: Kept): object => ({
    id: ways.numericIds ? Number(one.id.replace(/\D/g, '')) : one.id,
    ...(one.name === null ? {} : { name: one.name }),
    state: ways.word(one.state),
    serviceSpecification: { id: one.spec },
  });
  const idOf = (one: Kept): string => (ways.numericIds ? String(Number(one.id.replace(/\D/g, ''))) : one.id);
  const insert = (asked: string, spec: string, since: number): Kept => {
    const reused = ways.reusesIds ? freed.shift() : undefined;
    const number = ways.idsPerSpec ? kept.filter((one) => one.spec === spec).length + 1 : next;
    const id = reused ?? `SVC-${String(number).padStart(4, '0')}`;
    if (reused === undefined) next += 1;
    const one: Kept = { id, asked, name: ways.nameOf(asked), spec, state: 'active', since, version: 1 };
    if (reused !== undefined) kept = kept.filter((other) => other.id !== id);
    kept.push(one);
    return one;
  };
  const end = (one: Kept): void => {
    if (one.state === 'terminated') return;
    one.state = 'terminated';
    one.version += 1;
    if (ways.reusesIds) freed.push(one.id);
  };

  const create = (body: {
    readonly name?: string;
    readonly serviceSpecification?: { readonly id: string };
  }): Answer => {
    if (ways.forgets) return { status: 500, body: { code: '500', reason: 'out of order' } };
    const { name = '', serviceSpecification: { id: spec } = { id: '' } } = body;
    if (ways.create === 'accepted') {
      insert(name, spec, performance.now() + ways.acceptedMs);
      return { status: 202, body: {} };
    }
    return { status: 201, body: bodyOf(insert(name, spec, performance.now())) };
  };

  const list = (query: URLSearchParams): Answer => {
    const [told, ...rest] = query.has('name') ? [] : ways.lists;
    if (told !== undefined) {
      ways.lists = rest;
      return { status: 200, body: JSON.parse(told) };
    }
    const state = query.get('state');
    const name = query.get('name');
    const all = kept
      .filter(isKnown)
      .filter((one) => one.since <= performance.now())
      .filter((one) => name === null || one.name === name)
      .filter((one) => state === null || one.state === state.toLowerCase())
      .map(bodyOf);
    if (name !== null) return { status: 200, body: all };
    const offset = ways.pages === 'offset-ignored' ? 0 : Number(query.get('offset') ?? 0);
    const limit = Number(query.get('limit') ?? 100);
    if (ways.pages === 'too-large' && limit > CAP) return { status: 200, body: 'x'.repeat(2 * 1024 * 1024) };
    const size = ways.pages === 'total' || ways.pages === 'too-large' ? limit : CAP;
    const page = all.slice(offset, offset + size);
    const last = offset + page.length;
    switch (ways.pages) {
      case 'total':
      case 'too-large':
        return { status: 200, body: page, headers: { 'x-total-count': String(all.length) } };
      case 'total-of-page':
        return { status: 200, body: page, headers: { 'x-total-count': String(page.length) } };
      case 'content-range':
        return {
          status: last < all.length ? 206 : 200,
          body: page,
          headers: { 'content-range': `items ${offset}-${Math.max(offset, last - 1)}/${all.length}` },
        };
      case 'link':
        return {
          status: last < all.length ? 206 : 200,
          body: page,
          headers:
            last < all.length
              ? { link: `<${BASE}/service?state=active&offset=${last}&limit=${limit}>; rel="next"` }
              : {},
        };
      case 'capped':
      case 'offset-ignored':
        return { status: 200, body: page };
    }
  };

  const change = (one: Kept, headers: IncomingMessage['headers']): Answer => {
    const match = headers['if-match'];
    if (match !== undefined && match !== `"${one.version}"`)
      return { status: 412, body: { code: '412', reason: 'changed' } };
    switch (ways.change) {
      case 'told':
        end(one);
        return { status: 200, body: bodyOf(one) };
      case 'conflict':
        return { status: 409, body: { code: '409', reason: 'the service is busy' } };
      case 'no-content':
        end(one);
        return { status: 204 };
      case 'accepted':
        end(one);
        return { status: 202, body: {} };
      case 'partial':
        end(one);
        return { status: 200, body: { id: idOf(one), state: 'terminated' } };
    }
  };

  const handle = (method: string, url: URL, headers: IncomingMessage['headers'], body: string): Answer => {
    const path = url.pathname.slice(BASE.length).replace(/\/$/, '');
    if (path === '/service') return method === 'POST' ? create(JSON.parse(body)) : list(url.searchParams);
    const id = decodeURIComponent(path.slice('/service/'.length));
    const one = kept.find((other) => idOf(other) === id && isKnown(other));
    if (one === undefined) return { status: 404, body: { code: '404', reason: 'no such service' } };
    if (method === 'GET') return { status: 200, body: bodyOf(one), headers: { etag: `"${one.version}"` } };
    if (method === 'DELETE') {
      end(one);
      return { status: 204 };
    }
    return change(one, headers);
  };

  const respond = (response: ServerResponse, { status, body, headers = {} }: Answer): void => {
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const all: Record<string, string> = {
      ...(text === '' ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    if (ways.gzip && text !== '') {
      response.writeHead(status, { ...all, 'content-encoding': 'gzip' }).end(gzipSync(text));
    } else response.writeHead(status, all).end(text);
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = 'GET', headers } = request;
      const url = new URL(request.url ?? '/', 'http://ne');
      const line = `${method} ${url.pathname.slice(BASE.length)}${url.search}`;
      requests.push(line);
      const old = cache.get(line);
      const mayCache = method === 'GET' && headers['cache-control'] !== 'no-cache';
      if (mayCache && old !== undefined && old.until > performance.now()) {
        const age = Math.max(1, Math.floor((performance.now() - old.at) / 1000));
        respond(response, { ...old.answer, headers: { ...old.answer.headers, age: String(age) } });
        return;
      }
      const answer = handle(method, url, headers, Buffer.concat(chunks).toString('utf8'));
      if (method === 'GET' && ways.cacheMs > 0) {
        cache.set(line, { at: performance.now(), until: performance.now() + ways.cacheMs, answer });
      }
      const instead = ways.instead(method, url.pathname);
      if (instead !== null) {
        respond(response, {
          status: instead.status,
          body:
            instead.body ?? JSON.stringify({ code: String(instead.status), reason: 'said by the gateway' }),
          headers: instead.retryAfter === undefined ? {} : { 'retry-after': String(instead.retryAfter) },
        });
      } else if (ways.losesChanges && method === 'PATCH') request.socket.destroy();
      else respond(response, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}${BASE}`,
    ways,
    services: () => kept,
    live: () => kept.filter(({ state }) => state === 'active'),
    add: (name) => insert(name, 'somebody.else', performance.now()),
    requests: () => requests,
    migrate: () => {
      kept = kept.map((one) => ({ ...one, id: `M-${one.id}` }));
    },
    backup: () => {
      const saved = { kept: kept.map((one) => ({ ...one })), next, freed: [...freed] };
      return () => {
        kept = saved.kept.map((one) => ({ ...one }));
        next = saved.next;
        freed = [...saved.freed];
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
