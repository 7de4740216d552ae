import { describe, expect, test } from 'vitest';
import { areaNamed, areaOf } from './area.ts';

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
    ['대구광역시 중구 공평로 1', '대구광역시 중구'],
    ['12 Teheran-ro, gangnam-gu, Seoul', 'Gangnam-gu'],
    ['서울 강남구 테헤란로 1, 강남구 주민센터 옆', '강남구'],
    ['서울 강남구 테헤란로'.normalize('NFD'), '강남구'],
    ['서울\u00a0\u200b강남구\u200b 테헤란로\u202c', '강남구'],
  ])('%s lies in %s', (address, area) => {
    expect(areaOf(address, KNOWN)).toEqual({ kind: 'found', area });
  });

  test.each(['', '서울특별시 강남구청역 1', '신강남구 1', '제주시 첨단로 1'])('%j: none', (address) => {
    expect(areaOf(address, KNOWN)).toEqual({ kind: 'none' });
  });

  test('two places leave the choice to a person', () => {
    expect(areaOf('강남구 마포구 1', KNOWN)).toEqual({ kind: 'several', candidates: ['강남구', '마포구'] });
    const mixed = areaOf('부산 중구 수원시 영통구 1', KNOWN);
    expect(mixed).toEqual({ kind: 'several', candidates: ['부산광역시 중구', '수원시 영통구'] });
  });

  test('nothing known: none; an empty name is no area', () => {
    expect(areaOf('강남구', [])).toEqual({ kind: 'none' });
    expect(areaOf('강남구', ['', ' '])).toEqual({ kind: 'none' });
  });
});

describe('a district whose name several cities have', () => {
  const SEOUL = '서울특별시 강서구';
  const BUSAN = '부산광역시 강서구';
  const BOTH = [SEOUL, BUSAN, '강남구'];

  test.each([
    ['부산광역시 강서구 명지국제로 1', BUSAN],
    ['부산 강서구 명지국제로 1', BUSAN],
    ['부산시 강서구 명지국제로 1', BUSAN],
    ['서울 강서구 공항대로 1', SEOUL],
    ['대한민국 서울특별시  강서구,공항대로 1', SEOUL],
  ])('%s is %s', (address, area) => {
    expect(areaOf(address, BOTH)).toEqual({ kind: 'found', area });
    // Written otherwise it is the same one, under the name that is known.
    expect(areaOf(address, [area.replace(/(특별|광역)시/, '')])).toEqual({
      kind: 'found',
      area: area.replace(/(특별|광역)시/, ''),
    });
  });

  test('is asked for where the address names no city', () => {
    const asked = { kind: 'several', candidates: [BUSAN, SEOUL] };
    expect(areaOf('강서구 공항대로 1', BOTH)).toEqual(asked);
    expect(areaOf('강서구 공항대로 1', [SEOUL])).toEqual(asked);
    expect(areaOf('강서구 공항대로 1', ['강서구'])).toEqual(asked);
    expect(areaOf('강서구 공항대로 1', ['강남구'])).toEqual({ kind: 'none' });
  });

  test('never is that of another city, whatever is known', () => {
    for (const known of [[SEOUL], ['서울 강서구'], ['강서구']]) {
      expect(areaOf('부산광역시 강서구 명지국제로 1', known)).toEqual({ kind: 'found', area: BUSAN });
    }
  });

  test('of two words in an address the nearest city counts, and a city of the same name is none', () => {
    expect(areaOf('서울 친구네, 부산 강서구 1', BOTH)).toEqual({ kind: 'found', area: BUSAN });
    expect(areaOf('광주시 북구 첨단로 1', ['광주광역시 북구'])).toEqual({
      kind: 'found',
      area: '광주광역시 북구',
    });
    expect(areaOf('경기도 광주시 오포로 1', ['광주시', '광주광역시 북구'])).toEqual({
      kind: 'found',
      area: '광주시',
    });
    expect(areaOf('경상북도 포항시 남구 1', ['포항시 남구', '울산광역시 남구'])).toEqual({
      kind: 'found',
      area: '포항시 남구',
    });
  });

  test('that a person names is that of the address', () => {
    expect(areaNamed('강서구', '부산광역시 강서구 1', BOTH)).toEqual({ kind: 'found', area: BUSAN });
    expect(areaNamed('강서구', '부산광역시 강서구 1', ['강서구'])).toEqual({ kind: 'found', area: BUSAN });
    expect(areaNamed('서울 강서구', '공항대로 1', BOTH)).toEqual({ kind: 'found', area: SEOUL });
    expect(areaNamed('강서구', '공항대로 1', BOTH)).toEqual({ kind: 'several', candidates: [BUSAN, SEOUL] });
    expect(areaNamed('강남귀', '', BOTH)).toEqual({ kind: 'found', area: '강남귀' });
    expect(areaNamed('강남구', '', BOTH)).toEqual({ kind: 'found', area: '강남구' });
  });
});
