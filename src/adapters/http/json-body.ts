import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { bodyFaultOf } from '../../core/codes/body-fault.ts';
import type { Cause } from '../../core/codes/cause.ts';
import { MAX_BODY_BYTES } from './connection.ts';

export type JsonBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly cause: Cause };

/** Of a body that is larger than `MAX_BODY_BYTES`, packed or not. */
const BODY_TOO_LARGE: Cause = { code: 'BODY_TOO_LARGE', most: MAX_BODY_BYTES };

const utf8 = new TextDecoder('utf-8', { fatal: true });

const refused = (cause: Cause): JsonBody => ({ ok: false, cause });

/** Also what is a kind of JSON: `application/problem+json`. */
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/;

/** How a body may be packed, although no request accepts that: gateways do it all the same. */
const UNPACK: Readonly<Record<string, typeof gunzipSync>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

type Plain =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly cause: Cause };

/** At most `MAX_BODY_BYTES`, however small it was on the way. */
const plainOf = (encoding: string, body: Uint8Array): Plain => {
  if (encoding === '' || encoding === 'identity') return { ok: true, bytes: body };
  const unpack = Object.hasOwn(UNPACK, encoding) ? UNPACK[encoding] : undefined;
  if (unpack === undefined) return { ok: false, cause: { code: 'BODY_ENCODED', encoding } };
  try {
    return { ok: true, bytes: unpack(body, { maxOutputLength: MAX_BODY_BYTES }) };
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    return { ok: false, cause: isTooLarge ? BODY_TOO_LARGE : { code: 'BODY_NOT_UNPACKED', encoding } };
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
  if (body.length === 0) return refused({ code: 'BODY_EMPTY' });
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!JSON_TYPE.test(type)) return refused({ code: 'BODY_TYPE', type });
  const plain = plainOf((headers['content-encoding'] ?? '').trim().toLowerCase(), body);
  if (!plain.ok) return plain;
  try {
    const value: unknown = JSON.parse(utf8.decode(plain.bytes));
    const fault = bodyFaultOf(value);
    return fault === null ? { ok: true, value } : refused(fault);
  } catch (error) {
    // The parser's own message quotes the body, which may hold what must not reach the log.
    return refused({ code: error instanceof SyntaxError ? 'BODY_NOT_JSON' : 'BODY_NOT_UTF8' });
  }
};
