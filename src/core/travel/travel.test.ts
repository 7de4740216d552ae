import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../rules/policy.ts';
import { greatCircleMetres } from './great-circle.ts';
import { constantTravel, travelOf } from './travel.ts';
import { type AreaPlace, type Leg, NO_TRAVEL_DATA } from './travel-data.ts';

const importedAt = '2026-11-23T00:00:00.000Z';
const places = (...rows: readonly (readonly [string, number, number, string?])[]) => ({
  version: 'p1',
  importedAt,
  rows: rows.map(([area, lat, lon, group]): AreaPlace => ({ area, lat, lon, group: group ?? null })),
});
const matrix = (...rows: readonly (readonly [string, string, number])[]) => ({
  version: 'm1',
  importedAt,
  rows: rows.map(([from, to, minutes]): Leg => ({ from, to, minutes })),
});

const KOREA = places(
  ['강남구', 37.4956, 127.0636],
  ['송파구', 37.5021, 127.1178],
  ['성남시 분당구', 37.3768, 127.109],
  ['분당구', 37.3768, 127.109],
  ['해운대구', 35.1905, 129.1565],
  ['서울특별시 강서구', 37.5582, 126.8271],
  ['부산광역시 강서구', 35.1335, 128.895],
  ['제주시', 33.438, 126.5334, '제주'],
  ['서귀포시', 33.321, 126.5835, '제주'],
);
const travel = travelOf({ places: KOREA, matrix: null }, DEFAULT_POLICY);

describe('great circle', () => {
  it.each([
    ['one degree of latitude', { lat: 37, lon: 127 }, { lat: 38, lon: 127 }, 111_195],
    ['a place and itself', { lat: 37.5, lon: 127.1 }, { lat: 37.5, lon: 127.1 }, 0],
    ['Seoul and Busan', { lat: 37.5665, lon: 126.978 }, { lat: 35.1796, lon: 129.0756 }, 325_110],
    ['a quarter of the equator', { lat: 0, lon: 0 }, { lat: 0, lon: 90 }, 10_007_557],
    ['the poles', { lat: 90, lon: 0 }, { lat: -90, lon: 0 }, 20_015_115],
    ['across the date line', { lat: 0, lon: 179.5 }, { lat: 0, lon: -179.5 }, 111_195],
  ])('%s', (_name, a, b, metres) => {
    expect(Math.abs(greatCircleMetres(a, b) - metres)).toBeLessThanOrEqual(20);
  });

  it('is what the functions of the platform say, and the same both ways', () => {
    const place = fc.record({
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(place, place, (a, b) => {
        const rad = Math.PI / 180;
        const h =
          Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
          Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
        const metres = 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(h)));
        expect(Math.abs(greatCircleMetres(a, b) - metres)).toBeLessThanOrEqual(2);
        expect(greatCircleMetres(b, a)).toBe(greatCircleMetres(a, b));
      }),
      { seed: 56, numRuns: 500 },
    );
  });
});

describe('the way between two areas', () => {
  it('is the constant where nothing was imported', () => {
    const none = travelOf(NO_TRAVEL_DATA, DEFAULT_POLICY);
    expect(none.version).toBeNull();
    expect(none.minutes('강남구', '해운대구')).toBe(20);
    expect(constantTravel(DEFAULT_POLICY).minutes(null, '강남구')).toBe(20);
  });

  it('is the straight line with its detour at 40 km/h and ten minutes, rounded up', () => {
    // 4.84 km as the crow flies: 6.29 km of road, 9.4 minutes.
    expect(travel.minutes('강남구', '송파구')).toBe(20);
    expect(travel.metres('강남구', '송파구')).toBe(6_287);
    // 317 km: no technician drives that in the 30 minutes between two visits.
    expect(travel.minutes('해운대구', '강남구')).toBe(630);
  });

  it('is the constant inside one area, by whatever name, and to an area that nobody knows', () => {
    expect(travel.minutes('강남구', '강남구')).toBe(20);
    expect(travel.minutes('분당구', '성남시 분당구')).toBe(20);
    expect(travel.minutes('강남구', '달나라')).toBe(20);
    expect(travel.minutes(null, '강남구')).toBe(20);
  });

  it('knows a district by its city, however that is written, and never guesses it', () => {
    expect(travel.minutes('부산 강서구', '강남구')).toBe(travel.minutes('부산광역시 강서구', '강남구'));
    expect(travel.minutes('서울 강서구', '강남구')).toBeLessThan(60);
    expect(travel.minutes('강서구', '강남구')).toBeNull();
    expect(travel.find('강서구')).toEqual({
      kind: 'several',
      candidates: ['부산광역시 강서구', '서울특별시 강서구'],
    });
    expect(travel.isSame('분당구', '성남시 분당구')).toBe(true);
    expect(travel.isSame('부산 강서구', '부산광역시 강서구')).toBe(true);
    expect(travel.isSame('강남구', '송파구')).toBe(false);
  });

  it('leads from one group to another only by a row of the matrix', () => {
    expect(travel.minutes('제주시', '강남구')).toBeNull();
    expect(travel.minutes('제주시', '서귀포시')).toBeGreaterThan(20);
    const both = travelOf({ places: KOREA, matrix: matrix(['강남구', '제주시', 180]) }, DEFAULT_POLICY);
    expect(both.minutes('강남구', '제주시')).toBe(180);
    expect(both.minutes('제주시', '강남구')).toBe(180);
    expect(both.minutes('제주시', '송파구')).toBeNull();
  });

  it('is what the matrix says, each direction by itself', () => {
    const told = travelOf(
      {
        places: KOREA,
        matrix: matrix(['강남구', '송파구', 55], ['송파구', '강남구', 25], ['강남구', '강남구', 5]),
      },
      DEFAULT_POLICY,
    );
    expect(told.minutes('강남구', '송파구')).toBe(55);
    expect(told.minutes('송파구', '강남구')).toBe(25);
    expect(told.minutes('강남구', '강남구')).toBe(5);
    expect(told.minutes('강남구', '분당구')).toBe(travel.minutes('강남구', '분당구'));
    expect(told.version).toBe('p1+m1');
  });
});
