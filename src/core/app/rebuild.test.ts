import { describe, expect, it } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../test/support/saga-world.ts';
import { rebuild } from './rebuild.ts';

const FAR = ['2000-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z'] as const;

/** Everything that is derived from the log, as it is stored. */
const derived = (world: SagaWorld) =>
  world.deps.store.read(async (tx) => {
    const ids = await tx.events.orderIds('', 1_000);
    const views = [];
    const dues = [];
    for (const id of ids) {
      views.push(JSON.stringify(await tx.views.get(id)));
      const row = await tx.work.get(id);
      dues.push([id, row?.undo, row?.priority, ...Object.values(row?.lanes ?? {}).map(({ due }) => due)]);
    }
    return { views, dues, calendar: await tx.calendar.between(...FAR) };
  });

const busyWorld = async (): Promise<SagaWorld> => {
  const world = await sagaWorld();
  for (let n = 1; n <= 4; n += 1) await world.place({ lines: { internet: 1, tv: n } });
  await world.settle('ORD-000001', 3 * 86_400_000);
  await world.settle('ORD-000002');
  await world.settle('ORD-000003');
  await world.cancel('ORD-000003');
  await world.settle('ORD-000003');
  return world;
};

describe('rebuild', () => {
  it('makes the same bytes from the log as were stored', async () => {
    const world = await busyWorld();
    const before = await derived(world);
    const result = await rebuild(world.deps);
    expect(result).toMatchObject({ orders: 4, changed: 0, finished: true });
    expect(await derived(world)).toEqual(before);
    expect(await world.broken({ unfinished: true })).toEqual([]);
  });

  it('mends what was lost or changed', async () => {
    const world = await busyWorld();
    const before = await derived(world);
    await world.deps.store.write(async (tx) => {
      await tx.calendar.put('ORD-000001', []);
      const view = await tx.views.get('ORD-000002');
      if (view !== null) await tx.views.put({ ...view, stage: 'completed', open: false });
    });
    expect(await rebuild(world.deps)).toMatchObject({ changed: 1 });
    expect(await derived(world)).toEqual(before);
    await world.deps.store.write((tx) => tx.views.clear());
    expect(await rebuild(world.deps)).toMatchObject({ changed: 4 });
    expect(await derived(world)).toEqual(before);
  });

  it('drops a view of an order that the log does not know', async () => {
    const world = await busyWorld();
    const before = await derived(world);
    await world.deps.store.write(async (tx) => {
      const view = await tx.views.get('ORD-000001');
      if (view !== null) await tx.views.put({ ...view, orderId: 'ORD-000077' });
    });
    expect((await rebuild(world.deps)).changed).toBeGreaterThan(0);
    expect(await world.deps.store.read((tx) => tx.views.get('ORD-000077'))).toBeNull();
    expect(await derived(world)).toEqual(before);
  });

  it('raises every fence, so that a claim from before settles nothing', async () => {
    const world = await busyWorld();
    const claim = await world.claim('ORD-000004');
    await rebuild(world.deps);
    expect(await world.deps.store.read((tx) => tx.work.holds(claim))).toBe(false);
    expect((await world.claim('ORD-000004')).fence).toBeGreaterThan(claim.fence);
  });

  it('ends where it was stopped and says so', async () => {
    const world = await busyWorld();
    const stop = new AbortController();
    stop.abort();
    expect(await rebuild(world.deps, { signal: stop.signal })).toMatchObject({ finished: false, orders: 0 });
  });
});
