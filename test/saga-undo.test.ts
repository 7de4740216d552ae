import { afterEach, describe, expect, test } from 'vitest';
import { failFieldWork } from '../src/core/fieldwork/decide.ts';
import { isClosed } from '../src/core/process/process.ts';
import { iso } from '../src/core/time/iso.ts';
import { type SagaWorld, sagaWorld } from './support/saga-world.ts';

let world: SagaWorld;
afterEach(async () => {
  expect(await world.broken()).toEqual([]);
});

const standing = async (options: Parameters<typeof sagaWorld>[0] = {}): Promise<string> => {
  world = await sagaWorld(options);
  const id = await world.place();
  await world.settle(id);
  return id;
};

describe('with all reachable', () => {
  test('the order of an undo is recall, network, desk', async () => {
    const id = await standing();
    const before = (await world.events(id)).length;
    await world.cancel(id);
    await world.settle(id);
    expect((await world.types(id)).slice(before)).toEqual([
      'OrderCancelled',
      'FieldWorkRecalled',
      'RevertRequested',
      'ServiceReverted',
      'RevertRequested',
      'ServiceReverted',
      'ActivationCancelled',
      'ScheduleCancelled',
      'OrderClosed',
    ]);
  });

  test('a return is undone without a recall, and says ActivationReverted', async () => {
    const id = await standing();
    await world.change(id, (process) =>
      failFieldWork(process, 'NO_FACILITY', { occurredAt: iso(world.clock.now()) }),
    );
    const process = await world.settle(id);
    expect(process.stage).toBe('returned');
    const types = await world.types(id);
    expect(types.slice(types.indexOf('FieldWorkFailed'))).toEqual([
      'FieldWorkFailed',
      'RevertRequested',
      'ServiceReverted',
      'RevertRequested',
      'ServiceReverted',
      'ActivationReverted',
      'ScheduleCancelled',
      'OrderClosed',
    ]);
  });
});

describe('with the network down', () => {
  test('the technician is recalled and the visit cancelled all the same; the order stays cancelling', async () => {
    const id = await standing();
    world.neFaults.add('revert', { fault: 'not-sent' }, { times: 1000 });
    await world.cancel(id);
    const process = await world.run(id);
    const types = await world.types(id);
    expect(types).toContain('FieldWorkRecalled');
    expect(types).toContain('ScheduleCancelled');
    expect(process.stage).toBe('cancelling');
    expect(world.tm.ledger().appointments).toMatchObject([{ status: 'cancelled' }]);
    world.neFaults.clear();
    expect((await world.settle(id)).stage).toBe('cancelled');
  });

  test('the desk does not wait for a network that hangs', async () => {
    const id = await standing({ ne: { latencyMs: (operation) => (operation === 'revert' ? 60_000 : 0) } });
    await world.cancel(id);
    const cancelledAt = world.clock.now();
    await world.run(id);
    const said = (await world.events(id)).find(({ type }) => type === 'ScheduleCancelled');
    expect(Date.parse(said?.at ?? '') - cancelledAt).toBeLessThanOrEqual(300);
    await world.settle(id);
  });
});

describe('with the desk down', () => {
  test('the network is undone all the same; the order stays cancelling', async () => {
    const id = await standing();
    world.tmFaults.add('change', { fault: 'not-sent' }, { times: 1000 });
    await world.cancel(id);
    const process = await world.run(id);
    expect(await world.types(id)).toContain('ActivationCancelled');
    expect(process.stage).toBe('cancelling');
    world.tmFaults.clear();
    expect((await world.settle(id)).stage).toBe('cancelled');
  });
});

describe('a cancel that comes', () => {
  test('before anything was sent needs no peer', async () => {
    world = await sagaWorld();
    const id = await world.place();
    await world.cancel(id);
    const process = await world.settle(id);
    expect(process.stage).toBe('cancelled');
    expect(await world.types(id)).toEqual([
      'OrderPlaced',
      'OrderCancelled',
      'ActivationCancelled',
      'OrderClosed',
    ]);
    expect(world.ne.ledger().requests).toEqual([]);
  });

  test.each(['lost-after', 'lost-before'] as const)(
    'while a create is in doubt waits until its outcome is known: %s',
    async (fault) => {
      world = await sagaWorld();
      world.neFaults.add('create', { fault });
      const id = await world.place();
      await world.run(id);
      await world.cancel(id);
      await world.run(id);
      expect((await world.order(id)).stage).toBe('cancelling');
      expect((await world.settle(id)).stage).toBe('cancelled');
      const types = await world.types(id);
      expect(types.includes('ServiceReverted')).toBe(fault === 'lost-after');
    },
  );

  test('while a create is on its way waits for its answer, and takes it back', async () => {
    world = await sagaWorld({ ne: { latencyMs: () => 1_000 } });
    const id = await world.place();
    const running = world.run(id);
    while ((await world.types(id)).at(-1) !== 'ServiceRequested') await world.clock.toNext();
    await world.cancel(id);
    await running;
    const process = await world.settle(id);
    expect(process.stage).toBe('cancelled');
    const types = await world.types(id);
    expect(types.indexOf('ServiceActivated')).toBeGreaterThan(types.indexOf('OrderCancelled'));
    expect(types.filter((type) => type === 'ServiceRequested')).toHaveLength(1);
  });

  test.each(['lost-after', 'lost-before'] as const)(
    'while a call is in doubt waits for the look-up: %s',
    async (fault) => {
      world = await sagaWorld();
      world.tmFaults.add('call', { fault });
      const id = await world.place();
      await world.run(id);
      await world.cancel(id);
      const process = await world.settle(id);
      expect(process.stage).toBe('cancelled');
      const types = await world.types(id);
      expect(types).toContain(fault === 'lost-after' ? 'CustomerCalled' : 'CallNotPlaced');
      expect(types).not.toContain('Scheduled');
    },
  );

  test('while the order is held releases the holds', async () => {
    world = await sagaWorld();
    world.tmFaults.add('search', { fault: 'reject', code: 'AREA_CLOSED' });
    const id = await world.place();
    await world.settle(id);
    await world.cancel(id);
    const process = await world.settle(id);
    expect(process.stage).toBe('cancelled');
    expect(process.order.holds).toEqual([]);
  });
});

describe('what appears after the end', () => {
  const found = (id: string, neId: string) =>
    world.change(id, () => [
      {
        type: 'ServiceFound',
        data: { key: `${id}/access.gpon#1/1`, neId, how: 'reconcile' },
      },
    ]);

  test('of a cancelled order opens it again, is reverted, and closes it anew', async () => {
    world = await sagaWorld();
    world.neFaults.add('create', { fault: 'late-after', ms: 30_000 });
    const id = await world.place();
    await world.run(id);
    await world.cancel(id);
    const first = await world.settle(id, 12_000);
    expect(first.stage).toBe('cancelled');
    await world.clock.advance(60_000);
    expect(world.ne.ledger().services).toMatchObject([{ state: 'active' }]);
    await found(id, 'NE-000001');
    const again = await world.order(id);
    expect(again.stage).toBe('cancelling');
    expect(isClosed(again)).toBe(false);
    expect((await world.view(id)).open).toBe(true);
    const process = await world.settle(id);
    expect(process.stage).toBe('cancelled');
    expect((await world.types(id)).slice(-5)).toEqual([
      'ServiceFound',
      'RevertRequested',
      'ServiceReverted',
      'ActivationCancelled',
      'OrderClosed',
    ]);
  });

  test('of a returned order shows it returning again', async () => {
    const id = await standing();
    await world.change(id, (process) =>
      failFieldWork(process, 'NO_FACILITY', { occurredAt: iso(world.clock.now()) }),
    );
    await world.settle(id);
    await found(id, 'NE-000001');
    expect((await world.order(id)).stage).toBe('returning');
    expect((await world.settle(id)).stage).toBe('returned');
  });

  test('a call that was answered after the end is recorded, and its appointment cancelled', async () => {
    world = await sagaWorld();
    world.tmFaults.add('call', { fault: 'late-after', ms: 30_000 });
    const id = await world.place();
    await world.run(id);
    await world.cancel(id);
    expect((await world.settle(id, 12_000)).stage).toBe('cancelled');
    await world.clock.advance(60_000);
    const [appointment] = world.tm.ledger().appointments;
    expect(appointment?.status).toBe('confirmed');
    await world.change(id, (process) => [
      {
        type: 'CustomerCalled',
        data: {
          callKey: `${process.orderId}/call#1`,
          outcome: 'AGREED',
          slot: { start: appointment?.start ?? '', end: appointment?.end ?? '' },
          appointmentId: appointment?.appointmentId ?? '',
          nextCallAt: null,
          by: 'desk',
        },
      },
    ]);
    expect((await world.order(id)).stage).toBe('cancelling');
    expect((await world.settle(id)).stage).toBe('cancelled');
    expect(world.tm.ledger().appointments).toMatchObject([{ status: 'cancelled' }]);
  });
});

test('an undo tries for ever, with a wait that stops growing', async () => {
  const id = await standing();
  world.neFaults.add('revert', { fault: 'lost-before' }, { times: 40 });
  await world.cancel(id);
  const process = await world.settle(id, 4 * 3_600_000);
  expect(process.stage).toBe('cancelled');
  expect(world.neFaults.left()).toBe(0);
});
