import fc from 'fast-check';
import type { AssignWorld, VisitRequest } from '../../src/core/assign/types.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/rules/policy.ts';
import { slotOf, visitMinutes } from '../../src/core/scheduling/slots.ts';
import type { Occupied, Skill, Technician } from '../../src/core/technicians/technician.ts';
import { ms } from '../../src/core/time/iso.ts';
import { addDays, fromLocal } from '../../src/core/time/zone.ts';
import { constantTravel, travelOf } from '../../src/core/travel/travel.ts';
import type { TravelData } from '../../src/core/travel/travel-data.ts';

/** Monday 23 November 2026, 08:00 in Seoul. */
export const MONDAY = ms('2026-11-23T08:00:00+09:00');

export const seoul = (local: string): string => new Date(`${local.replace(' ', 'T')}:00+09:00`).toISOString();

const DAY = { from: 9 * 60, to: 18 * 60 };

export const technician = (technicianId: string, changes: Partial<Technician> = {}): Technician => ({
  technicianId,
  name: '이준호',
  phone: '010-0000-0000',
  skills: ['internet', 'tv'],
  areas: ['강남구'],
  hours: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY },
  daysOff: [],
  dailyLimit: 5,
  active: true,
  ...changes,
});

export const busy = (
  technicianId: string,
  from: string,
  to: string,
  changes: Partial<Occupied> = {},
): Occupied => ({
  orderId: `ORD-${from}`,
  technicianId,
  slot: { start: seoul(from), end: seoul(to) },
  kind: 'agreed',
  area: '강남구',
  ...changes,
});

export const request = (changes: Partial<VisitRequest> = {}): VisitRequest => ({
  orderId: 'ORD-000042',
  lines: { internet: 1, tv: 0 },
  area: '강남구',
  wishes: {},
  offered: null,
  ...changes,
});

export const world = (changes: Partial<AssignWorld> = {}): AssignWorld => ({
  technicians: [technician('T-01'), technician('T-02')],
  occupied: [],
  travel: constantTravel(DEFAULT_POLICY),
  policy: DEFAULT_POLICY,
  now: MONDAY,
  ...changes,
});

const AREAS = ['강남구', '마포구', '송파구'] as const;
const SKILLS: readonly (readonly Skill[])[] = [['internet'], ['tv'], ['internet', 'tv']];
const FIRST = '2026-11-23';

/** Nothing imported, places, a matrix that is no metric, or both; some of them do not know every area. */
const ways = fc
  .record({
    places: fc.option(fc.subarray([...AREAS], { minLength: 1 })),
    legs: fc.option(fc.array(fc.integer({ min: 0, max: 180 }), { minLength: 6, maxLength: 6 })),
    island: fc.boolean(),
  })
  .map(({ places, legs, island }): TravelData => {
    const importedAt = '2026-11-22T00:00:00.000Z';
    const rows = (places ?? []).map((area, i) => ({
      area,
      lat: 37.4 + i / 10,
      lon: 126.9 + i / 5,
      group: island && i === 2 ? 'island' : null,
    }));
    const pairs = AREAS.flatMap((from) => AREAS.filter((to) => to !== from).map((to) => ({ from, to })));
    return {
      places: places === null ? null : { version: 'p', importedAt, rows },
      matrix:
        legs === null
          ? null
          : { version: 'm', importedAt, rows: pairs.map((pair, i) => ({ ...pair, minutes: legs[i] ?? 0 })) },
    };
  });

const technicians = fc
  .array(
    fc.record({
      skills: fc.constantFrom(...SKILLS),
      areas: fc.subarray([...AREAS], { minLength: 1 }),
      from: fc.integer({ min: 7, max: 11 }),
      to: fc.integer({ min: 13, max: 24 }),
      off: fc.array(fc.nat(5), { maxLength: 2 }),
      dailyLimit: fc.integer({ min: 0, max: 4 }),
      active: fc.boolean(),
      base: fc.constantFrom(null, ...AREAS),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((rows) =>
    rows.map(({ skills, areas, from, to, off, dailyLimit, active, base }, i): Technician => {
      const span = { from: from * 60, to: to * 60 };
      return technician(`T-${i}`, {
        skills,
        areas,
        base,
        dailyLimit,
        // Most of them work here.
        active: active || i > 0,
        daysOff: off.map((n) => addDays(FIRST, n)),
        hours: { 1: span, 2: span, 3: span, 4: span, 6: span },
      });
    }),
  );

export const requests = (maxLength: number) =>
  fc
    .array(
      fc.record({
        internet: fc.integer({ min: 0, max: 2 }),
        tv: fc.integer({ min: 0, max: 2 }),
        area: fc.constantFrom(...AREAS, null),
        prefer: fc.constantFrom('am', 'pm', 'evening', null),
        notBefore: fc.constantFrom(null, addDays(FIRST, 1), addDays(FIRST, 3)),
        offered: fc.option(
          fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 14, max: 40 })), { maxLength: 30 }),
        ),
      }),
      { minLength: 1, maxLength },
    )
    .map((rows) =>
      rows.map(({ internet, tv, area, prefer, notBefore, offered }, i): VisitRequest => {
        const wishes = {
          ...(prefer === null ? {} : { prefer }),
          ...(notBefore === null ? {} : { notBefore }),
        };
        return {
          orderId: `ORD-${String(i + 1).padStart(6, '0')}`,
          lines: { internet: internet + tv === 0 ? 1 : internet, tv },
          area,
          wishes,
          offered: offered === null ? null : offered.map(([day, half]) => halfHours(day, half)),
        };
      }),
    );

const halfHours = (day: number, half: number) => {
  const start = fromLocal(addDays(FIRST, day), half * 30, DEFAULT_POLICY.tz).at;
  return slotOf({ start, end: start + 60 * 60_000 });
};

/** A small world of five days, with visits that stand already (perhaps ones that broke a rule: facts may). */
export const worlds = fc
  .record({
    technicians,
    visits: fc.array(fc.tuple(fc.nat(4), fc.nat(5), fc.integer({ min: 14, max: 40 })), { maxLength: 12 }),
    travelMinutes: fc.constantFrom(0, 20, 45),
    hour: fc.integer({ min: 0, max: 30 }),
    ways,
  })
  .map(({ technicians: people, visits, travelMinutes, hour, ways: data }): AssignWorld => {
    const policy: Policy = {
      ...DEFAULT_POLICY,
      schedule: { ...DEFAULT_POLICY.schedule, searchDays: 5 },
      visits: { ...DEFAULT_POLICY.visits, travelMinutes },
    };
    return {
      technicians: people,
      travel: travelOf(data, policy),
      policy,
      now: MONDAY + hour * 3_600_000,
      occupied: visits.map(([who, day, half], i): Occupied => {
        const start = fromLocal(addDays(FIRST, day), half * 30, policy.tz).at;
        const end = start + visitMinutes({ internet: 1, tv: 0 }, policy) * 60_000;
        return {
          orderId: `ORD-9${String(i).padStart(5, '0')}`,
          technicianId: `T-${who}`,
          slot: slotOf({ start, end }),
          kind: i % 2 === 0 ? 'held' : 'agreed',
          area: AREAS[i % AREAS.length] ?? null,
        };
      }),
    };
  });
