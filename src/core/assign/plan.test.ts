import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  busy,
  request,
  requests,
  technician,
  world,
  worlds,
} from '../../../test/arbitraries/assign-world.ts';
import { slotOf, visitAt } from '../scheduling/slots.ts';
import type { Occupied } from '../technicians/technician.ts';
import { ms } from '../time/iso.ts';
import { formatLocal } from '../time/zone.ts';
import { brokenRules, chooseVisit } from './assign.ts';
import { askedOf, indexed } from './candidates.ts';
import { planning, planVisits } from './plan.ts';
import { planProblem } from './plan-problem.ts';
import { search } from './search/search.ts';
import type { Urgency } from './types.ts';

describe('planVisits', () => {
  it('places the first request first and says why the rest could not be placed', () => {
    const small = world({ technicians: [technician('T-01', { dailyLimit: 1 })] });
    const plan = planVisits(
      [
        request({ orderId: 'ORD-000001' }),
        request({ orderId: 'ORD-000002' }),
        request({ orderId: 'ORD-000003', area: null }),
      ],
      small,
      { date: '2026-11-24' },
    );
    expect(
      plan.placed.map(({ orderId, technicianId, slot }) => [
        orderId,
        technicianId,
        formatLocal(ms(slot.start), 'Asia/Seoul'),
      ]),
    ).toEqual([['ORD-000001', 'T-01', '2026-11-24 09:00']]);
    expect(
      plan.unplaced.map(({ orderId, why, would }) => [orderId, why, would.map(({ what }) => what)]),
    ).toEqual([
      ['ORD-000002', ['DAILY_LIMIT:1'], ['LATER', 'DAILY_LIMIT']],
      ['ORD-000003', ['AREA_UNKNOWN'], []],
    ]);
  });

  it('does not give up an order because a different one could not be placed', () => {
    const later = request({ orderId: 'ORD-000001', wishes: { notBefore: '2026-11-30' } });
    const plan = planVisits([later, request({ orderId: 'ORD-000002' })], world(), { date: '2026-11-24' });
    expect(plan.placed.map(({ orderId }) => orderId)).toEqual(['ORD-000002']);
    expect(plan.unplaced).toMatchObject([
      { orderId: 'ORD-000001', why: ['NOT_BEFORE:2'], would: [{ what: 'NOT_BEFORE' }] },
    ]);
  });

  it('lets an order move within the time that it holds itself', () => {
    const full = world({
      technicians: [technician('T-01', { dailyLimit: 1 })],
      occupied: [busy('T-01', '2026-11-24 09:00', '2026-11-24 10:00', { orderId: 'ORD-000002' })],
    });
    const queue = [request({ orderId: 'ORD-000001' }), request({ orderId: 'ORD-000002' })];
    expect(planVisits(queue, full, { date: '2026-11-24' }).placed.map(({ orderId }) => orderId)).toEqual([
      'ORD-000002',
    ]);
  });

  it('counts the load of each area and day, before and after', () => {
    const occupied = [
      busy('T-01', '2026-11-24 09:00', '2026-11-24 10:00'),
      busy('T-01', '2026-11-25 09:00', '2026-11-25 10:00', { area: null }),
    ];
    expect(planVisits([request()], world({ occupied }), { date: '2026-11-24' }).load).toEqual([
      { area: '강남구', date: '2026-11-24', before: 1, planned: 1 },
      { area: null, date: '2026-11-25', before: 1, planned: 0 },
    ]);
  });

  it('keeps every hard rule over the whole plan, and leaves nobody out that still fits', () => {
    fc.assert(
      fc.property(worlds, requests(15), (around, queue) => {
        const plan = planVisits(queue, around);
        expect(plan.placed.length + plan.unplaced.length).toBe(queue.length);
        const placed = plan.placed.map(({ orderId, technicianId, slot }): Occupied => {
          const area = queue.find((one) => one.orderId === orderId)?.area ?? null;
          return { orderId, technicianId, slot, kind: 'held', area };
        });
        const after = { ...around, occupied: [...around.occupied, ...placed] };
        for (const { orderId, technicianId, slot } of plan.placed) {
          const asked = queue.find((one) => one.orderId === orderId);
          const who = around.technicians.find((one) => one.technicianId === technicianId);
          if (asked === undefined || who === undefined) throw new Error('an unknown order or technician');
          const broken = brokenRules(asked, who, slot, after);
          expect(broken.filter((rule) => rule !== 'DAILY_LIMIT')).toEqual([]);
        }
        for (const { technicianId, dailyLimit } of around.technicians) {
          const days = new Map<string, { all: number; planned: number }>();
          for (const one of after.occupied.filter((each) => each.technicianId === technicianId)) {
            const date = formatLocal(ms(one.slot.start), around.policy.tz).slice(0, 10);
            const day = days.get(date) ?? { all: 0, planned: 0 };
            days.set(date, { all: day.all + 1, planned: day.planned + (placed.includes(one) ? 1 : 0) });
          }
          // Visits that stood before may exceed the limit; the plan may not add to those days.
          for (const { all, planned } of days.values()) expect(planned === 0 || all <= dailyLimit).toBe(true);
        }
        for (const { orderId } of plan.unplaced) {
          const asked = queue.find((one) => one.orderId === orderId);
          expect(asked === undefined ? null : chooseVisit(asked, after).kind).toBe('none');
        }
      }),
      { seed: 41, numRuns: 200 },
    );
  });

  it('is the same again, whatever the order of technicians and of what stands', () => {
    fc.assert(
      fc.property(worlds, requests(12), (around, queue) => {
        const turned = {
          ...around,
          technicians: [...around.technicians].reverse(),
          occupied: [...around.occupied].reverse(),
        };
        expect(planVisits(queue, turned)).toEqual(planVisits(queue, around));
      }),
      { seed: 42, numRuns: 60 },
    );
  });

  it('finds by its search nothing that a hard rule takes away again', () => {
    fc.assert(
      fc.property(worlds, requests(12), (around, queue) => {
        const hasTime = new Set(around.occupied.map(({ orderId }) => orderId));
        const asked = queue.filter(({ orderId }) => !hasTime.has(orderId)).map(askedOf);
        const { problem, days } = planProblem(asked, {}, indexed(around));
        const { placed } = search(problem, { seed: 1, iterations: 200 });
        const visits = placed.map(({ task, shift, start }) => {
          const { request: one } = asked[task] ?? fail();
          const { technician: who, midnight } = days[shift] ?? fail();
          const slot = slotOf(visitAt(midnight + start * 60_000, one.lines, around.policy));
          return { one, who, slot };
        });
        const occupied = visits.map(({ one, who, slot }): Occupied => {
          const { orderId, area } = one;
          return { orderId, technicianId: who.technicianId, slot, kind: 'held', area };
        });
        const after = { ...around, occupied: [...around.occupied, ...occupied] };
        for (const { one, who, slot } of visits) expect(brokenRules(one, who, slot, after)).toEqual([]);
      }),
      { seed: 43, numRuns: 200 },
    );
  });

  it('searches no day on which nothing may be', () => {
    const later = askedOf(request({ orderId: 'ORD-000001', wishes: { notBefore: '2026-11-30' } }));
    const today = { date: '2026-11-24' };
    expect(planProblem([later], today, indexed(world())).problem.tasks.map(({ options }) => options)).toEqual(
      [[]],
    );
    const any = askedOf(request({ orderId: 'ORD-000001' }));
    const { tasks } = planProblem([any], today, indexed(world())).problem;
    expect(tasks[0]?.options).not.toEqual([]);
  });

  it('places the urgent, the late and those who have waited first', () => {
    const small = world({ technicians: [technician('T-01', { dailyLimit: 1 })] });
    const urgency = { priority: 'normal', isLate: false, waitedDays: 0 } as const;
    const placed = (...asked: readonly Partial<Urgency>[]) =>
      planVisits(
        asked.map((one, i) => request({ orderId: `ORD-00000${i}`, urgency: { ...urgency, ...one } })),
        small,
        { date: '2026-11-24' },
      ).placed.map(({ orderId }) => orderId);
    expect(placed({}, { priority: 'high' })).toEqual(['ORD-000001']);
    expect(placed({ priority: 'urgent' }, { isLate: true })).toEqual(['ORD-000001']);
    expect(placed({ waitedDays: 3 }, { waitedDays: 4 })).toEqual(['ORD-000001']);
    expect(placed({ waitedDays: 50 }, { priority: 'high' })).toEqual(['ORD-000001']);
  });

  it('ends when it is told to, and is made again by its iterations', () => {
    const queue = Array.from({ length: 30 }, (_, i) => request({ orderId: `ORD-${100_000 + i}` }));
    const steps = planning(queue, world(), {});
    let step = steps.next(false);
    while (step.done !== true) step = steps.next(step.value.iteration >= 256);
    expect(step.value.search).toEqual({ effort: 'normal', seed: 1, iterations: 256 });
    expect(planVisits(queue, world(), { iterations: 256 })).toEqual(step.value);
  });
});

const fail = (): never => {
  throw new Error('the search placed what nobody asked for');
};
