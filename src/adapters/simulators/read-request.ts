import type { IncomingMessage } from 'node:http';
import { withoutEndSlashes } from '../../core/values/end-slashes.ts';
import { type Answer, errorAnswer, type SimRequest } from './request.ts';

/** A request as it came in. */
export type Read = {
  /** Its path is relative to the API's base when it lies below it. */
  readonly request: SimRequest;
  readonly underBase: boolean;
  readonly admin: { readonly token: string; readonly rule: string | null };
};

/** Reads a request; an answer when it cannot be one (413, 400, 415). Rejects when the caller goes before its end. */
export const readRequest = async (incoming: IncomingMessage, base: string): Promise<Read | Answer> => {
  const text = await readBody(incoming);
  if (text === null) return errorAnswer(413, 'TOO_LARGE', 'A body is at most 1 MiB');
  const method = incoming.method ?? 'GET';
  const body = text === '' ? undefined : parseJson(text);
  if (body === NOT_JSON) return errorAnswer(400, 'INVALID_JSON', 'The body is not JSON');
  const contentType = incoming.headers['content-type'] ?? '';
  if (text !== '' && !/^application\/(merge-patch\+)?json\b/i.test(contentType)) {
    return errorAnswer(415, 'NOT_JSON', 'Content-Type must be application/json');
  }
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const path = decoded(pathname);
  const ifMatch = headerOf(incoming, 'if-match');
  const underBase = path === base || path.startsWith(`${base}/`);
  return {
    request: {
      method,
      path: underBase ? withoutEndSlashes(path.slice(base.length)) : path,
      query: readQuery(searchParams),
      idempotencyKey: unquoted(headerOf(incoming, 'idempotency-key')),
      ...(ifMatch === null ? {} : { ifMatch }),
      body,
    },
    underBase,
    admin: { token: headerOf(incoming, 'x-admin-token') ?? '', rule: searchParams.get('rule') },
  };
};

/** A parameter that comes more than once has each of its values. */
const readQuery = (parameters: URLSearchParams): Readonly<Record<string, string>> =>
  Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name).join(',')]));

const NOT_JSON = Symbol('not JSON');

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
};

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** The header is a structured-header string, but not every client quotes it. */
const unquoted = (text: string | null): string | null =>
  text === null ? null : text.replace(/^"(.*)"$/, '$1').replace(/\\(["\\])/g, '$1');

const headerOf = (incoming: IncomingMessage, name: string): string | null => {
  const value = incoming.headers[name];
  return typeof value === 'string' && value !== '' ? value.slice(0, 300) : null;
};

const LIMIT_BYTES = 1024 * 1024;

/** A request's body as text. Null: it is larger than 1 MiB (the rest is read and dropped). Rejects when the caller goes. */
const readBody = (request: IncomingMessage): Promise<string | null> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LIMIT_BYTES) chunks.push(chunk);
    });
    request.on('end', () => resolve(size > LIMIT_BYTES ? null : Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
    request.on('close', () => reject(new Error('The caller went before the body was complete')));
  });
