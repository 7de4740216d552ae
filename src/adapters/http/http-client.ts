import type { Dispatcher } from 'undici';
import type { Cause } from '../../core/codes/cause.ts';
import {
  type Connection,
  type ConnectionOptions,
  type Connections,
  createConnections,
} from './connection.ts';

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query, encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};

/** What one attempt came to. Causes never hold a header or a body. */
export type HttpResult =
  /** No byte left this process. `peerFault`: because the peer could not be reached, not because of us. */
  | { readonly kind: 'never-sent'; readonly cause: Cause; readonly peerFault: boolean }
  /** Bytes may have left, and no complete answer came. */
  | { readonly kind: 'lost'; readonly cause: Cause }
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Names in lower case; of a repeated header the first value, or all of them where the header is a list. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array | 'too-large';
    };

/** `deadlineMs` is for everything together: connecting, sending, and the last byte of the answer. */
export type HttpSending = {
  readonly deadlineMs: number;
  /** How much of it is used up, ms, by every clock that counts (default: since now, by `performance.now()`). */
  readonly spentMs?: () => number;
  readonly signal?: AbortSignal;
};

/** One origin's connections. Sends each request once: no retry, no redirect, no cookie, no decompression. */
export type HttpClient = {
  readonly origin: string;
  /** Never rejects. What is given up after its first byte is thrown away as far as it has not left this machine. */
  readonly send: (request: HttpRequest, sending: HttpSending) => Promise<HttpResult>;
  /** Cuts what is still open. */
  readonly close: () => Promise<void>;
};

const CONNECT_MS = 2_000;

/** The options are for tests only. */
export const createHttpClient = (
  origin: string,
  { connectMs = CONNECT_MS, ...options }: { readonly connectMs?: number } & ConnectionOptions = {},
): HttpClient => {
  const connections = createConnections(origin, options);
  return {
    origin,
    send: (request, sending) => exchange(connections, request, sending, connectMs),
    close: connections.close,
  };
};

const sinceNow = (): (() => number) => {
  const since = performance.now();
  return () => performance.now() - since;
};

const exchange = (
  connections: Connections,
  request: HttpRequest,
  { deadlineMs, spentMs = sinceNow(), signal }: HttpSending,
  connectMs: number,
): Promise<HttpResult> =>
  new Promise((resolve) => {
    const leftMs = (): number => deadlineMs - spentMs();
    let connection: Connection | null = null;
    // From here on bytes may leave: set in the moment before undici writes to a connected socket.
    let controller: Dispatcher.DispatchController | null = null;
    let settled = false;
    let status = 0;
    let headers: HttpHeaders = {};
    const chunks: Uint8Array[] = [];

    const settle = (result: HttpResult): void => {
      if (settled) return;
      settled = true;
      clearTimeout(deadline);
      clearTimeout(connecting);
      signal?.removeEventListener('abort', onAbort);
      if (connection !== null && result.kind === 'answer' && result.body !== 'too-large') {
        connection.occupy(false);
        connections.giveBack(connection);
      } else if (connection !== null) connections.discard(connection);
      resolve(result);
    };
    const giveUp = (unsent: Cause, peerFault: boolean, lost: Cause): void => {
      settle(
        controller === null
          ? { kind: 'never-sent', cause: unsent, peerFault }
          : { kind: 'lost', cause: lost },
      );
    };
    const onAbort = (): void => giveUp({ code: 'ABORTED' }, false, { code: 'ABORTED_WAITING' });
    const notConnected = (): void => {
      if (controller === null) giveUp({ code: 'CONNECT_TIMEOUT', ms: connectMs }, true, timedOut);
    };
    const timedOut: Cause = { code: 'NO_ANSWER', ms: deadlineMs };
    const left = leftMs();
    const deadline = setTimeout(
      () => giveUp({ code: 'NO_CONNECTION', ms: deadlineMs }, true, timedOut),
      Math.max(0, left),
    );
    // A process that stood still learns of its timers first: the connection may be there, and is looked for once more.
    const connecting = setTimeout(() => setImmediate(() => setImmediate(notConnected)), connectMs);

    if (signal?.aborted === true) return onAbort();
    if (left <= 0) return giveUp({ code: 'NO_TIME_LEFT' }, false, timedOut);
    signal?.addEventListener('abort', onAbort, { once: true });

    connection = connections.take();
    if (connection === null) return giveUp({ code: 'CLIENT_CLOSED' }, false, timedOut);
    const taken = connection;
    taken.dispatch(
      { method: request.method, path: request.path, headers: { ...request.headers }, body: request.body },
      {
        onRequestStart: (begun) => {
          // A connection that came too late: stop before the first byte, for the caller has heard "never sent".
          if (settled) return begun.abort(new Error('too late'));
          // A process that was stopped meanwhile may learn of the connection before its timers: by then others take
          // the request for one that never left.
          if (leftMs() <= 0) {
            giveUp({ code: 'NO_CONNECTION', ms: deadlineMs }, false, timedOut);
            return begun.abort(new Error('too late'));
          }
          controller = begun;
          taken.occupy(true);
          clearTimeout(connecting);
        },
        onResponseStart: (_controller, code, received) => {
          status = code;
          headers = plainHeaders(received);
        },
        onResponseData: (_controller, chunk) => {
          chunks.push(chunk);
        },
        onResponseEnd: () => settle({ kind: 'answer', status, headers, body: Buffer.concat(chunks) }),
        onResponseError: (_controller, error) => {
          if (isTooLarge(error)) return settle({ kind: 'answer', status, headers, body: 'too-large' });
          const told = errorText(error);
          settle(
            controller === null
              ? {
                  kind: 'never-sent',
                  cause: { code: 'CANNOT_CONNECT', error: told },
                  peerFault: !isOurFault(error),
                }
              : { kind: 'lost', cause: { code: 'ANSWER_LOST', error: told } },
          );
        },
      },
    );
  });

type HttpHeaders = Readonly<Record<string, string>>;

/** Headers that proxies on the way add to, each a line of its own. */
const LISTS = new Set(['link', 'warning', 'cache-status', 'x-cache']);

const plainHeaders = (received: Record<string, string | string[] | undefined>): HttpHeaders => {
  const plain: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(received)) {
    const all = typeof value === 'string' ? [value] : (value ?? []);
    const told = LISTS.has(name) ? all.join(', ') : all[0];
    if (told !== undefined) plain[name] = told;
  }
  return plain;
};

const isTooLarge = (error: Error): boolean => Reflect.get(error, 'code') === 'UND_ERR_RES_EXCEEDED_MAX_SIZE';

/** A request that undici would not even try. */
const OUR_FAULTS = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_DESTROYED', 'UND_ERR_CLOSED']);
const isOurFault = (error: Error): boolean => OUR_FAULTS.has(String(Reflect.get(error, 'code')));

/** Trying several addresses of one name fails with an error of errors that has no text of its own. */
const errorText = (error: Error): string => {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const told = inner instanceof Error ? inner : error;
  const code = Reflect.get(told, 'code');
  const known = typeof code === 'string' && !told.message.includes(code) ? `${code} ` : '';
  return `${known}${told.message}`;
};
