import { describe, expect, test } from 'vitest';
import { isSameAddress, parseAddress } from './address.ts';

test('an address is a line of 1 to 200 characters', () => {
  expect(parseAddress('  경기도  성남시 ')).toBe('경기도 성남시');
  expect(parseAddress('가'.repeat(201))).toBeNull();
  expect(parseAddress('a\nb')).toBeNull();
  expect(parseAddress('  ')).toBeNull();
});

describe('the same place', () => {
  test.each([
    ['서울 강남구 역삼로 12', '서울  강남구 역삼로 12', true],
    ['서울 강남구 역삼로 12, 101동 202호', '서울 강남구 역삼로 12 (101동 202호)', true],
    ['1 Main St', '1 MAIN ST', true],
    ['서울 강남구 역삼로 12', '서울 강남구 역삼로 13', false],
    ['서울 강남구 역삼로 1 2', '서울 강남구 역삼로 12', false],
  ])('%s, %s: %s', (one, other, same) => {
    expect(isSameAddress(one, other)).toBe(same);
  });
});
