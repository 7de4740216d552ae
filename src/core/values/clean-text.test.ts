import { describe, expect, test } from 'vitest';
import { cleanText } from './clean-text.ts';
import { parsePersonName } from './person-name.ts';

describe('a name', () => {
  test.each([
    ['홍길동', '홍길동'],
    ['  홍길동\t', '홍길동'],
    ['John   \u00a0Smith', 'John Smith'],
    ['홍길동'.normalize('NFD'), '홍길동'],
    ['=1+1', '=1+1'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['가'.repeat(100), '가'.repeat(100)],
    ['😀'.repeat(100), '😀'.repeat(100)],
  ])('%j is kept as %j', (text, name) => {
    expect(parsePersonName(text)).toBe(name);
  });

  test.each([
    '',
    ' ',
    '\u3000\u00a0',
    '\n',
    'a\nb',
    'a\u0000b',
    'a\u001b[31m',
    'a\u007f',
    'a\u0085b',
    'a\u2028b',
    '\ud800',
    '가'.repeat(101),
  ])('%j is none', (text) => {
    expect(parsePersonName(text)).toBeNull();
  });
});

test('a name of megabytes is none', () => {
  expect(parsePersonName('x'.repeat(1_000_000))).toBeNull();
});

test('a text of several lines keeps its lines, and nothing else of the controls', () => {
  expect(cleanText(' a\n\tb  c \n', 100, { lines: true })).toBe('a\n\tb  c');
  for (const bad of ['a\rb', 'a\u001bb', 'a\u0000b', 'a\u2029b', '']) {
    expect(cleanText(bad, 100, { lines: true })).toBeNull();
  }
});
