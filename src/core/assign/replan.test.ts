import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  MONDAY,
  request as requestOf,
  requests,
  seoul,
  technician,
  world,
  worlds,
} from '../../../test/arbitraries/assign-world.ts';
import { slotOf } from '../scheduling/slots.ts';
import type { Occupied, Technician } from '../technicians/technician.ts';
import { iso, ms } from '../time/iso.ts';
import { DAY_MS, MINUTE_MS } from '../time/units.ts';
import { brokenRules } from './assign.ts';
import { askedOf } from './candidates.ts';
import { planVisits } from './plan.ts';
import { seated } from './seats.ts';
import { visitOf } from './stands.ts';
import type { AssignWorld, Stands, VisitRequest } from './types.ts';

/** In a random world most orders have no place at all: here they have, so that there is something to move. */
const able = (one: Technician): Technician => ({
  ...one,
  areas: ['강남구', '마포구', '송파구'],
  skills: ['internet', 'tv'],
  dailyLimit: one.dailyLimit + 6,
});
const easy = (one: VisitRequest): VisitRequest => ({
  ...one,
  area: one.area ?? '강남구',
  offered: null,
  wishes: one.wishes.prefer === undefined ? {} : { prefer: one.wishes.prefer },
});

/** So that the day has a gap before its first visit, too short for another one. */
const laterInTheDay = (one: Technician): Technician => ({
  ...one,
  hours: Object.fromEntries(
    Object.entries(one.hours).map(([day, span]) => [day, { ...span, from: span.from + 60 }]),
  ),
});

/** One day, for which all of them compete. */
const TUESDAY = { now: MONDAY + DAY_MS };
const oneDay = ({ policy }: AssignWorld): AssignWorld['policy'] => ({
  ...policy,
  schedule: { ...policy.schedule, searchDays: 1 },
});

/** Who has a time by a first plan, on Tuesday and without their wishes: every second one agreed, told up to three hours. */
const standing = (queue: readonly VisitRequest[], around: AssignWorld, windows: readonly number[]) => {
  const first = queue.filter((_, i) => i % 3 !== 2).map((one) => ({ ...one, wishes: {} }));
  const fresh = { ...around, occupied: [], technicians: around.technicians.map(laterInTheDay) };
  const { placed } = planVisits(first, fresh, { date: '2026-11-24', iterations: 0 });
  return queue.map((request, i): VisitRequest => {
    const visit = placed.find(({ orderId }) => orderId === request.orderId);
    if (visit === undefined) return request;
    const { slot, technicianId } = visit;
    const end = iso(ms(slot.start) + (windows[i % windows.length] ?? 0) * 30 * MINUTE_MS);
    const stands: Stands = { slot, technicianId, promised: i % 2 === 0 ? null : { start: slot.start, end } };
    return i % 2 === 0 ? { ...request, stands } : { ...request, stands, offered: null, wishes: {} };
  });
};

const occupiedOf = ({ orderId, area, stands }: VisitRequest): readonly Occupied[] =>
  stands === undefined
    ? []
    : [{ orderId, area, technicianId: stands.technicianId, slot: stands.slot, kind: 'held' }];

it('a new plan of random worlds breaks no promise and no hard rule, and nobody loses a place', () => {
  const moves = { held: 0, agreed: 0 };
  fc.assert(
    fc.property(
      worlds,
      requests(20),
      fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }),
      (any, queue, windows) => {
        const around = { ...any, ...TUESDAY, technicians: any.technicians.map(able), policy: oneDay(any) };
        const asked = standing(queue.map(easy), around, windows);
        const before = asked.flatMap(occupiedOf);
        const now = { ...around, occupied: before };
        const { placed, stays, unplaced } = planVisits(asked, now, { iterations: 256 });
        const after: readonly Occupied[] = [
          ...stays,
          ...placed.map(({ orderId, slot, technicianId }) => ({
            orderId,
            slot,
            technicianId,
            kind: 'held' as const,
            area: asked.find((one) => one.orderId === orderId)?.area ?? null,
          })),
        ];
        expect(after.length + unplaced.length).toBe(asked.length);
        for (const request of asked) {
          const own = after.find(({ orderId }) => orderId === request.orderId);
          const { stands } = request;
          if (stands === undefined) continue;
          if (own === undefined) throw new Error(`${request.orderId} has lost its place`);
          if (stands.promised === null) continue;
          expect(own.technicianId).toBe(stands.technicianId);
          expect(ms(own.slot.start)).toBeGreaterThanOrEqual(ms(stands.promised.start));
          expect(ms(own.slot.start)).toBeLessThanOrEqual(ms(stands.promised.end));
          expect(slotOf(visitOf(request, ms(own.slot.start), around.policy))).toEqual(own.slot);
        }
        for (const { orderId, slot, technicianId } of placed) {
          const request = asked.find((one) => one.orderId === orderId);
          const who = around.technicians.find((one) => one.technicianId === technicianId);
          if (request === undefined || who === undefined) throw new Error('nobody asked for that');
          if (request.stands !== undefined) moves[request.stands.promised === null ? 'held' : 'agreed'] += 1;
          expect(brokenRules(request, who, slot, { ...around, occupied: after })).toEqual([]);
        }
      },
    ),
    { seed: 45, numRuns: 150 },
  );
  expect(moves.held).toBeGreaterThan(50);
  expect(moves.agreed).toBeGreaterThan(5);
});

const at = (local: string) => ({ start: seoul(local), end: iso(ms(seoul(local)) + 60 * MINUTE_MS) });
const held = (orderId: string, local: string, changes: Partial<Stands> = {}): VisitRequest =>
  requestOf({ orderId, stands: { technicianId: 'T-01', slot: at(local), promised: null, ...changes } });

it('what stands well stays: nothing moves for nothing', () => {
  const asked = [held('ORD-000001', '2026-11-23 10:00'), held('ORD-000002', '2026-11-23 13:00')];
  const plan = planVisits(
    asked,
    world({ technicians: [technician('T-01')], occupied: asked.flatMap(occupiedOf) }),
  );
  expect([plan.placed, plan.stays.map(({ orderId }) => orderId)]).toEqual([[], ['ORD-000001', 'ORD-000002']]);
});

it('an agreed visit keeps its technician and its length, and makes room inside its window', () => {
  const only = technician('T-01', { hours: { 1: { from: 540, to: 720 } } });
  const promised = { start: seoul('2026-11-23 10:00'), end: seoul('2026-11-23 12:00') };
  const agreed = held('ORD-000001', '2026-11-23 10:00', { promised });
  const next = requestOf({ orderId: 'ORD-000002' });
  const options = { date: '2026-11-23' };
  const around = world({
    technicians: [only, technician('T-02', { hours: {} })],
    occupied: occupiedOf(agreed),
  });
  expect(planVisits([next], around, options).placed).toEqual([]);
  const { placed } = planVisits([agreed, next], around, options);
  expect(placed.map(({ orderId, slot }) => [orderId, slot])).toEqual([
    ['ORD-000001', at('2026-11-23 10:30')],
    ['ORD-000002', at('2026-11-23 09:00')],
  ]);
});

it('two may change places, which neither could alone; who cannot goes back, and so does who would be there', () => {
  const who = technician('T-01');
  const around = world({ technicians: [who] });
  const seat = (orderId: string, from: string, to: string) => {
    const asked = held(orderId, from);
    const [stood = null] = occupiedOf(asked);
    return {
      asked: askedOf(asked),
      technician: who,
      visit: visitOf(asked, ms(at(to).start), around.policy),
      stood,
    };
  };
  const a = seat('ORD-000001', '2026-11-23 10:00', '2026-11-23 13:00');
  const b = seat('ORD-000002', '2026-11-23 13:00', '2026-11-23 10:00');
  expect(seated([a, b], around)).toEqual({ kept: [a, b], broken: new Map() });
  expect(seated([a], { ...around, occupied: occupiedOf(held('ORD-000002', '2026-11-23 13:00')) })).toEqual({
    kept: [],
    broken: new Map([['ORD-000001', ['BUSY']]]),
  });
  const early = { ...b, visit: visitOf(b.asked.request, ms(at('2026-11-23 07:00').start), around.policy) };
  expect(seated([a, early], around).broken).toEqual(
    new Map([
      ['ORD-000002', ['HOURS', 'PAST']],
      ['ORD-000001', ['BUSY']],
    ]),
  );
});
