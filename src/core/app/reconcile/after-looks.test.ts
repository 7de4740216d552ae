import { describe, expect, it } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import type { Finding } from '../../peers/finding.ts';
import { tellHistoryLost } from '../orders/tell-history-lost.ts';
import { type AfterLooks, afterLooks, keepLookingAfter } from './after-looks.ts';
import { admitNe } from './inventory.ts';

const MINUTE_MS = 60_000;
const HSI = 'ORD-000001/internet.hsi#1/1';

const liveKeys = ({ ne }: SagaWorld): readonly string[] =>
  ne
    .ledger()
    .services.filter(({ state }) => state === 'active')
    .map(({ key }) => key);

const create = async ({ deps }: SagaWorld, key: string): Promise<void> => {
  const service = {
    key,
    service: 'internet.hsi#1',
    spec: 'internet.hsi' as const,
    generation: 1,
    dependsOn: [],
    characteristics: [],
  };
  await deps.ne.create({ orderId: 'ORD-000001', service, idempotencyKey: key }, await admitNe(deps));
};

const sweep = async (world: SagaWorld, looks: AfterLooks = afterLooks(world.deps)) => {
  const findings: Finding[] = [];
  const { signal } = new AbortController();
  const waitMs = await world.awaiting(
    looks.sweep({ signal, onFinding: (finding) => findings.push(finding) }),
  );
  return { waitMs, findings };
};

const asked = ({ ne }: SagaWorld) =>
  ne
    .ledger()
    .requests.filter(({ operation }) => operation === 'find' || operation === 'read')
    .reduce((sum, { count }) => sum + count, 0);

/** An order that was on and is cancelled; a network that makes a service of every create. */
const cancelledOrder = async (): Promise<SagaWorld> => {
  const world = await sagaWorld({ ne: { idempotent: false } });
  await world.settle(await world.place());
  await world.cancel('ORD-000001');
  expect((await world.settle('ORD-000001')).stage).toBe('cancelled');
  return world;
};

describe('the look after the end', () => {
  it('comes once, fifteen minutes after it, and leaves nothing behind where all is off', async () => {
    const world = await cancelledOrder();
    const before = await world.types('ORD-000001');
    const count = asked(world);
    expect(await sweep(world)).toMatchObject({ findings: [] });
    expect(asked(world)).toBe(count);
    await world.clock.advance(15 * MINUTE_MS);
    expect(await sweep(world)).toMatchObject({ findings: [] });
    // By the two keys, and by the two ids that the NE told.
    expect(asked(world)).toBe(count + 4);
    await world.clock.advance(60 * MINUTE_MS);
    await sweep(world);
    expect(asked(world)).toBe(count + 4);
    expect(await world.types('ORD-000001')).toEqual(before);
  });

  it('finds what came to life since, has it reverted, and closes the order anew', async () => {
    const world = await cancelledOrder();
    const before = (await world.types('ORD-000001')).length;
    await create(world, HSI);
    await world.clock.advance(15 * MINUTE_MS);
    const { findings } = await sweep(world);
    expect(findings).toMatchObject([{ kind: 'orphan', key: HSI, stage: 'cancelled', state: 'fixed' }]);
    expect((await world.types('ORD-000001')).slice(before)).toEqual([
      'ServiceFound',
      'RevertRequested',
      'ServiceReverted',
      'ActivationCancelled',
      'OrderClosed',
    ]);
    expect(liveKeys(world)).toEqual([]);
    // The new end is looked after too.
    const count = asked(world);
    await world.clock.advance(15 * MINUTE_MS);
    expect((await sweep(world)).findings).toEqual([]);
    expect(asked(world)).toBeGreaterThan(count);
    expect(await world.broken({ peersRepeat: true })).toEqual([]);
  });

  it('looks for what only a lost part of the log may have asked for', async () => {
    const world = await sagaWorld({ ne: { idempotent: false } });
    await world.place();
    await tellHistoryLost(world.deps, { peer: world.ne.identity, mark: null });
    await world.cancel('ORD-000001');
    expect((await world.settle('ORD-000001', 60 * MINUTE_MS)).stage).toBe('cancelled');
    await create(world, HSI);
    await world.clock.advance(15 * MINUTE_MS);
    expect((await sweep(world)).findings).toMatchObject([{ kind: 'orphan', key: HSI, state: 'fixed' }]);
    await world.settle('ORD-000001');
    expect(liveKeys(world)).toEqual([]);
  });

  it('finds by its id what no look-up by key shows', async () => {
    const world = await sagaWorld();
    await world.settle(await world.place());
    await world.cancel('ORD-000001');
    await world.settle('ORD-000001');
    // Restored from a backup, and its index of names lags behind.
    world.ne.byItself('NE-000002', 'active');
    await world.clock.advance(15 * MINUTE_MS);
    world.neFaults.add('find', { fault: 'blank' }, { times: 2 });
    expect((await sweep(world)).findings).toMatchObject([{ kind: 'orphan', key: HSI, state: 'fixed' }]);
    expect(liveKeys(world)).toEqual([]);
  });

  it('waits for an NE that does not answer, and looks then', async () => {
    const world = await cancelledOrder();
    await create(world, HSI);
    await world.clock.advance(15 * MINUTE_MS);
    world.neFaults.add('find', { fault: 'garbage' });
    expect(await sweep(world)).toEqual({ waitMs: MINUTE_MS, findings: [] });
    world.neFaults.add('admit', { fault: 'breaker-open', retryAt: null });
    expect(await sweep(world)).toEqual({ waitMs: MINUTE_MS, findings: [] });
    expect((await sweep(world)).findings).toHaveLength(1);
  });

  it('is not made of an order that was completed, and not of one that was closed before', async () => {
    const world = await sagaWorld();
    await world.settle(await world.place(), 3 * 86_400_000);
    await world.complete('ORD-000001');
    await world.settle('ORD-000001');
    const count = asked(world);
    await world.clock.advance(30 * MINUTE_MS);
    await sweep(world);
    expect(asked(world)).toBe(count);
    const old = await cancelledOrder();
    const head = await old.deps.store.read((tx) => tx.events.head());
    await old.deps.store.write((tx) => tx.comparisons.setLookedAfter(head));
    await old.clock.advance(30 * MINUTE_MS);
    const before = asked(old);
    await sweep(old);
    expect(asked(old)).toBe(before);
  });

  it('does not wait for hours because the clock was ahead when the order was closed', async () => {
    const world = await cancelledOrder();
    await create(world, HSI);
    const looks = afterLooks({
      ...world.deps,
      clock: { ...world.clock, now: () => world.clock.now() - 9 * 3_600_000 },
    });
    expect((await sweep(world, looks)).findings).toEqual([]);
    await world.clock.advance(15 * MINUTE_MS);
    expect((await sweep(world, looks)).findings).toHaveLength(1);
  });

  it('is made by a worker by itself', async () => {
    const world = await cancelledOrder();
    await create(world, HSI);
    const stop = new AbortController();
    await world.awaiting(
      keepLookingAfter(world.deps, { signal: stop.signal, onFinding: () => stop.abort() }),
    );
    expect((await world.settle('ORD-000001')).stage).toBe('cancelled');
    expect(liveKeys(world)).toEqual([]);
  });
});
