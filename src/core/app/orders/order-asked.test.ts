import { describe, expect, test } from 'vitest';
import { areaOfOrder } from './area-of-order.ts';
import { type OrderAsked, orderAsked } from './order-asked.ts';

const ASKED: OrderAsked = {
  name: ' 정하은 ',
  phone: '+82 10 5577 8157',
  address: '경기도  성남시 분당구 황새울로 117',
  internet: 1,
  priority: 'normal',
};

describe('an order as it is asked for', () => {
  test('keeps its contact data in one form, whichever face took them', () => {
    const { order, givenArea } = orderAsked(ASKED, {});
    expect(order).toMatchObject({
      name: '정하은',
      phone: '010-5577-8157',
      address: '경기도 성남시 분당구 황새울로 117',
      areaRead: true,
      lines: { internet: 1, tv: 0 },
    });
    expect(givenArea).toBeUndefined();
  });

  test.each([
    [{ name: 'a\u0000b' }, 'name'],
    [{ phone: '12' }, 'phone'],
    [{ address: ' ' }, 'address'],
  ])('refuses %o', (change, field) => {
    expect(() => orderAsked({ ...ASKED, ...change }, {})).toThrow(`BAD_CONTACT {"field":"${field}"}`);
  });

  test('takes over what is known, and its area only as long as it stays where it was', () => {
    const known = { name: '박서진', phone: '010-1111-2222', address: '역삼로 12', area: '강남구', tv: 2 };
    const like = { priority: 'normal' } as const;
    expect(orderAsked(like, known)).toMatchObject({
      order: { name: '박서진', address: '역삼로 12', areaRead: false, lines: { internet: 0, tv: 2 } },
      givenArea: '강남구',
    });
    expect(orderAsked({ ...like, address: '황새울로 117' }, known).givenArea).toBeUndefined();
  });
});

describe('the area of an order', () => {
  const known = ['강남구', '분당구'];
  const of = (address: string, given?: string, served = known, imported: readonly string[] = []) =>
    areaOfOrder({ address, given }, { served, imported });

  test('is the one that was given, even if nobody serves it', () => {
    expect(of('역삼로 12', '분당구')).toEqual({ kind: 'found', area: '분당구' });
    expect(of('역삼로 12', '분당')).toEqual({ kind: 'not-served', area: '분당', meant: '분당구' });
    expect(of('역삼로 12', '분당', [])).toEqual({ kind: 'found', area: '분당' });
  });

  test('else stands in the address, or a person says it', () => {
    expect(of('강남구 역삼로 12')).toEqual({ kind: 'found', area: '강남구' });
    expect(of('강남구 분당구')).toMatchObject({ kind: 'several' });
    expect(of('역삼로 12')).toEqual({ kind: 'none' });
    expect(of('강남구 역삼로 12', undefined, [])).toEqual({ kind: 'none-known' });
  });

  test('is called as those who serve it call it, else as it was imported', () => {
    const imported = ['서귀포시', '성남시 분당구', '분당구'];
    expect(of('성남시 분당구 황새울로 1', undefined, known, imported)).toEqual({
      kind: 'found',
      area: '분당구',
    });
    expect(of('서귀포시 중앙로 1', undefined, known, imported)).toEqual({
      kind: 'not-served',
      area: '서귀포시',
      meant: null,
    });
    expect(of('역삼로 12', undefined, known, imported)).toEqual({ kind: 'none' });
  });
});
