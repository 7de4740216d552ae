import { expect, test } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import type { Lane } from '../../rules/lanes.ts';
import { type WorkLook, type WorkOnOrdersOptions, workOnOrders } from './work-on-orders.ts';

const options = (changes: Partial<WorkOnOrdersOptions> = {}): WorkOnOrdersOptions => ({
  concurrency: 8,
  places: { local: 8, ne: 4, tm: 4 },
  closedLanes: async () => new Map(),
  waitMs: 60_000,
  signal: new AbortController().signal,
  proveLease: async () => {},
  ...changes,
});

const placeMany = async (world: SagaWorld, count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) ids.push(await world.place({ phone: `010-0000-${String(1000 + i)}` }));
  return ids;
};
const stageOf = async (world: SagaWorld, id: string) => (await world.order(id)).stage;

test('works on the orders that it is given, and on no other', async () => {
  const world = await sagaWorld();
  const ids = await placeMany(world, 6);
  const mine = ids.slice(0, 3);
  const work = workOnOrders(world.deps, options());
  for (const id of mine) work.add(id);
  expect(await world.awaiting(work.end())).toMatchObject({ finished: 3, unfinished: 0 });
  for (const id of mine) expect(await stageOf(world, id)).not.toBe('placed');
  for (const id of ids.slice(3)) expect(await stageOf(world, id)).toBe('placed');
  expect(work.signal.aborted).toBe(false);
  expect(await world.broken({ unfinished: true })).toEqual([]);
});

test('is no worker that others may count on, and frees what the dead hold', async () => {
  const world = await sagaWorld();
  const [id = ''] = await placeMany(world, 1);
  const dead = { now: world.clock.now(), owner: 'dead/1/1', leaseMs: 3_600_000 };
  expect(await world.deps.store.write((tx) => tx.work.claimOne(id, dead))).not.toBeNull();
  world.processes.die('dead/1/1');
  const seen: number[] = [];
  const closedLanes = async () => {
    seen.push((await world.deps.store.read((tx) => tx.work.workers())).length);
    return new Map<Lane, number>();
  };
  const work = workOnOrders(world.deps, options({ closedLanes }));
  expect(await world.awaiting(work.whenDone(id))).toBe(true);
  expect(await world.awaiting(work.end())).toMatchObject({ unfinished: 0 });
  expect(new Set(seen)).toEqual(new Set([0]));
});

test('tells when an order is done, also one of which nothing is left', async () => {
  const world = await sagaWorld();
  const [id = ''] = await placeMany(world, 1);
  const work = workOnOrders(world.deps, options());
  expect(await world.awaiting(work.whenDone(id))).toBe(true);
  expect(await world.awaiting(work.whenDone(id))).toBe(true);
  expect(await world.awaiting(work.whenDone('ORD-999999'))).toBe(true);
  expect(await world.awaiting(work.end())).toMatchObject({ unfinished: 0 });
});

test('counts an order once, however many rows are about it', async () => {
  const world = await sagaWorld();
  const [first = '', second = ''] = await placeMany(world, 2);
  const looks: WorkLook[] = [];
  const work = workOnOrders(world.deps, options({ onLook: (look) => looks.push(look) }));
  expect(await world.awaiting(work.whenDone(first))).toBe(true);
  work.add(second);
  work.add(first);
  expect(await world.awaiting(work.whenDone(first))).toBe(true);
  work.add(first);
  expect(await world.awaiting(work.end())).toMatchObject({ finished: 2, unfinished: 0 });
  expect(Math.max(...looks.map(({ finished, unfinished }) => finished + unfinished))).toBe(2);
});

test('has no more requests in flight at a peer than it has places', async () => {
  const world = await sagaWorld({ ne: { latencyMs: () => 400, places: 3 } });
  const ids = await placeMany(world, 20);
  let most = 0;
  const onLook = (): void => {
    most = Math.max(most, world.ne.outstanding());
  };
  const work = workOnOrders(world.deps, options({ onLook, places: { local: 8, ne: 3, tm: 4 } }));
  for (const id of ids) work.add(id);
  expect(await world.awaiting(work.end())).toMatchObject({ finished: 20, unfinished: 0 });
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(3);
});

/** A world whose network is away, as both the breaker and its row say, until `opens` is called. */
const closedWorld = async (saysUntil: (now: number) => number) => {
  let isOpen = false;
  let now = (): number => 0;
  const world = await sagaWorld({
    ne: {
      nextFault: (operation) =>
        operation === 'admit' && !isOpen ? { fault: 'breaker-open', retryAt: now() + 5_000 } : null,
    },
  });
  now = world.clock.now;
  const until = saysUntil(now());
  return {
    world,
    until,
    closedLanes: async () => new Map<Lane, number>(isOpen ? [] : [['ne', until]]),
    open: () => {
      isOpen = true;
    },
  };
};

test('pauses a lane that is closed, and goes on when it is open again, also before it was said to be', async () => {
  const { world, until, closedLanes, open } = await closedWorld((now) => now + 3_600_000);
  const ids = await placeMany(world, 30);
  const opensAt = world.clock.now() + 20_000;
  const sent: number[] = [];
  const looks: WorkLook[] = [];
  const work = workOnOrders(
    world.deps,
    options({
      closedLanes,
      onLook: (look) => {
        looks.push(look);
        if (world.clock.now() >= opensAt) open();
      },
      onStep: ({ lane }) => {
        if (lane === 'ne') sent.push(world.clock.now());
      },
    }),
  );
  for (const id of ids) work.add(id);
  expect(await world.awaiting(work.end())).toMatchObject({ finished: 30, unfinished: 0 });
  expect(Math.min(...sent)).toBeGreaterThanOrEqual(opensAt);
  expect(Math.max(...sent)).toBeLessThan(opensAt + 5_000);
  expect(looks.some(({ closed, unfinished }) => closed.get('ne') === until && unfinished === 30)).toBe(true);
});

test('gives up when nothing was done for too long, and tells those who wait', async () => {
  const { world, closedLanes } = await closedWorld(() => Number.POSITIVE_INFINITY);
  const ids = await placeMany(world, 3);
  const from = world.clock.monotonic();
  const work = workOnOrders(world.deps, options({ closedLanes, waitMs: 10_000 }));
  const [first = ''] = ids;
  const told = work.whenDone(first);
  for (const id of ids) work.add(id);
  expect(await world.awaiting(told)).toBe(false);
  expect(work.signal.aborted).toBe(true);
  expect(await work.whenDone(first)).toBe(false);
  expect(await world.awaiting(work.end())).toMatchObject({ finished: 0, unfinished: 3 });
  const waited = world.clock.monotonic() - from;
  expect(waited).toBeGreaterThan(10_000);
  expect(waited).toBeLessThan(12_000);
});

test('does not give up while orders are only added: placing them needs no peer', async () => {
  const { world, closedLanes } = await closedWorld(() => Number.POSITIVE_INFINITY);
  const work = workOnOrders(world.deps, options({ closedLanes, waitMs: 1_000 }));
  work.add(await world.place());
  await world.awaiting(world.clock.wait(60_000));
  expect(work.signal.aborted).toBe(false);
  expect(await world.awaiting(work.end())).toMatchObject({ unfinished: 1 });
});

test('ends at a signal, and throws what ends it', async () => {
  const world = await sagaWorld();
  const [id = ''] = await placeMany(world, 1);
  const stop = new AbortController();
  stop.abort();
  const ended = workOnOrders(world.deps, options({ signal: stop.signal }));
  expect(await ended.whenDone(id)).toBe(false);
  await world.awaiting(ended.end());
  const proveLease = async (): Promise<void> => {
    throw new Error('held by another');
  };
  const failing = workOnOrders(world.deps, options({ proveLease }));
  expect(await world.awaiting(failing.whenDone(id))).toBe(false);
  await expect(world.awaiting(failing.end())).rejects.toThrow('held by another');
});
