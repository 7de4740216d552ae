import { expect, test } from 'vitest';
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

test.each<[string, Record<string, string>, string, string]>([
  ['nothing', JSON_TYPE, '', 'the body is empty'],
  ['HTML', { 'content-type': 'text/html' }, '{}', 'the body is text/html, not JSON'],
  ['no type', {}, '{}', 'the body is of no type, not JSON'],
  ['compressed', { ...JSON_TYPE, 'content-encoding': 'gzip' }, '{}', 'the body is encoded: gzip'],
  ['truncated', JSON_TYPE, '{"phone":"010', 'the body is not valid JSON'],
  ['two values', JSON_TYPE, '{}{}', 'the body is not valid JSON'],
  ['33 levels', JSON_TYPE, nested(33), 'the body is nested deeper than 32'],
  ['200,000 levels', JSON_TYPE, nested(200_000), 'the body is nested deeper than 32'],
  ['__proto__', JSON_TYPE, '{"a":[{"__proto__":{"b":1}}]}', 'the body has a member __proto__'],
  ['__proto__, escaped', JSON_TYPE, '{"\\u005f_proto__":{}}', 'the body has a member __proto__'],
])('refused: %s', (_name, headers, text, cause) => {
  expect(readJson(headers, bytes(text))).toEqual({ ok: false, cause });
});

test('refused: not UTF-8', () => {
  expect(readJson(JSON_TYPE, Uint8Array.of(0x22, 0xff, 0x22))).toEqual({
    ok: false,
    cause: 'the body is not valid UTF-8',
  });
});
