import { describe, expect, it } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import type { Store } from '../../ports/store.ts';
import { Refusal } from '../../rules/refusal.ts';
import { LEASE_MS } from '../due/lease.ts';
import { type DrainOptions, drain } from './drain.ts';
import { GIVE_UP_MS } from './trouble.ts';

const BUSY = new Refusal('DATABASE_BUSY', { database: '/x' });
const DAMAGED = new Refusal('DATABASE_DAMAGED', { database: '/x', cause: { code: 'NO_SECRET' } });

/** A store that refuses what is written while `refusal` answers one. */
const failing = (store: Store, refusal: () => Refusal | null): Store => ({
  ...store,
  write: async (work) => {
    const refused = refusal();
    if (refused !== null) throw refused;
    return store.write(work);
  },
});

const drained = (world: SagaWorld, refusal: () => Refusal | null, changes: Partial<DrainOptions>) =>
  world.awaiting(
    drain(
      { ...world.deps, store: failing(world.deps.store, refusal) },
      {
        concurrency: 4,
        drain: true,
        waitMs: GIVE_UP_MS,
        signal: new AbortController().signal,
        closedLanes: async () => new Map(),
        places: { local: 4, ne: 4, tm: 4 },
        patienceMs: GIVE_UP_MS,
        ...changes,
      },
    ),
  );

describe('a worker whose database fails', () => {
  it('goes on after 12 seconds of it, with growing pauses, and leaves no lease behind', async () => {
    const world = await sagaWorld();
    const orderId = await world.place();
    let writes = 0;
    let until: number | null = null;
    const pauses: number[] = [];
    const result = await drained(
      world,
      () => {
        writes += 1;
        // In the middle of an order: after its claim and its first intent.
        if (writes === 4) until = world.clock.monotonic() + 12_000;
        return until !== null && world.clock.monotonic() < until ? BUSY : null;
      },
      { onTrouble: ({ code }, pauseMs) => void pauses.push(code === 'DATABASE_BUSY' ? pauseMs : -1) },
    );
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
    expect(result.waiting).toBe(0);
    expect(world.clock.monotonic(), 'nobody waited for the end of a lease').toBeLessThan(LEASE_MS);
    expect((await world.order(orderId)).stage).toBe('dispatched');
    expect(await world.deps.store.read((tx) => tx.work.counts(world.clock.now()))).toMatchObject({
      leased: 0,
    });
    expect(await world.broken()).toEqual([]);
  });

  it('ends after a bound, with what failed', async () => {
    const world = await sagaWorld();
    await world.place();
    const from = world.clock.monotonic();
    await expect(drained(world, () => BUSY, { drain: false })).rejects.toBe(BUSY);
    expect(world.clock.monotonic() - from).toBe(GIVE_UP_MS);
  });

  it('waits with --drain no longer than it was told', async () => {
    const world = await sagaWorld();
    await world.place();
    const from = world.clock.monotonic();
    await expect(drained(world, () => BUSY, { waitMs: 10_000 })).rejects.toBe(BUSY);
    expect(world.clock.monotonic() - from).toBe(10_000);
  });

  it('ends at once where waiting does not help', async () => {
    const world = await sagaWorld();
    await expect(drained(world, () => DAMAGED, { drain: false })).rejects.toBe(DAMAGED);
    expect(world.clock.monotonic()).toBe(0);
  });
});
