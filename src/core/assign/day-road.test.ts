import { expect, test } from 'vitest';
import { seoul } from '../../../test/arbitraries/assign-world.ts';
import { DEFAULT_POLICY } from '../rules/policy.ts';
import { ms } from '../time/iso.ts';
import { travelOf } from '../travel/travel.ts';
import { dayRoad } from './day-road.ts';

const places = {
  version: 'v1',
  importedAt: '2026-11-22T00:00:00.000Z',
  rows: [
    { area: '강남구', lat: 37.4956, lon: 127.0636, group: null },
    { area: '마포구', lat: 37.5556, lon: 126.9125, group: null },
    { area: '해운대구', lat: 35.1905, lon: 129.1565, group: null },
    { area: '제주시', lat: 33.438, lon: 126.5334, group: '제주' },
  ],
};
const travel = travelOf({ places, matrix: null }, DEFAULT_POLICY);
const at = (time: string): number => ms(seoul(`2026-11-24 ${time}`));
const stop = (orderId: string, area: string, from: string, to: string) => ({
  orderId,
  area,
  start: at(from),
  end: at(to),
});
const day = (base: string | null) => ({
  base,
  working: { start: at('09:00'), end: at('18:00') },
  travel,
  breakMinutes: 60,
});

test('the ways of a day begin and end at the base, and say which cannot be driven', () => {
  const stops = [stop('B', '강남구', '11:30', '12:30'), stop('A', '마포구', '09:30', '11:00')];
  const { legs, minutes, metres } = dayRoad(stops, day('강남구'));
  expect(legs.map(({ from, to, minutes: takes, isDrivable }) => [from, to, takes, isDrivable])).toEqual([
    [null, 'A', 40, false],
    ['A', 'B', 40, false],
    ['B', null, 20, true],
  ]);
  expect(minutes).toBe(100);
  expect(metres).toBe(2 * (travel.metres('마포구', '강남구') ?? 0));
  expect(legs[1]?.span).toEqual({ start: at('10:50'), end: at('11:30') });
});

test('without a base they lie between visits only, and to an island there is none', () => {
  const stops = [stop('A', '강남구', '09:00', '10:00'), stop('B', '제주시', '16:00', '17:00')];
  expect(dayRoad(stops, day(null)).legs).toEqual([
    { from: 'A', to: 'B', minutes: null, metres: expect.any(Number), span: null, isDrivable: false },
  ]);
  expect(dayRoad([], day('강남구'))).toEqual({ legs: [], minutes: 0, metres: 0 });
});
