import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFlatJson } from './flat-json.ts';

const cells = (text: string): unknown => {
  const read = readFlatJson(text);
  return read.ok ? Object.fromEntries(read.cells) : [read.column, read.reason];
};

describe('one JSON object of plain values', () => {
  test('is read as texts; null is nothing, numbers keep their digits', () => {
    expect(cells('{"a":"x","n":1,"f":-1.50e3,"t":true,"z":null,"l":["p",2],"e":[]}')).toEqual({
      a: 'x',
      n: '1',
      f: '-1.50e3',
      t: 'true',
      l: ['p', '2'],
      e: [],
    });
    expect(cells(' { } ')).toEqual({});
    expect(cells('{"a\\u00e9":"\\"\\\\\\n한"}')).toEqual({ aé: '"\\\n한' });
  });

  test.each([
    ['{"a":1,"a":2}', ['a', { code: 'THERE_TWICE' }]],
    ['{"a":1,"\\u0061":2}', ['a', { code: 'THERE_TWICE' }]],
    ['{"__proto__":"x"}', ['__proto__', { code: 'NO_VALUE_NAME' }]],
    ['{"a":{"b":1}}', ['a', { code: 'IS_OBJECT' }]],
    ['{"a":[[1]]}', ['a', { code: 'NOT_A_LIST_OF_TEXTS' }]],
    ['{"a":[null]}', ['a', { code: 'NOT_A_LIST_OF_TEXTS' }]],
    ['[1]', ['', { code: 'NOT_JSON' }]],
    ['', ['', { code: 'NOT_JSON' }]],
  ])('%s is refused', (text, problem) => {
    expect(cells(text)).toEqual(problem);
  });

  test.each([
    '{"a":1,}',
    '{"a"}',
    '{"a":}',
    '{a:1}',
    "{'a':1}",
    '{"a":01}',
    '{"a":1}x',
    '{"a":"\t"}',
    '{"a":"\\x"}',
    '{"a":"\\ud800"}',
    '{"a":NaN}',
    '{"a":+1}',
    '{"a":1 "b":2}',
    '{"a":.5}',
    '{"a":trueish}',
    '{,}',
    '{"a":1',
  ])('%s is no JSON', (text) => {
    expect(cells(text)).toEqual(['', { code: 'NOT_JSON_FROM', column: expect.any(Number) }]);
  });

  test('any depth is refused where it begins', () => {
    expect(cells(`{"a":${'['.repeat(200_000)}`)).toEqual(['a', { code: 'NOT_A_LIST_OF_TEXTS' }]);
    expect(cells(`${'{"a":'.repeat(200_000)}`)).toEqual(['a', { code: 'IS_OBJECT' }]);
  });

  test('agrees with JSON.parse about what is flat', () => {
    const name = fc.string({ unit: 'grapheme' }).filter((text) => text !== '__proto__');
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean());
    fc.assert(
      fc.property(fc.dictionary(name, value), (object) => {
        const texts = Object.entries(object).map(([key, one]) => [key, String(one)]);
        expect(cells(JSON.stringify(object))).toEqual(Object.fromEntries(texts));
      }),
    );
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\u1ea truefalsn0.-') }), (text) => {
        const read = readFlatJson(text);
        if (read.ok) expect(() => JSON.parse(text)).not.toThrow();
      }),
    );
  });
});
