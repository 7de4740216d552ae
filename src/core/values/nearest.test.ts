import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

describe('nearest', () => {
  const codes = ['NO_ACCESS', 'NO_FACILITY', 'WEATHER', 'OTHER'];
  it.each([
    ['NO_ACESS', 'NO_ACCESS'],
    ['WEAHTER', 'WEATHER'],
    ['NO_FACILTIY', 'NO_FACILITY'],
    ['OTHERS', 'OTHER'],
    ['BROKEN', null],
    ['', null],
    ['X'.repeat(5000), null],
  ])('%s -> %s', (word, expected) => {
    expect(nearest(word, codes)).toBe(expected);
  });
});
