import { afterEach, describe, expect, test } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import { runOrder } from '../../app/engine/order-loop.ts';
import { retryHold } from '../../order/decide.ts';
import { DEFAULT_POLICY } from '../../rules/policy.ts';

let world: SagaWorld;
afterEach(async () => {
  expect(await world.broken()).toEqual([]);
});

describe('the scheduling call', () => {
  test('that succeeds brings ActivationCompleted and SchedulingRequested in one commit', async () => {
    world = await sagaWorld();
    const id = await world.place();
    const { deps } = world;
    const seen: (readonly string[])[] = [];
    const watched = {
      ...deps.store,
      write: <T>(work: Parameters<typeof deps.store.write<T>>[0]) =>
        deps.store.write<T>(async (tx) => {
          const before = (await tx.events.load(id)).length;
          const result = await work(tx);
          const after = await tx.events.load(id);
          seen.push(after.slice(before).map(({ type }) => type));
          return result;
        }),
    };
    await runOrder({ ...deps, store: watched }, await world.claim(id));
    const commit = seen.find((types) => types.includes('ActivationCompleted'));
    expect(commit?.slice(0, 2)).toEqual(['ActivationCompleted', 'SchedulingRequested']);
    await world.settle(id);
    const completed = (await world.events(id)).find(({ type }) => type === 'ActivationCompleted');
    expect(completed?.data).toEqual({
      equipmentId: 'OLT-0001/1/1/1',
      services: [`${id}/access.gpon#1/1`, `${id}/internet.hsi#1/1`],
    });
  });

  test.each(['lost-before', 'lost-after', 'garbage', 'not-sent', 'misconfigured'] as const)(
    'that fails appends nothing, leaves the activation as it was, and is made again: %s',
    async (fault) => {
      world = await sagaWorld();
      world.tmFaults.add('search', { fault }, { times: 2 });
      const id = await world.place();
      const process = await world.run(id);
      expect((await world.types(id)).slice(-1)).toEqual(['ServiceActivated']);
      expect(process.stage).toBe('activating');
      expect((await world.row(id)).lanes.tm.tries).toBe(1);
      expect((await world.settle(id)).scheduling.visit).not.toBeNull();
    },
  );

  test('that the desk takes its time for is read by its task, and not made anew', async () => {
    world = await sagaWorld();
    world.tmFaults.add('search', { fault: 'monitor', ms: 60_000 });
    const id = await world.place();
    await world.run(id);
    expect((await world.types(id)).at(-1)).toBe('SlotSearchStarted');
    expect((await world.settle(id)).scheduling).toMatchObject({ search: null, task: { taskId: 'TASK-1' } });
    const asked = world.tm.ledger().requests.filter(({ operation }) => operation === 'search');
    expect(asked).toMatchObject([{ count: 1 }]);
    expect((await world.types(id)).filter((type) => type === 'SlotSearchStarted')).toHaveLength(1);
  });

  test('that the desk never ends is made anew after a while', async () => {
    world = await sagaWorld();
    world.tmFaults.add('search', { fault: 'monitor', ms: 365 * 86_400_000 });
    const id = await world.place();
    await world.run(id);
    await world.clock.advance(DEFAULT_POLICY.tm.pollMaxMs);
    expect((await world.settle(id)).scheduling).toMatchObject({ task: { taskId: 'TASK-2' } });
  });

  test('that is refused holds the order; a retry makes it again', async () => {
    world = await sagaWorld();
    world.tmFaults.add('search', { fault: 'reject', code: 'AREA_CLOSED' });
    const id = await world.place();
    const held = await world.settle(id);
    expect(held.order.holds).toMatchObject([{ hold: 'RequestScheduling', cause: 'AREA_CLOSED' }]);
    expect(held.activation.completed).toBeNull();
    await world.change(id, (process) => retryHold(process, 'RequestScheduling'));
    expect((await world.settle(id)).scheduling.visit).not.toBeNull();
  });

  test('waits for every line', async () => {
    world = await sagaWorld();
    const id = await world.place({ lines: { internet: 2, tv: 0 } });
    const late = `${id}/internet.hsi#2/1`;
    world.neFaults.add('create', { fault: 'reject', code: 'NO_VLAN' }, { key: late });
    await world.settle(id);
    expect(await world.types(id)).not.toContain('SchedulingRequested');
    await world.change(id, (process) => retryHold(process, `ActivateService:${late}`));
    expect((await world.settle(id)).activation.completed).not.toBeNull();
    const { services } = (await world.order(id)).activation;
    expect(services.get(late)).toMatchObject({ proof: 'on', attempt: 1, tries: 2 });
  });

  test('is made anew when no offered slot is left in the future', async () => {
    world = await sagaWorld({ policy: { schedule: { ...DEFAULT_POLICY.schedule, auto: false } } });
    const id = await world.place();
    await world.settle(id);
    const offered = (await world.order(id)).scheduling.task?.slots.at(-1)?.end ?? '';
    expect((await world.row(id)).lanes.tm.due).toBe(Date.parse(offered));
    const process = await world.settle(id, 15 * 86_400_000);
    expect(process.scheduling.task?.taskId).toBe('TASK-2');
    expect((await world.types(id)).filter((type) => type === 'ActivationCompleted')).toHaveLength(1);
  });
});

test('a service that waits for a person keeps no visit from being proposed', async () => {
  world = await sagaWorld({ tm: { answer: () => ({ outcome: 'REFUSED' }) } });
  const id = await world.place();
  world.tmFaults.add('search', { fault: 'not-sent' });
  await world.run(id);
  const late = `${id}/internet.hsi#2/1`;
  await world.settle(id);
  await world.change(id, () => [
    { type: 'ContactChanged', data: { fields: ['phone'] } },
    { type: 'OrderAmended', data: { internetCount: 2, tvCount: 0 } },
  ]);
  world.neFaults.add('create', { fault: 'reject', code: 'NO_VLAN' }, { key: late });
  const process = await world.settle(id);
  expect(process.order.holds).toMatchObject([{ hold: `ActivateService:${late}` }]);
  expect((await world.types(id)).filter((type) => type === 'VisitProposed')).toHaveLength(2);
});
