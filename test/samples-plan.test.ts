import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readAreaFile } from '../src/adapters/csv/area-file.ts';
import { readCsv } from '../src/adapters/csv/read-csv.ts';
import { readTechnicianFile } from '../src/adapters/csv/technician-file.ts';
import { areaOfOrder } from '../src/core/app/orders/area-of-order.ts';
import { indexed } from '../src/core/assign/candidates.ts';
import { dayRoad } from '../src/core/assign/day-road.ts';
import { planVisits } from '../src/core/assign/plan.ts';
import { roadDay } from '../src/core/assign/rules.ts';
import type { AssignWorld, VisitRequest } from '../src/core/assign/types.ts';
import { DEFAULT_POLICY } from '../src/core/rules/policy.ts';
import { spanOf } from '../src/core/scheduling/slots.ts';
import { ms } from '../src/core/time/iso.ts';
import { toLocal } from '../src/core/time/zone.ts';
import { travelOf } from '../src/core/travel/travel.ts';

const sample = (name: string): string => fileURLToPath(new URL(`../data/samples/${name}`, import.meta.url));

const worldOf = async (technicianFile: string): Promise<AssignWorld> => {
  const { technicians } = await readTechnicianFile(sample(technicianFile), { never: [] });
  const { file } = await readAreaFile(sample('areas.csv'), { never: [] });
  if (file.kind !== 'places') throw new Error('the sample has places');
  const places = { version: 'sample', importedAt: '2026-11-22T00:00:00.000Z', rows: file.rows };
  const travel = travelOf({ places, matrix: null }, DEFAULT_POLICY);
  return { technicians, occupied: [], travel, policy: DEFAULT_POLICY, now: ms('2026-11-23T08:00:00+09:00') };
};

const ordersOf = async ({ technicians }: AssignWorld): Promise<readonly VisitRequest[]> => {
  const served = [...new Set(technicians.flatMap(({ areas }) => areas))].sort();
  const requests: VisitRequest[] = [];
  for await (const { record } of readCsv(sample('orders.csv'), { onError: () => {} })) {
    const found = areaOfOrder(
      { address: record.address ?? '', given: record.area },
      { served, imported: [] },
    );
    requests.push({
      orderId: `ORD-${String(requests.length + 1).padStart(6, '0')}`,
      lines: { internet: Number(record.internet), tv: Number(record.tv) },
      area: found.kind === 'found' ? found.area : null,
      wishes: {},
      offered: null,
    });
  }
  return requests;
};

describe('the plan of the sample orders', () => {
  test.each(['technicians.csv', 'technicians-base.csv'])('with %s, every way can be driven', async (file) => {
    const world = await worldOf(file);
    const requests = await ordersOf(world);
    expect(requests).toHaveLength(500);
    const { placed } = planVisits(requests, world, { effort: 'quick' });
    expect(placed.length).toBeGreaterThan(200);
    const areas = new Map(requests.map(({ orderId, area }) => [orderId, area]));
    const days = new Map<string, typeof placed>();
    for (const visit of placed) {
      const { date } = toLocal(ms(visit.slot.start), world.policy.tz);
      const key = `${visit.technicianId} ${date}`;
      days.set(key, [...(days.get(key) ?? []), visit]);
    }
    const ready = indexed(world);
    let legs = 0;
    for (const [key, visits] of days) {
      const [id, date = ''] = key.split(' ');
      const technician = world.technicians.find(({ technicianId }) => technicianId === id);
      if (technician === undefined) throw new Error('an unknown technician');
      const stops = visits.map(({ orderId, slot }) => ({
        ...spanOf(slot),
        orderId,
        area: areas.get(orderId) ?? null,
      }));
      const road = dayRoad(stops, roadDay(technician, ready.days.working(technician, date), ready));
      expect(road.legs.filter(({ isDrivable }) => !isDrivable)).toEqual([]);
      legs += road.legs.length;
    }
    expect(legs).toBeGreaterThan(100);
  });
});
