import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hasRepeatedName } from './json-names.ts';

it.each([
  ['{"a":1,"a":2}', true],
  ['{"a":1,"\\u0061":2}', true],
  ['[{"b":{"a":{},"c":[1,{"x":1}],"a":1}}]', true],
  ['{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]}', false],
  ['{"a":"a","b":"a,\\"a\\":1"}', false],
  ['["a","a"]', false],
  ['"a"', false],
  ['{"":1,"":2}', true],
])('%s', (json, isRepeated) => expect(hasRepeatedName(json)).toBe(isRepeated));

it('finds none in what a program wrote', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => !hasRepeatedName(JSON.stringify(value))));
});
