import { describe, expect, it } from 'vitest';
import { initials } from '../../../core/values/initials.ts';
import { matches } from './search.ts';

it('knows the initial consonants', () => {
  expect(initials('홍길동')).toBe('ㅎㄱㄷ');
  expect(initials('까치 T-01')).toBe('ㄲㅊ T-01');
  expect(initials('홍길동'.normalize('NFD'))).toBe('ㅎㄱㄷ');
});

describe('matches', () => {
  const order = ['ORD-000042  방문 확정', '홍길동', '010-1234-5678'];
  it.each([
    ['', true],
    ['42', true],
    ['홍길', true],
    ['ㅎㄱㄷ', true],
    ['ㄱㄷ', true],
    ['5678', true],
    ['1234-5678', true],
    ['01012345678', true],
    ['ord-000042', true],
    ['홍 5678', true],
    ['김', false],
    ['ㄱㄱ', false],
    ['홍 9999', false],
  ])('%j: %s', (term, found) => {
    expect(matches(term, order)).toBe(found);
  });
});
