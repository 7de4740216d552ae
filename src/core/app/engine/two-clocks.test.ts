import { describe, expect, test } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import { memoryStore } from '../../../adapters/memory/memory-store.ts';
import { sharedClock } from '../../ports/shared-clock.ts';
import { MINUTE_MS } from '../../time/units.ts';
import { operation, type SagaDeps } from '../deps.ts';
import { LEASE_MS } from '../due/lease.ts';
import { placeOrder } from '../orders/place-order.ts';
import { readWork } from '../worker/read-work.ts';
import { drain } from './drain.ts';

/** The same database seen by a process whose wall clock shows another time; the world's is the database's. */
const beside = (world: SagaWorld, owner: string, wrongMs: number): SagaDeps => {
  const own = { ...world.clock, now: () => world.clock.now() + wrongMs };
  const store = { ...world.deps.store, clockAhead: () => world.clock.now() - own.now() };
  return {
    ...world.deps,
    store,
    clock: sharedClock(own, store),
    processes: world.processes.as(owner),
    ne: world.ne.client(),
    tm: world.tm.client(),
  };
};

const drained = (world: SagaWorld, deps: SagaDeps) =>
  world.awaiting(
    drain(deps, {
      concurrency: 4,
      drain: true,
      waitMs: LEASE_MS / 2,
      signal: new AbortController().signal,
      closedLanes: async () => new Map(),
      places: { local: 4, ne: 4, tm: 4 },
    }),
  );

describe.each([10 * MINUTE_MS, -10 * MINUTE_MS])('a process whose clock is off by %i ms', (wrongMs) => {
  test('takes no order that another process holds', async () => {
    const world = await sagaWorld();
    const orderId = await world.place();
    const claim = await world.claim(orderId);
    await world.clock.advance(1_000);
    const other = beside(world, 'other/2/0', wrongMs);
    await drained(world, other);
    expect(await world.deps.store.read((tx) => tx.work.holds(claim))).toBe(true);
    expect(await world.types(orderId)).toEqual(['OrderPlaced']);
  });

  test('brings orders to where people come next, with times of the database', async () => {
    const world = await sagaWorld();
    const orderId = await world.place();
    const from = world.clock.now();
    await drained(world, beside(world, 'other/2/0', wrongMs));
    expect((await world.order(orderId)).stage).toBe('dispatched');
    for (const { at } of await world.events(orderId)) {
      expect(Date.parse(at)).toBeGreaterThanOrEqual(from);
      expect(Date.parse(at)).toBeLessThanOrEqual(world.clock.now());
    }
    expect(await world.broken()).toEqual([]);
  });

  test('counts as due and leased what is so by the clock of the database', async () => {
    const world = await sagaWorld();
    const orderId = await world.place();
    const other = beside(world, 'other/2/0', wrongMs);
    const counts = () => other.store.read((tx) => tx.work.counts(other.clock.now()));
    expect(await counts()).toMatchObject({ due: { local: 1 }, later: { local: 0 }, leased: 0 });
    await world.claim(orderId);
    expect(await counts()).toMatchObject({ leased: 1 });
    expect((await readWork(other)).leased).toBe(1);
  });
});

test('what a face gives to use cases goes by the clock of the database', async () => {
  const world = await sagaWorld();
  const store = memoryStore({ clockAhead: () => 7_000 });
  const { clock, ids, processes, policy } = world.deps;
  const deps = operation({ store, clock, ids, processes, policy }).as('cs:kim');
  const { events } = await placeOrder(
    deps,
    {
      name: '정하은',
      phone: '010-5577-8157',
      address: '황새울로 117',
      area: '분당구',
      lines: { internet: 1, tv: 0 },
      channel: 'desk',
      priority: 'normal',
      wishes: {},
    },
    {},
  );
  expect(events.map(({ at }) => Date.parse(at))).toEqual([world.clock.now() + 7_000]);
});
