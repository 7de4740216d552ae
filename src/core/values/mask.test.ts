import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskAddress, maskName, maskPhone } from './mask.ts';

const options = { seed: 20_261_130, numRuns: 500 };

describe('maskName', () => {
  it.each([
    ['홍길동', '홍*동'],
    ['홍길동'.normalize('NFD'), '홍*동'],
    ['홍 길 동', '홍*동'],
    ['김솔', '김*'],
    ['이 솔', '이*'],
    ['이, 솔', '이*'],
    ['남궁민수', '남**수'],
    ['남궁민수진', '남***진'],
    ['독고 영재', '독**재'],
    ['김', '*'],
    ['金 大 中', '金*中'],
    ['John Smith', 'J*** S***'],
    ['Smith,John', 'S*** J***'],
    ['J. Li', '*** L***'],
    ['김 Anna', '*** A***'],
    ['010-1234-5678', '***'],
    ['', ''],
  ])('%s -> %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it('leaves no word of two letters or more, and no digit', () => {
    const word = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'김이박솔길동민수진'), minLength: 1, maxLength: 5 }),
      fc.string({ unit: fc.constantFrom(...'JohnSmithéØ'), minLength: 1, maxLength: 8 }),
      fc.nat(99_999_999).map(String),
    );
    const name = fc
      .array(fc.tuple(word, fc.constantFrom(' ', ', ', '  ', '\t')), { minLength: 1, maxLength: 4 })
      .map((parts) =>
        parts
          .map(([text, gap]) => text + gap)
          .join('')
          .trim(),
      );
    fc.assert(
      fc.property(name, (text) => {
        const masked = maskName(text);
        expect(masked).not.toMatch(/\d/);
        expect(masked).toContain('*');
        for (const part of text.split(/[\s,]+/)) if (part.length > 1) expect(masked).not.toContain(part);
      }),
      options,
    );
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

  it('leaves no digit between the prefix and the last four, however the number is written', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'123456789'), minLength: 3, maxLength: 4 });
    const gap = fc.constantFrom('-', ' ', '.', '');
    fc.assert(
      fc.property(fc.constantFrom('010', '02', '031'), digits, gap, (prefix, middle, between) => {
        const masked = maskPhone([prefix, middle, '0000'].join(between));
        expect(masked).toBe(`${prefix}-${'*'.repeat(middle.length)}-0000`);
      }),
      options,
    );
  });
});

describe('maskAddress', () => {
  it.each([
    ['경기도 성남시 분당구 황새울로 117', '경기도 성남시 ***'],
    ['서울특별시 강남구 테헤란로 152', '서울특별시 강남구 ***'],
    ['서울 강남구, 테헤란로 152', '서울 강남구 ***'],
    ['강남구 테헤란로 152', '강남구 ***'],
    ['테헤란로 152 101동 1203호', '***'],
    ['101동 1203호, 테헤란로 152', '***'],
    ['101동 1203호 서울특별시 강남구', '***'],
    ['12 Main Street, Seoul', '***'],
    ['서울특별시', '***'],
    ['', '***'],
  ])('%s -> %s', (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });

  it('leaves no digit and no street, wherever they stand', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '서울특별시',
        '강남구',
        '경기도',
        '성남시',
        '테헤란로',
        '황새울로',
        '무지개아파트',
        'Main',
        'Street',
      ),
      fc.nat(9_999).map(String),
      fc.nat(9_999).map((n) => `${n}동`),
      fc.nat(9_999).map((n) => `${n}호`),
      fc.nat(99).map((n) => `테헤란로${n}길`),
    );
    const address = fc
      .array(fc.tuple(part, fc.constantFrom(' ', ', ', ' (', ') ')), { minLength: 1, maxLength: 8 })
      .map((parts) => parts.map(([text, gap]) => text + gap).join(''));
    fc.assert(
      fc.property(address, (text) => {
        const masked = maskAddress(text);
        expect(masked).not.toMatch(/[\d호]|로|길|아파트|Main|Street/);
        expect(masked.endsWith('***')).toBe(true);
      }),
      options,
    );
  });
});
