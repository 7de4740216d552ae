import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Cause } from '../../core/codes/cause.ts';
import { MAX_BODY_BYTES } from './connection.ts';
import { readJson } from './json-body.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const NOT_GZIP: Cause = { code: 'BODY_NOT_UNPACKED', encoding: 'gzip' };
const ENCODED: Cause = { code: 'BODY_ENCODED', encoding: 'tostring' };

test.each<[string, Record<string, string>, string, unknown]>([
  ['an object', JSON_TYPE, '{"a":1}', { a: 1 }],
  ['with parameters', { 'content-type': 'Application/JSON; charset=utf-8' }, '[]', []],
  ['with a byte order mark', JSON_TYPE, '\ufeff"x"', 'x'],
  ['a kind of JSON', { 'content-type': 'application/problem+json' }, '{}', {}],
  ['named identity', { ...JSON_TYPE, 'content-encoding': 'identity' }, 'null', null],
  ['the word __proto__ as a value', JSON_TYPE, '{"a":"__proto__"}', { a: '__proto__' }],
  ['32 levels', JSON_TYPE, nested(32), JSON.parse(nested(32))],
])('read: %s', (_name, headers, text, value) => {
  expect(readJson(headers, bytes(text))).toEqual({ ok: true, value });
});

test.each<[string, Record<string, string>, string, Cause]>([
  ['nothing', JSON_TYPE, '', { code: 'BODY_EMPTY' }],
  ['HTML', { 'content-type': 'text/html' }, '{}', { code: 'BODY_TYPE', type: 'text/html' }],
  ['no type', {}, '{}', { code: 'BODY_TYPE', type: '' }],
  ['packed, says the header alone', { ...JSON_TYPE, 'content-encoding': 'gzip' }, '{}', NOT_GZIP],
  [
    'packed twice',
    { ...JSON_TYPE, 'content-encoding': 'gzip, br' },
    '{}',
    { code: 'BODY_ENCODED', encoding: 'gzip, br' },
  ],
  ['packed in an unknown way', { ...JSON_TYPE, 'content-encoding': 'toString' }, '{}', ENCODED],
  ['truncated', JSON_TYPE, '{"phone":"010', { code: 'BODY_NOT_JSON' }],
  ['two values', JSON_TYPE, '{}{}', { code: 'BODY_NOT_JSON' }],
  ['33 levels', JSON_TYPE, nested(33), { code: 'BODY_TOO_DEEP', most: 32 }],
  ['200,000 levels', JSON_TYPE, nested(200_000), { code: 'BODY_TOO_DEEP', most: 32 }],
  ['__proto__', JSON_TYPE, '{"a":[{"__proto__":{"b":1}}]}', { code: 'BODY_PROTO' }],
  ['__proto__, escaped', JSON_TYPE, '{"\\u005f_proto__":{}}', { code: 'BODY_PROTO' }],
])('refused: %s', (_name, headers, text, cause) => {
  expect(readJson(headers, bytes(text))).toEqual({ ok: false, cause });
});

test('refused: not UTF-8', () => {
  expect(readJson(JSON_TYPE, Uint8Array.of(0x22, 0xff, 0x22))).toEqual({
    ok: false,
    cause: { code: 'BODY_NOT_UTF8' },
  });
});

test.each([
  ['gzip', gzipSync],
  ['X-GZIP', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
])('read: packed as %s although nobody asked for it', (encoding, pack) => {
  const headers = { ...JSON_TYPE, 'content-encoding': encoding };
  expect(readJson(headers, pack('{"a":1}'))).toEqual({ ok: true, value: { a: 1 } });
  const cut = pack(`{"a":"${'x'.repeat(1_000)}"}`).subarray(0, -10);
  expect(readJson(headers, cut)).toMatchObject({ ok: false });
});

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
])('refused: larger than a body may be once it is unpacked from %s', (encoding, pack) => {
  const headers = { ...JSON_TYPE, 'content-encoding': encoding };
  const text = (length: number): string => `"${'x'.repeat(length - 2)}"`;
  expect(readJson(headers, pack(text(MAX_BODY_BYTES)))).toMatchObject({ ok: true });
  expect(readJson(headers, pack(text(MAX_BODY_BYTES + 1)))).toEqual({
    ok: false,
    cause: { code: 'BODY_TOO_LARGE', most: MAX_BODY_BYTES },
  });
});
