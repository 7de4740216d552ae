import { expect, test } from 'vitest';
import { csvQuoted } from './csv-quoted.ts';

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['a;b', 'a;b'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['two\rlines', '"two\rlines"'],
  [' padded', '" padded"'],
  ['', ''],
])('%j is written %j', (text, cell) => {
  expect(csvQuoted(text)).toBe(cell);
});

test('other delimiters are quoted when a reader may take them for one', () => {
  expect(csvQuoted('a;b', [',', ';'])).toBe('"a;b"');
});
