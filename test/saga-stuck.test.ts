import { describe, expect, test } from 'vitest';
import type { PeerFault } from '../src/adapters/memory/memory-faults.ts';
import { drain } from '../src/core/app/engine/drain.ts';
import { retryHold } from '../src/core/order/decide.ts';
import { type SagaWorld, sagaWorld } from './support/saga-world.ts';

const HOUR_MS = 3_600_000;
const live = ({ ne }: SagaWorld): readonly string[] =>
  ne
    .ledger()
    .services.filter(({ state }) => state === 'active')
    .map(({ key }) => key);

/** An order whose two Internet lines are on. */
const standing = async () => {
  const world = await sagaWorld();
  const id = await world.place({ lines: { internet: 2, tv: 0 } });
  await world.settle(id);
  return { world, id, first: `${id}/internet.hsi#1/1`, second: `${id}/internet.hsi#2/1` };
};

const STUCK: readonly PeerFault[] = [
  { fault: 'garbage' },
  { fault: 'lost-before' },
  { fault: 'misconfigured' },
];

describe('an undo that fails', () => {
  test.each(STUCK)('keeps no other one waiting: $fault', async (fault) => {
    const { world, id, first, second } = await standing();
    const isBefore = fault.fault === 'garbage' ? { fault: 'reject', code: 'LOCKED' } : fault;
    world.neFaults.add('revert', isBefore as PeerFault, { key: first, times: 1_000 });
    await world.cancel(id);
    await world.run(id);
    expect(live(world)).not.toContain(second);
    expect(live(world)).toContain(first);
  });

  test('for one reason is told to a person in the end, with what the peer said, and tried on', async () => {
    const { world, id, first } = await standing();
    world.neFaults.add('revert', { fault: 'misconfigured' }, { key: first, times: 5 });
    await world.cancel(id);
    await world.settle(id, 4_000);
    expect((await world.order(id)).order.holds).toEqual([]);
    await world.settle(id, 20_000);
    const holds = (await world.events(id)).filter(({ type }) => type === 'OrderHeld');
    expect(holds).toMatchObject([
      {
        data: {
          hold: `RevertService:${first}`,
          cause: 'UNDO_FAILS',
          said: { code: 'HTTP_STATUS', status: 401 },
        },
      },
    ]);
    expect((await world.settle(id, HOUR_MS)).stage).toBe('cancelled');
    expect((await world.order(id)).order.holds).toEqual([]);
    expect(await world.broken()).toEqual([]);
  });

  test('for other reasons each time is counted anew', async () => {
    const { world, id, first } = await standing();
    for (let n = 0; n < 4; n += 1) {
      world.neFaults.add('revert', { fault: 'misconfigured' }, { key: first });
      world.neFaults.add('revert', { fault: 'lost-before' }, { key: first });
    }
    await world.cancel(id);
    expect((await world.settle(id, HOUR_MS)).stage).toBe('cancelled');
    expect(await world.types(id)).not.toContain('OrderHeld');
  });

  test('waits longer each time, by itself', async () => {
    const { world, id, first } = await standing();
    world.neFaults.add('revert', { fault: 'misconfigured' }, { key: first, times: 1_000 });
    await world.cancel(id);
    await world.settle(id, 60_000);
    const { waits, lanes } = await world.row(id);
    expect(waits).toMatchObject([{ step: 'RevertService', subject: first, lane: 'ne' }]);
    expect(waits[0]?.tries).toBeGreaterThan(5);
    expect(lanes.ne).toMatchObject({ tries: waits[0]?.tries, due: waits[0]?.retryAt });
  });
});

describe('a cancel', () => {
  test('does not wait for the end of a backoff', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    world.neFaults.add('create', { fault: 'not-sent' }, { times: 10, key: `${id}/internet.hsi#1/1` });
    await world.settle(id, 100_000);
    expect((await world.row(id)).lanes.ne.retryAt).toBeGreaterThan(world.clock.now() + 10_000);
    await world.cancel(id);
    expect((await world.row(id)).lanes.ne).toMatchObject({ tries: 0, retryAt: 0 });
    await world.run(id);
    expect((await world.order(id)).stage).toBe('cancelled');
  });
});

describe('a create that comes to nothing three times', () => {
  test('waits for a person, and is asked for again three times at most when one says so', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    world.neFaults.add('create', { fault: 'lost-before' }, { times: 100 });
    await world.settle(id, HOUR_MS);
    const requests = async () => (await world.types(id)).filter((type) => type === 'ServiceRequested').length;
    expect(await requests()).toBe(3);
    await world.change(id, (process) => retryHold(process, `ActivateService:${id}/access.gpon#1/1`));
    await world.settle(id, HOUR_MS);
    expect(await requests()).toBe(6);
    expect((await world.order(id)).order.holds).toMatchObject([{ cause: 'NEVER_ANSWERED' }]);
  });
});

test('what a clock that was ahead has planned is planned anew by the worker', async () => {
  const world = await sagaWorld();
  world.clock.set(new Date(world.clock.now() + 9 * HOUR_MS).toISOString());
  const id = await world.place();
  world.neFaults.add('create', { fault: 'lost-after' });
  await world.run(id);
  world.clock.set(new Date(world.clock.now() - 9 * HOUR_MS).toISOString());
  const stop = new AbortController();
  await world.awaiting(
    drain(world.deps, {
      concurrency: 1,
      drain: true,
      waitMs: 60_000,
      signal: stop.signal,
      closedLanes: async () => new Map(),
      places: { local: 4, ne: 4, tm: 4 },
    }),
  );
  expect((await world.order(id)).activation.services.get(`${id}/access.gpon#1/1`)?.proof).toBe('on');
});
