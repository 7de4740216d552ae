import { describe, expect, test } from 'vitest';
import { CAUSES, type Cause, type CauseCode, isCause } from '../core/codes/cause.ts';
import { inWords } from './coded.ts';
import { causes as english } from './en/causes.ts';
import { causes as korean } from './ko/causes.ts';

const CODES = Object.keys(CAUSES) as CauseCode[];

/** What only repeats another's words, in every language alike. */
const NO_WORDS: readonly CauseCode[] = ['AS_WRITTEN', 'HTTP_STATUS', 'REFUSED', 'HELD'];

const VALUES = {
  text: 'VALUE',
  number: 4711,
  cause: { code: 'BODY_EMPTY' },
  'cause?': { code: 'BODY_EMPTY' },
};

const sample = (code: CauseCode): Cause => {
  const kinds = Object.entries(CAUSES[code]).map(([name, kind]) => [
    name,
    VALUES[kind as keyof typeof VALUES],
  ]);
  const cause: unknown = { code, ...Object.fromEntries(kinds) };
  if (!isCause(cause)) throw new Error(`${code} has a value of another kind`);
  return cause;
};

describe.each([
  ['English', english],
  ['Korean', korean],
] as const)('a cause in %s', (_language, words) => {
  test.each(CODES)('%s is told with all its values', (code) => {
    const cause = sample(code);
    const told = inWords(words, cause);
    expect(told).not.toMatch(/undefined|\[object/);
    for (const [name, value] of Object.entries(cause)) {
      if (name === 'code') continue;
      expect(told).toContain(isCause(value) ? inWords(words, value) : String(value));
    }
  });
});

test.each(CODES.filter((code) => !NO_WORDS.includes(code)))('%s has words of its own in Korean', (code) => {
  expect(inWords(english, sample(code))).not.toMatch(/[가-힣]/);
  expect(inWords(korean, sample(code))).toMatch(/[가-힣]/);
});

test('what is left out of a cause leaves nothing behind', () => {
  expect(inWords(english, { code: 'BREAKER_OPEN', last: null })).toBe('breaker open');
  expect(inWords(english, { code: 'HTTP_STATUS', status: 503, told: '' })).toBe('HTTP 503');
  expect(inWords(english, { code: 'REFUSED', reason: 'LOCKED', told: '' })).toBe('LOCKED');
  expect(inWords(english, { code: 'BODY_TYPE', type: '' })).toBe('the body is of no type, not JSON');
});

test('a hold that oss names is told in words in Korean, one of a peer by its code', () => {
  expect(inWords(korean, { code: 'HELD', hold: 'NO_LOOKUP' })).toMatch(/[가-힣].*\(NO_LOOKUP\)$/);
  expect(inWords(korean, { code: 'HELD', hold: 'LOCKED' })).toBe('LOCKED');
});
