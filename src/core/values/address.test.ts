import { describe, expect, test } from 'vitest';
import { areaOf, isSameAddress, parseAddress } from './address.ts';

const KNOWN = ['강남구', '마포구', '중구', '영통구', '수원시 영통구', '부산광역시 중구', 'Gangnam-gu'];

describe('the area of an address', () => {
  test.each([
    ['서울특별시 강남구 테헤란로 1, 101동', '강남구'],
    ['강남구', '강남구'],
    ['서울 (강남구) 테헤란로 1', '강남구'],
    ['경기도 수원시 영통구 광교로 1', '수원시 영통구'],
    ['경기도 수원시  영통구,광교로 1', '수원시 영통구'],
    ['영통구 광교로 1', '영통구'],
    ['부산광역시 중구 중앙대로 1', '부산광역시 중구'],
    ['대구광역시 중구 공평로 1', '중구'],
    ['12 Teheran-ro, gangnam-gu, Seoul', 'Gangnam-gu'],
    ['서울 강남구 테헤란로 1, 강남구 주민센터 옆', '강남구'],
    ['서울 강남구 테헤란로'.normalize('NFD'), '강남구'],
  ])('%s lies in %s', (address, area) => {
    expect(areaOf(address, KNOWN)).toEqual({ kind: 'found', area });
  });

  test.each(['', '서울특별시 강남구청역 1', '신강남구 1', '제주시 첨단로 1'])('%j: none', (address) => {
    expect(areaOf(address, KNOWN)).toEqual({ kind: 'none' });
  });

  test('two places leave the choice to a person', () => {
    expect(areaOf('강남구 마포구 1', KNOWN)).toEqual({ kind: 'several', candidates: ['강남구', '마포구'] });
    const mixed = areaOf('수원시 영통구 중구 1', KNOWN);
    expect(mixed).toEqual({ kind: 'several', candidates: ['수원시 영통구', '중구'] });
  });

  test('nothing known: none; an empty name is no area', () => {
    expect(areaOf('강남구', [])).toEqual({ kind: 'none' });
    expect(areaOf('강남구', ['', ' '])).toEqual({ kind: 'none' });
  });
});

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
