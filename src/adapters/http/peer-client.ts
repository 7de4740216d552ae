import { type Cause, cleanCause } from '../../core/codes/cause.ts';
import type { Observation, Told } from '../../core/peers/outcome.ts';
import type { Sending } from '../../core/ports/peers.ts';
import type { Clock } from '../../core/ports/runtime.ts';
import { fromCache } from './from-cache.ts';
import type { Gate } from './gate.ts';
import type { HttpClient, HttpRequest, HttpResult } from './http-client.ts';
import { type JsonBody, readJson } from './json-body.ts';
import { peerError } from './peer-error.ts';
import { peerText, withoutSecrets } from './peer-text.ts';
import { retryAtOf } from './retry-after.ts';
import { verdictOf } from './verdict.ts';

export type Exchange = {
  readonly verb: HttpRequest['method'];
  /** Below the base URL, with its slash, encoded. */
  readonly path: string;
  /** The path ends with a collection, not with an id. */
  readonly collection: boolean;
  /** The correlation id. */
  readonly orderId: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** What the peer must not bring back into a cause, besides the token. */
  readonly secrets?: readonly string[];
};

/** A complete answer, as its reader sees it. `json` is undefined when the body is none that can be read. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
  /** What the request held that must not be kept with its answer: for `peerText`. */
  readonly secrets?: readonly string[];
};

/** What an answer's body holds: a value, or why it is not the one that the request wants. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly cause: Cause };

export type Reader<T> = {
  /** Gets JSON bodies of 2xx answers only. */
  readonly read: (answer: Answer) => Reading<T>;
  /** Where a 202 can be followed up. */
  readonly monitorOf?: (answer: Answer) => string | null;
  /** Of which effect a 2xx tells although `read` refuses it, or its body is none that can be read. */
  readonly toldOf?: (answer: Answer) => Told | null;
};

export type PeerClient = {
  readonly admit: Gate['admit'];
  /** One request with the permit of `sending`. */
  readonly observe: <T>(exchange: Exchange, sending: Sending, reader: Reader<T>) => Promise<Observation<T>>;
};

export type PeerClientOptions = {
  readonly client: HttpClient;
  readonly gate: Gate;
  readonly clock: Clock;
  /** Path of the base URL, without a slash at its end. */
  readonly basePath: string;
  /** No request takes longer, whatever its caller allows. */
  readonly timeoutMs: number;
  /** Sent to this origin as a bearer token, and never anywhere else. */
  readonly token?: () => Promise<string>;
  /** Hears what kind of peer has answered, before the caller gets the answer. Must not reject. */
  readonly heard?: (by: 'simulator' | 'real') => Promise<void>;
};

const USER_AGENT = 'oss-console';

export const createPeerClient = (options: PeerClientOptions): PeerClient => {
  const { client, gate, clock, basePath } = options;

  const observe: PeerClient['observe'] = async (exchange, sending, reader) => {
    // Whole, for causes name it.
    const deadlineMs = Math.floor(Math.min(sending.deadlineMs, options.timeoutMs));
    const spentMs = spentSince(sending, clock);
    const secrets: string[] = [...(exchange.secrets ?? [])];
    const send = async (signal: AbortSignal): Promise<HttpResult> => {
      const token = options.token === undefined ? null : await tokenOf(options.token, deadlineMs);
      if (token !== null && token.kind === 'none') {
        return { kind: 'never-sent', cause: token.cause, peerFault: false };
      }
      if (token !== null) secrets.push(token.value);
      const request: HttpRequest = {
        method: exchange.verb,
        path: `${basePath}${exchange.path}`,
        headers: headersOf(exchange, token === null ? null : token.value),
        body: exchange.body === undefined ? null : JSON.stringify(exchange.body),
      };
      return client.send(request, { deadlineMs, spentMs, signal });
    };
    const result = await gate.run(sending.permit, deadlineMs, send, (seen) =>
      verdictOf(seen, clock.now(), (text) => peerText(text, secrets)),
    );
    if ('seen' in result) return result;
    if (result.kind !== 'answer') return { seen: result.kind, cause: cleaned(result.cause, secrets) };
    const json = readJson(result.headers, result.body);
    const by = answererOf(result, json);
    if (by !== null) await options.heard?.(by);
    return observed(exchange, result, json, { now: clock.now(), secrets, reader });
  };

  return { admit: gate.admit, observe };
};

/** By the clock that is further: one of them stands still while the machine sleeps, and the other may lag behind. */
const spentSince = ({ since, sinceUptime }: Sending, clock: Clock): (() => number) => {
  const begun = since ?? clock.monotonic();
  const begunUp = sinceUptime ?? clock.uptime();
  return () => Math.max(clock.monotonic() - begun, clock.uptime() - begunUp);
};

type HttpAnswer = Extract<HttpResult, { kind: 'answer' }>;

/** Our simulators say so on every answer. An error without that may be a proxy's: only a success shows a real peer. */
const answererOf = ({ status, headers }: HttpAnswer, json: JsonBody): 'simulator' | 'real' | null => {
  if (headers['x-oss-simulator'] !== undefined) return 'simulator';
  return status >= 200 && status < 300 && json.ok ? 'real' : null;
};

type Context<T> = {
  readonly now: number;
  readonly secrets: readonly string[];
  readonly reader: Reader<T>;
};

const observed = <T>(
  exchange: Exchange,
  { status, headers, body }: HttpAnswer,
  json: JsonBody,
  { now, secrets, reader }: Context<T>,
): Observation<T> => {
  const { verb, collection } = exchange;
  const answer: Answer = {
    status,
    headers,
    json: json.ok ? withoutSecrets(json.value, secrets) : undefined,
    secrets,
  };
  const isSuccess = status >= 200 && status < 300;
  const reading = isSuccess ? readingOf(json, answer, reader) : NOT_READ;
  const told = isSuccess && !reading.ok ? (reader.toldOf?.(answer) ?? null) : null;
  const cached = verb === 'GET' ? fromCache(headers) : null;
  return {
    seen: 'response',
    status,
    verb,
    collection,
    retryAt: retryAtOf(headers['retry-after'], now),
    monitor: status === 202 ? (reader.monitorOf?.(answer) ?? null) : null,
    error: status >= 400 ? peerError(status, json, body.length === 0, secrets) : null,
    ...(cached === null ? {} : { cached: peerText(cached, secrets) }),
    body: reading.ok
      ? reading
      : { ok: false, cause: cleaned(reading.cause, secrets), ...(told === null ? {} : { told }) },
  };
};

const cleaned = (cause: Cause, secrets: readonly string[]): Cause =>
  cleanCause(cause, (text) => peerText(text, secrets));

const NOT_READ = { ok: false, cause: { code: 'NOT_A_SUCCESS' } } as const;

const readingOf = <T>(json: JsonBody, answer: Answer, { read }: Reader<T>): Reading<T> =>
  json.ok ? read(answer) : json;

const headersOf = (exchange: Exchange, token: string | null): Record<string, string> => ({
  accept: 'application/json',
  'accept-encoding': 'identity',
  'user-agent': USER_AGENT,
  // What a gateway remembers is not what the peer has.
  ...(exchange.verb === 'GET' ? { 'cache-control': 'no-cache' } : {}),
  ...(exchange.orderId === null ? {} : { 'x-correlation-id': exchange.orderId }),
  ...(exchange.body === undefined ? {} : { 'content-type': 'application/json' }),
  ...exchange.headers,
  ...(token === null ? {} : { authorization: `Bearer ${token}` }),
});

type Token =
  | { readonly kind: 'token'; readonly value: string }
  | { readonly kind: 'none'; readonly cause: Cause };

/** A bearer token of RFC 6750; anything else would break the header, or out of it. */
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

/** The source of the token may hang or fail: then nothing is sent. Its error may quote the token: no cause repeats it. */
const tokenOf = async (token: () => Promise<string>, deadlineMs: number): Promise<Token> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), Math.max(0, deadlineMs));
  });
  try {
    const value = (await Promise.race([token(), late]))?.trim();
    if (value === undefined) return { kind: 'none', cause: { code: 'NO_TOKEN', ms: deadlineMs } };
    return TOKEN.test(value) ? { kind: 'token', value } : { kind: 'none', cause: { code: 'TOKEN_UNFIT' } };
  } catch {
    return { kind: 'none', cause: { code: 'TOKEN_UNREADABLE' } };
  } finally {
    clearTimeout(timer);
  }
};
