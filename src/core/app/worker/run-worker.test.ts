import { describe, expect, test } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import { DEFAULT_BREAKER } from '../../peers/breaker.ts';
import { HANGS_MS } from '../engine/watchdog.ts';
import { runWorker, type WorkerOptions } from './run-worker.ts';

const never = <T>(): Promise<T> => new Promise<T>(() => {});
const bound = { name: 'ne', settings: DEFAULT_BREAKER, bulkhead: 4 };

/** A worker of the world until it ends; how it ended, and after how many ms of its own clock. */
const ended = async (
  world: SagaWorld,
  deps: Partial<SagaWorld['deps']>,
  more: Partial<WorkerOptions> = {},
) => {
  const stop = new AbortController();
  const from = world.clock.monotonic();
  let outcome: unknown = null;
  void runWorker(
    { ...world.deps, ...deps },
    {
      concurrency: 2,
      drain: false,
      waitMs: 0,
      signal: stop.signal,
      peers: { ne: bound, tm: { ...bound, name: 'tm' } },
      compares: null,
      heads: null,
      onOrder: () => {},
      onFinding: () => {},
      onRestart: () => {},
      onNotCompared: () => {},
      ...more,
    },
  ).then(
    (result) => {
      outcome = result;
    },
    (error: unknown) => {
      outcome = error;
    },
  );
  // An hour of an idle worker is longer than any hang may last.
  while (outcome === null && world.clock.monotonic() - from < 3_600_000) await world.clock.toNext();
  const afterMs = world.clock.monotonic() - from;
  stop.abort();
  return { outcome, afterMs };
};

describe('a worker one of whose loops hangs', () => {
  test('says of which order, and ends, while the others still go round', async () => {
    const world = await sagaWorld();
    await world.place();
    const orderId = await world.place();
    const create: SagaWorld['ne']['create'] = (request, sending) =>
      request.orderId === orderId ? never() : world.ne.create(request, sending);
    const { outcome, afterMs } = await ended(world, { ne: { ...world.deps.ne, create } });
    expect(outcome).toMatchObject({
      code: 'WORKER_HANGS',
      kind: 'unavailable',
      detail: { loop: 'order', orderId, seconds: HANGS_MS / 1_000 },
    });
    expect(afterMs).toBeLessThan(HANGS_MS * 1.2);
  });

  test('so it does when it looks for orders and the database never answers', async () => {
    const world = await sagaWorld();
    let writes = 0;
    const store = {
      ...world.deps.store,
      write: (work: never) => {
        writes += 1;
        return writes > 20 ? never<never>() : world.deps.store.write(work);
      },
    } as SagaWorld['deps']['store'];
    const { outcome } = await ended(world, { store });
    expect(outcome).toMatchObject({ code: 'WORKER_HANGS', detail: { loop: 'orders', orderId: null } });
  });

  test('so it does when only looking after closed orders hangs', async () => {
    const world = await sagaWorld();
    const { comparisons } = await world.deps.store.read(async (tx) => tx);
    const read = (work: (tx: never) => Promise<unknown>) =>
      world.deps.store.read(async (tx) =>
        work({ ...tx, comparisons: { ...comparisons, lookedAfter: () => never() } } as never),
      );
    const store = { ...world.deps.store, read } as SagaWorld['deps']['store'];
    const { outcome } = await ended(world, { store });
    expect(outcome).toMatchObject({ code: 'WORKER_HANGS', detail: { loop: 'look-after' } });
  });

  test('goes on for ever where all go round, also while a comparison is an hour away', async () => {
    const world = await sagaWorld();
    await world.place();
    const compares = { everyMs: 3_600_000, onFinding: () => {}, onRefusal: () => {} };
    const { outcome } = await ended(world, {}, { compares });
    expect(outcome).toBeNull();
  });

  test('has missed nothing while the process stood still', async () => {
    const world = await sagaWorld();
    const stood = (): number => (world.clock.monotonic() > 1_000_000 ? 9 * 3_600_000 : 0);
    const clock = { ...world.clock, monotonic: () => world.clock.monotonic() + stood() };
    expect((await ended(world, { clock })).outcome).toBeNull();
  });
});
