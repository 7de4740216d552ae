import { describe, expect, it } from 'vitest';
import { maskAddress, maskName, maskPhone } from './mask.ts';

describe('maskName', () => {
  it.each([
    ['홍길동', '홍*동'],
    ['홍길동'.normalize('NFD'), '홍*동'],
    ['김솔', '김*'],
    ['남궁민수', '남**수'],
    ['김', '*'],
    ['John Smith', 'J*** S***'],
    ['', ''],
  ])('%s -> %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
});

describe('maskPhone', () => {
  it.each([
    ['010-1234-5678', '010-****-5678'],
    ['01012345678', '010-****-5678'],
    ['02-123-4567', '02-***-4567'],
    ['031-123-4567', '031-***-4567'],
    ['1588-1234', '****'],
    ['', '****'],
  ])('%s -> %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });
});

describe('maskAddress', () => {
  it.each([
    ['경기도 성남시 분당구 황새울로 117', '경기도 성남시 ***'],
    ['서울특별시', '***'],
  ])('%s -> %s', (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });
});
