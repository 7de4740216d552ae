import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { MAX_BODY_BYTES } from './connection.ts';

export type JsonBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly cause: string };

/** Deeper than any answer of the two APIs; bounds the recursion of whoever reads it. */
const MAX_DEPTH = 32;

/** Of a body that is larger than `MAX_BODY_BYTES`, packed or not. */
export const BODY_TOO_LARGE = `the body is larger than ${MAX_BODY_BYTES} bytes`;

const utf8 = new TextDecoder('utf-8', { fatal: true });

const refused = (cause: string): JsonBody => ({ ok: false, cause });

/** Also what is a kind of JSON: `application/problem+json`. */
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/;

/** How a body may be packed, although none was asked for: gateways do it all the same. */
const UNPACK: Readonly<Record<string, typeof gunzipSync>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

type Plain =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly cause: string };

/** At most `MAX_BODY_BYTES`, however small it was on the way. */
const plainOf = (encoding: string, body: Uint8Array): Plain => {
  if (encoding === '' || encoding === 'identity') return { ok: true, bytes: body };
  const unpack = Object.hasOwn(UNPACK, encoding) ? UNPACK[encoding] : undefined;
  if (unpack === undefined) return { ok: false, cause: `the body is encoded: ${encoding}` };
  try {
    return { ok: true, bytes: unpack(body, { maxOutputLength: MAX_BODY_BYTES }) };
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    return { ok: false, cause: isTooLarge ? BODY_TOO_LARGE : `the body is not valid ${encoding}` };
  }
};

/**
 * Reads an answer's body as JSON: only when it says so, packed in a known way or not at all, valid UTF-8, of bounded depth,
 * without `__proto__`.
 */
export const readJson = (
  headers: Readonly<Record<string, string>>,
  body: Uint8Array | 'too-large',
): JsonBody => {
  if (body === 'too-large') return refused(BODY_TOO_LARGE);
  if (body.length === 0) return refused('the body is empty');
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!JSON_TYPE.test(type)) return refused(`the body is ${type === '' ? 'of no type' : type}, not JSON`);
  const plain = plainOf((headers['content-encoding'] ?? '').trim().toLowerCase(), body);
  if (!plain.ok) return plain;
  try {
    const value: unknown = JSON.parse(utf8.decode(plain.bytes));
    const fault = faultOf(value);
    return fault === null ? { ok: true, value } : refused(fault);
  } catch (error) {
    // The parser's own message quotes the body, which may hold what must not reach the log.
    return refused(
      error instanceof SyntaxError ? 'the body is not valid JSON' : 'the body is not valid UTF-8',
    );
  }
};

/** By hand, not recursive: the depth is the peer's choice. */
const faultOf = (root: unknown): string | null => {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) return `the body is nested deeper than ${MAX_DEPTH}`;
    if (Object.hasOwn(value, '__proto__')) return 'the body has a member __proto__';
    for (const member of Object.values(value)) open.push({ value: member, depth: depth + 1 });
  }
  return null;
};
