import { describe, expect, test } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import { recordRevisit } from '../../fieldwork/decide.ts';
import { DEFAULT_POLICY } from '../../rules/policy.ts';
import { iso } from '../../time/iso.ts';

const standing = async () => {
  const world = await sagaWorld();
  const id = await world.place();
  await world.settle(id);
  return { world, id };
};
const statuses = (world: SagaWorld) => world.tm.ledger().appointments.map(({ status }) => status);
const revisit = (world: SagaWorld, id: string) =>
  world.change(id, (process) =>
    recordRevisit(process, 'NO_ACCESS', { occurredAt: iso(world.clock.now()) }, DEFAULT_POLICY),
  );

describe('after its visit an appointment', () => {
  test('is marked completed, and only then the order closes', async () => {
    const { world, id } = await standing();
    await world.complete(id);
    expect((await world.order(id)).stage).toBe('completed');
    await world.settle(id);
    expect((await world.types(id)).slice(-2)).toEqual(['AppointmentClosed', 'OrderClosed']);
    expect(statuses(world)).toEqual(['completed']);
    expect(await world.broken()).toEqual([]);
  });

  test('is marked failed when the visit was not done, and a new one is agreed', async () => {
    const { world, id } = await standing();
    await revisit(world, id);
    const process = await world.settle(id);
    expect(statuses(world)).toEqual(['failed', 'confirmed']);
    expect(process.scheduling.visit?.appointmentId).toBe('APT-000002');
    expect(await world.broken()).toEqual([]);
  });

  test.each(['lost-before', 'lost-after', 'not-sent'] as const)(
    'is marked again after a fault: %s',
    async (fault) => {
      const { world, id } = await standing();
      world.tmFaults.add('change', { fault }, { times: 2 });
      await world.complete(id);
      await world.settle(id);
      expect((await world.order(id)).order.closed?.outcome).toBe('completed');
      expect(await world.broken()).toEqual([]);
    },
  );

  test('that the desk will not mark is a hold, tried until it is done', async () => {
    const { world, id } = await standing();
    world.tmFaults.add('change', { fault: 'reject', code: 'LOCKED' }, { times: 2 });
    await world.complete(id);
    await world.run(id);
    expect((await world.order(id)).order.holds).toMatchObject([
      { hold: 'CloseAppointment:APT-000001', cause: 'LOCKED' },
    ]);
    const process = await world.settle(id);
    expect(process.order.holds).toEqual([]);
    expect(process.order.closed).not.toBeNull();
    expect(await world.broken()).toEqual([]);
  });

  test('that cannot be marked for one reason is told to a person in the end, and tried on', async () => {
    const { world, id } = await standing();
    world.tmFaults.add('change', { fault: 'misconfigured' }, { times: 6 });
    await world.complete(id);
    await world.settle(id, 4_000);
    const { waits, lanes } = await world.row(id);
    expect(waits).toMatchObject([{ step: 'CloseAppointment', subject: 'APT-000001' }]);
    expect(lanes.tm.retryAt).toBe(0);
    expect((await world.order(id)).order.holds).toEqual([]);
    await world.settle(id, 20_000);
    const holds = (await world.events(id)).filter(({ type }) => type === 'OrderHeld');
    expect(holds).toMatchObject([
      {
        data: {
          hold: 'CloseAppointment:APT-000001',
          cause: 'UNDO_FAILS',
          said: { code: 'HTTP_STATUS', status: 401 },
        },
      },
    ]);
    const process = await world.settle(id, 3_600_000);
    expect(process.order.closed).not.toBeNull();
    expect(process.order.holds).toEqual([]);
    expect(await world.broken()).toEqual([]);
  });

  test('that cannot be marked keeps no other one waiting', async () => {
    const { world, id } = await standing();
    await revisit(world, id);
    world.tmFaults.add('change', { fault: 'misconfigured' }, { key: 'APT-000001', times: 3 });
    await world.run(id);
    // The next visit is agreed while the desk cannot take the end of the one before.
    expect(statuses(world)).toEqual(['confirmed', 'confirmed']);
    await world.settle(id);
    expect(statuses(world)).toEqual(['failed', 'confirmed']);
    expect(await world.broken()).toEqual([]);
  });

  test('is done when the desk made it final itself', async () => {
    const { world, id } = await standing();
    const { visit } = (await world.order(id)).scheduling;
    const admission = await world.tm.admit();
    if (!admission.admitted || visit === null) throw new Error('not admitted');
    const change = { slot: visit.slot, status: 'cancelled' } as const;
    await world.tm.changeAppointment('APT-000001', { callKey: `${id}/call#1`, ...change }, async () => ({
      permit: admission.permit,
      deadlineMs: 5000,
    }));
    await world.complete(id);
    await world.settle(id);
    expect((await world.order(id)).order.closed).not.toBeNull();
    expect(statuses(world)).toEqual(['cancelled']);
  });

  test('is marked failed by an undo that comes before that was done', async () => {
    const { world, id } = await standing();
    await revisit(world, id);
    await world.cancel(id);
    expect((await world.settle(id)).stage).toBe('cancelled');
    expect(statuses(world)).toEqual(['failed']);
    expect(await world.broken()).toEqual([]);
  });
});
