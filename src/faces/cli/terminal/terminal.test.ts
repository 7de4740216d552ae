import { describe, expect, it } from 'vitest';
import { langOf, widthOf } from './terminal.ts';

describe('langOf', () => {
  it.each([
    [{ LANG: 'ko_KR.UTF-8' }, 'ko'],
    [{ LANG: 'ko' }, 'ko'],
    [{ LANG: 'C' }, 'en'],
    [{}, 'en'],
    [{ LC_ALL: 'en_US', LANG: 'ko_KR' }, 'en'],
    [{ LC_MESSAGES: 'ko_KR', LANG: 'en_US' }, 'ko'],
    [{ LANG: 'kok_IN' }, 'en'],
  ] as const)('%j is %s', (env, lang) => {
    expect(langOf(env)).toBe(lang);
  });
});

describe('widthOf', () => {
  it.each([
    [80, {}, 80],
    [0, {}, 120],
    [5, {}, 20],
    [80, { COLUMNS: '40' }, 40],
    [80, { COLUMNS: 'wide' }, 80],
  ])('%i columns with %j: %i', (columns, env, width) => {
    expect(widthOf({ columns }, env)).toBe(width);
  });
});
