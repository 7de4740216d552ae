import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

it('is JSON that says the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('writes every text as JSON does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(canonicalJson(text)).toBe(JSON.stringify(text));
      expect(canonicalJson({ [text]: 1 })).toBe(`{${JSON.stringify(text)}:1}`);
    }),
  );
  for (const text of [
    '"',
    '\\',
    '\n',
    '\u0000',
    '\u007f',
    '\u2028',
    '\ud800',
    'a\udc00',
    '\ud83d\ude00',
    '홍길동',
  ]) {
    expect(canonicalJson(text)).toBe(JSON.stringify(text));
  }
});

it('has the members by name, whatever order they came in, and leaves out those that are undefined', () => {
  expect(canonicalJson({ b: 1, a: [{ d: null, c: undefined }, undefined], 10: 'x', 9: 'y' })).toBe(
    '{"10":"x","9":"y","a":[{"d":null},null],"b":1}',
  );
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (members) => {
      const turned = Object.fromEntries(Object.entries(members).reverse());
      expect(canonicalJson(turned)).toBe(canonicalJson(members));
    }),
  );
});
