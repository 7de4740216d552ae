import { describe, expect, test } from 'vitest';
import type { Envelope } from '../src/core/process/events.ts';
import { DEFAULT_POLICY } from '../src/core/rules/policy.ts';
import { brokenInvariants, type RunRecord } from './support/invariants.ts';
import { type SagaWorld, sagaWorld } from './support/saga-world.ts';

/** What a run left behind, to be tampered with. */
const recordOf = async (world: SagaWorld, id: string): Promise<RunRecord> => ({
  acknowledged: [id],
  events: new Map([[id, await world.events(id)]]),
  views: new Map([[id, await world.view(id)]]),
  work: new Map([[id, await world.row(id)]]),
  occupied: [],
  leased: 0,
  ne: world.ne.ledger(),
  tm: world.tm.ledger(),
  policy: { ...DEFAULT_POLICY, schedule: { ...DEFAULT_POLICY.schedule, auto: true } },
  now: world.clock.now(),
});

const over = async (how: 'complete' | 'cancel') => {
  const world = await sagaWorld();
  const id = await world.place();
  await world.settle(id);
  await world[how](id);
  await world.settle(id);
  return { id, record: await recordOf(world, id) };
};
const withEvents = (
  record: RunRecord,
  id: string,
  change: (events: readonly Envelope[]) => readonly Envelope[],
) => ({
  ...record,
  events: new Map([[id, change(record.events.get(id) ?? [])]]),
});

describe('the checker finds', () => {
  test('nothing after an honest run', async () => {
    for (const how of ['complete', 'cancel'] as const) {
      expect(brokenInvariants((await over(how)).record)).toEqual([]);
    }
  });

  test('an order that was lost, and one whose tail was', async () => {
    const { id, record } = await over('complete');
    expect(brokenInvariants({ ...record, acknowledged: [id, 'ORD-000002'] })).toEqual([
      'ORD-000002 was acknowledged and is not in the log',
    ]);
    expect(brokenInvariants(withEvents(record, id, (events) => events.slice(0, -1)))).not.toEqual([]);
  });

  test('a gap, a changed word and a swapped pair in the log', async () => {
    const { id, record } = await over('complete');
    const faults = (change: (events: readonly Envelope[]) => readonly Envelope[]) =>
      brokenInvariants(withEvents(record, id, change)).join('\n');
    expect(faults((events) => events.filter((_, i) => i !== events.length - 2))).toMatch(/stands where/);
    expect(faults((events) => events.map((one, i) => (i === 3 ? { ...one, actor: 'cs:lee' } : one)))).toMatch(
      /hash/,
    );
    expect(faults((events) => [...events.slice(0, -2), ...events.slice(-2).reverse()])).toMatch(
      /out of order/,
    );
  });

  test('an effect that happened twice', async () => {
    const { record } = await over('complete');
    const { ne, tm } = record;
    expect(
      brokenInvariants({ ...record, ne: { ...ne, effects: [...ne.effects, ...ne.effects] } }).join(),
    ).toMatch(/was created 2 times/);
    const calls = tm.calls.map((call) => ({ ...call, count: 2 }));
    expect(brokenInvariants({ ...record, tm: { ...tm, calls } })).toMatchObject([
      expect.stringMatching(/rang 2 times/),
    ]);
  });

  test('a service that lives after a cancel, and one that is missing after a completion', async () => {
    const gone = await over('cancel');
    const alive = gone.record.ne.services.map((service) => ({ ...service, state: 'active' }));
    expect(
      brokenInvariants({ ...gone.record, ne: { ...gone.record.ne, services: alive } }).join('\n'),
    ).toMatch(/is cancelled with .* live at the NE/);
    const done = await over('complete');
    const none = { ...done.record, ne: { ...done.record.ne, services: [] } };
    expect(brokenInvariants(none).join('\n')).toMatch(/is completed with nothing live/);
  });

  test('an appointment, a technician’s time and a lease that are left', async () => {
    const { id, record } = await over('cancel');
    const appointments = record.tm.appointments.map((one) => ({ ...one, status: 'confirmed' }));
    expect(brokenInvariants({ ...record, tm: { ...record.tm, appointments } }).join()).toMatch(
      /APT-000001 is confirmed/,
    );
    const slot = { start: '2026-11-26T01:00:00.000Z', end: '2026-11-26T02:00:00.000Z' };
    const occupied = [{ orderId: id, technicianId: 'T-01', slot, kind: 'held', area: null } as const];
    expect(brokenInvariants({ ...record, occupied }).join()).toMatch(/still takes the time of T-01/);
    expect(brokenInvariants({ ...record, leased: 1 })).toEqual(['1 leases are left']);
  });

  test('a view that is not what the log makes, and a work row that lies', async () => {
    const { id, record } = await over('complete');
    const [view] = record.views.values();
    const [row] = record.work.values();
    if (view === undefined || row === undefined) throw new Error('no record');
    expect(brokenInvariants({ ...record, views: new Map([[id, { ...view, visits: 9 }]]) })).toHaveLength(1);
    const due = { ...row, lanes: { ...row.lanes, ne: { ...row.lanes.ne, due: 0 } } };
    expect(brokenInvariants({ ...record, work: new Map([[id, due]]) }).join()).toMatch(
      /ne lane is due 0 and not needed/,
    );
  });
});
