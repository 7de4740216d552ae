import { expect, test } from 'vitest';
import type { Cause } from '../../core/codes/cause.ts';
import { readJson } from './json-body.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test.each<[string, Record<string, string>, string, unknown]>([
  ['an object', JSON_TYPE, '{"a":1}', { a: 1 }],
  ['with parameters', { 'content-type': 'Application/JSON; charset=utf-8' }, '[]', []],
  ['with a byte order mark', JSON_TYPE, '\ufeff"x"', 'x'],
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
  [
    'compressed',
    { ...JSON_TYPE, 'content-encoding': 'gzip' },
    '{}',
    { code: 'BODY_ENCODED', encoding: 'gzip' },
  ],
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
