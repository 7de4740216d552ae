import { describe, expect, test } from 'vitest';
import { sagaWorld } from '../../../../test/support/saga-world.ts';
import { tellHistoryLost } from './tell-history-lost.ts';

describe('telling that history may be lost', () => {
  test('reaches each open order of a thousand, and no closed one', async () => {
    const world = await sagaWorld();
    const closed = await world.place();
    await world.cancel(closed);
    await world.settle(closed);
    const open: string[] = [];
    for (let i = 0; i < 1_000; i += 1) open.push(await world.place());
    const told = await tellHistoryLost(world.deps, { peer: world.ne.identity, mark: null });
    expect(told).toBe(1_000);
    expect(await world.types(closed)).not.toContain('HistoryMayBeLost');
    for (const orderId of open) expect(await world.types(orderId)).toContain('HistoryMayBeLost');
    expect((await world.row(open.at(-1) ?? '')).lanes.ne.due).toBe(0);
    expect((await world.view(open[0] ?? '')).inDoubt).toBe(2);
  });

  test('creates nothing before each look has answered, and goes on then', async () => {
    const world = await sagaWorld();
    const orderId = await world.place();
    await tellHistoryLost(world.deps, { peer: world.ne.identity, mark: null });
    await world.settle(orderId, 60_000);
    expect(await world.types(orderId)).not.toContain('ServiceRequested');
    expect((await world.order(orderId)).stage).toBe('activating');
    await world.settle(orderId, 3_600_000);
    expect((await world.order(orderId)).activation.completed).not.toBeNull();
    expect(await world.broken()).toEqual([]);
  });
});
