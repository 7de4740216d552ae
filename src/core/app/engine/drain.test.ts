import { describe, expect, test } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import type { Lane } from '../../rules/lanes.ts';
import { iso } from '../../time/iso.ts';
import { HOUR_MS } from '../../time/units.ts';
import type { SagaDeps } from '../deps.ts';
import { LEASE_MS } from '../due/lease.ts';
import { type DrainOptions, drain } from './drain.ts';
import type { Pace } from './pace.ts';

const PLACES = { local: 100, ne: 10, tm: 10 };
const options = (changes: Partial<DrainOptions> = {}): DrainOptions => ({
  concurrency: 8,
  drain: true,
  waitMs: 60_000,
  signal: new AbortController().signal,
  closedLanes: async () => new Map(),
  places: PLACES,
  ...changes,
});
const run = (world: SagaWorld, changes: Partial<DrainOptions> = {}, deps: SagaDeps = world.deps) =>
  world.awaiting(drain(deps, options(changes)));
/** The same operator seen by another process. */
const process = (world: SagaWorld, owner: string): SagaDeps => ({
  ...world.deps,
  processes: world.processes.as(owner),
  ne: world.ne.client(),
  tm: world.tm.client(),
});
const placeMany = async (world: SagaWorld, count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) ids.push(await world.place({ phone: `010-0000-${String(1000 + i)}` }));
  return ids;
};
const stages = async (world: SagaWorld, ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await world.order(id)).stage));

describe('a drain', () => {
  test('brings many orders to where people come next, and says that nothing is left', async () => {
    const world = await sagaWorld();
    const ids = await placeMany(world, 12);
    const result = await run(world);
    expect(result).toMatchObject({ waiting: 0, closed: new Map() });
    expect(result.done).toBeGreaterThanOrEqual(12);
    expect(new Set(await stages(world, ids)).has('activating')).toBe(false);
    for (const id of ids) expect((await world.order(id)).scheduling.visit).not.toBeNull();
    expect(await world.broken()).toEqual([]);
  });

  test('that may choose works on no more at once than its peers take, and says what it chose', async () => {
    const world = await sagaWorld({ ne: { latencyMs: () => 400 } });
    await placeMany(world, 30);
    const chosen: Pace[] = [];
    let most = 0;
    const onPace = (pace: Pace) => {
      chosen.push(pace);
      most = Math.max(most, world.ne.outstanding());
    };
    expect(await run(world, { concurrency: { least: 1, most: 6 }, onPace })).toMatchObject({ waiting: 0 });
    expect(chosen.some(({ why }) => why === 'growing')).toBe(true);
    expect(Math.max(...chosen.map(({ jobs }) => jobs))).toBeLessThanOrEqual(6);
    expect(most).toBeLessThanOrEqual(6);
    expect(await world.broken()).toEqual([]);
  });

  test('waits for retries, not for people or later days', async () => {
    const world = await sagaWorld({ tm: { answer: () => ({ outcome: 'NO_ANSWER' }) } });
    const id = await world.place();
    world.neFaults.add('create', { fault: 'not-sent' }, { times: 3 });
    const from = world.clock.now();
    const result = await run(world);
    expect((await world.types(id)).at(-1)).toBe('CustomerCalled');
    expect(world.clock.now() - from).toBeLessThan(60_000);
    expect(result.waiting).toBe(0);
    // The proposed time begins before the next call is due: nobody is phoned about it.
    const { proposal } = (await world.order(id)).scheduling;
    expect(proposal).toMatchObject({ slot: { start: '2026-11-24T02:00:00.000Z' } });
    expect(Date.parse(proposal?.callAt ?? '')).toBeGreaterThan(result.nextDueAt ?? 0);
    expect(result.nextDueAt).toBe(Date.parse('2026-11-24T02:00:00.000Z'));
  });

  test('gives up after its time, and says what is left', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    world.neFaults.add('create', { fault: 'lost-before' }, { times: 1_000 });
    const from = world.clock.monotonic();
    const result = await run(world, { waitMs: 15_000 });
    expect(world.clock.monotonic() - from).toBeLessThanOrEqual(15_000);
    expect(result.waiting).toBe(1);
    expect((await world.order(id)).stage).toBe('activating');
    expect(await world.broken({ unfinished: true })).toEqual([]);
  });

  test('ends at a signal after what is in flight, with no lease left', async () => {
    const world = await sagaWorld({ ne: { latencyMs: () => 1_000 } });
    await placeMany(world, 3);
    const stop = new AbortController();
    const running = run(world, { drain: false, signal: stop.signal });
    while (world.ne.outstanding() === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await running;
    expect(world.ne.outstanding()).toBe(0);
    expect(await world.broken({ unfinished: true })).toEqual([]);
    expect(await world.deps.store.read((tx) => tx.work.workers())).toEqual([]);
  });
});

describe('what is worked on first', () => {
  test('is an undo, then what is urgent, one at a time', async () => {
    const world = await sagaWorld();
    const normal = await world.place();
    const urgent = await world.place({ priority: 'urgent' });
    const undone = await world.place({ priority: 'low' });
    await world.cancel(undone);
    const order: string[] = [];
    await run(world, { concurrency: 1, onOrder: (id) => order.push(id) });
    expect(order.slice(0, 3)).toEqual([undone, urgent, normal]);
  });
});

describe('a lane whose breaker is open', () => {
  test('takes no work; the others do', async () => {
    const world = await sagaWorld();
    const [first = '', second = ''] = await placeMany(world, 2);
    await world.settle(first);
    await world.cancel(first);
    const until = world.clock.now() + 3_600_000;
    const closed = new Map<Lane, number>([['ne', until]]);
    world.neFaults.add('admit', { fault: 'breaker-open', retryAt: until }, { times: 1_000 });
    const before = world.ne.ledger().requests.length;
    const result = await run(world, { closedLanes: async () => closed });
    expect(result.closed).toEqual(closed);
    expect(world.ne.ledger().requests).toHaveLength(before);
    expect(await world.types(first)).toContain('ScheduleCancelled');
    expect(await world.types(second)).toEqual(['OrderPlaced', 'ActivationStarted']);
    expect(result.waiting).toBeGreaterThan(0);
  });

  test('is waited for when it opens soon enough', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    const until = world.clock.now() + 10_000;
    const closedLanes = async () =>
      world.clock.now() < until ? new Map<Lane, number>([['ne', until]]) : new Map<Lane, number>();
    const result = await run(world, { closedLanes });
    expect(result.waiting).toBe(0);
    expect((await world.order(id)).scheduling.visit).not.toBeNull();
  });
});

describe('several workers on one store', () => {
  test('work each order once', async () => {
    const world = await sagaWorld({ ne: { latencyMs: () => 50 }, tm: { latencyMs: () => 50 } });
    const ids = await placeMany(world, 20);
    const workers = ['test/1/0', 'test/2/0', 'test/3/0', 'test/4/0'].map((owner) => process(world, owner));
    const results = await world.awaiting(
      Promise.all(workers.map((deps) => drain(deps, options({ concurrency: 3 })))),
    );
    expect(results.filter(({ done }) => done > 0).length).toBeGreaterThan(1);
    expect(results.every(({ waiting }) => waiting === 0)).toBe(true);
    for (const id of ids) {
      const types = await world.types(id);
      expect(types.filter((type) => type === 'ServiceRequested')).toHaveLength(2);
      expect(types.filter((type) => type === 'CallRequested')).toHaveLength(1);
    }
    expect(await world.broken()).toEqual([]);
  });

  test('that may choose how many share what the peers take at once', async () => {
    const world = await sagaWorld({ ne: { latencyMs: () => 400 }, tm: { latencyMs: () => 400 } });
    await placeMany(world, 120);
    const LATE_MS = 6_000;
    const from = world.clock.monotonic();
    const most = new Map<string, number>();
    const workers = ['desk-1/1/0', 'desk-2/1/0', 'desk-3/1/0'].map((owner) => {
      const onPace = ({ jobs }: Pace): void => {
        if (world.clock.monotonic() - from > LATE_MS) most.set(owner, Math.max(most.get(owner) ?? 0, jobs));
      };
      return drain(process(world, owner), options({ concurrency: { least: 1, most: 12 }, onPace }));
    });
    await world.awaiting(Promise.all(workers));
    expect([...most.values()].every((jobs) => jobs <= 4)).toBe(true);
    expect(most.size).toBe(3);
    expect(await world.broken()).toEqual([]);
  });

  test('forget one of another host that has been silent for an hour, not sooner', async () => {
    const world = await sagaWorld();
    const silent = { startedAt: 0, concurrency: 1, inFlight: 0, stepsDone: 0, note: null };
    const now = world.clock.now();
    await world.deps.store.write(async (tx) => {
      await tx.work.beat({ ...silent, owner: 'elsewhere/1/0', beatAt: now - HOUR_MS });
      await tx.work.beat({ ...silent, owner: 'elsewhere/2/0', beatAt: now - HOUR_MS / 2 });
    });
    await run(world);
    const left = await world.deps.store.read((tx) => tx.work.workers());
    expect(left.map(({ owner }) => owner)).toEqual(['elsewhere/2/0']);
  });

  test('free the leases of a dead one at once, those of a living one not', async () => {
    const world = await sagaWorld();
    const [lost = '', kept = ''] = await placeMany(world, 2);
    const dead = process(world, 'test/8/0');
    const alive = process(world, 'test/9/0');
    await dead.store.write((tx) =>
      tx.work.claimOne(lost, { now: world.clock.now(), owner: dead.processes.self, leaseMs: LEASE_MS }),
    );
    await alive.store.write((tx) =>
      tx.work.claimOne(kept, { now: world.clock.now(), owner: alive.processes.self, leaseMs: LEASE_MS }),
    );
    world.processes.die('test/8/0');
    const from = world.clock.now();
    await run(world, { waitMs: 5_000 });
    expect((await world.order(lost)).scheduling.visit?.at).toBe(new Date(from).toISOString());
    expect(await world.types(kept)).toEqual(['OrderPlaced']);
    await run(world, { waitMs: 120_000 });
    expect((await world.order(kept)).scheduling.visit).not.toBeNull();
    expect(await world.broken()).toEqual([]);
  });
});

test('the lease of a dead process on a machine whose clock was ahead is over as soon as the clock is right', async () => {
  const world = await sagaWorld();
  const id = await world.place();
  world.clock.set(iso(world.clock.now() + 9 * HOUR_MS));
  const elsewhere = process(world, 'elsewhere/1/0');
  await elsewhere.store.write((tx) =>
    tx.work.claimOne(id, { now: world.clock.now(), owner: 'elsewhere/1/0', leaseMs: LEASE_MS }),
  );
  world.clock.set(iso(world.clock.now() - 9 * HOUR_MS));
  await run(world, { waitMs: 2 * LEASE_MS });
  expect((await world.order(id)).scheduling.visit).not.toBeNull();
});

test('a database that fails ends the worker with that error, after what else is in flight', async () => {
  const world = await sagaWorld({ ne: { latencyMs: () => 1_000 } });
  await placeMany(world, 3);
  let commits = 0;
  const { store } = world.deps;
  const failing: SagaDeps = {
    ...world.deps,
    store: {
      ...store,
      write: (work) => {
        commits += 1;
        return commits === 9 ? Promise.reject(new Error('the disk is full')) : store.write(work);
      },
    },
  };
  await expect(run(world, {}, failing)).rejects.toThrow('the disk is full');
  expect(world.ne.outstanding()).toBe(0);
});
