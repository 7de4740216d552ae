import { describe, expect, test } from 'vitest';
import { given } from '../../../../test/support/given.ts';
import { sagaWorld } from '../../../../test/support/saga-world.ts';
import { stepLab, stepOf } from '../../../../test/support/step-lab.ts';
import { cancelled, event, keyOf, NE, requested, started } from '../../../../test/support/stories.ts';
import { planService } from '../../activation/catalogue.ts';
import { DEFAULT_POLICY } from '../../rules/policy.ts';
import { ownClock } from '../../time/own-clock.ts';
import { revertService } from './revert-service.ts';

/** An order whose services are on, in a world that is about to go wrong. */
const standing = async (options: Parameters<typeof sagaWorld>[0] = {}, lines = { internet: 1, tv: 0 }) => {
  const world = await sagaWorld(options);
  const id = await world.place({ lines });
  await world.settle(id);
  return { world, id, access: `${id}/access.gpon#1/1`, hsi: `${id}/internet.hsi#1/1` };
};
const live = (world: {
  readonly ne: { readonly ledger: () => { services: readonly { state: string }[] } };
}) => world.ne.ledger().services.filter(({ state }) => state === 'active').length;

describe('a revert', () => {
  test('goes against the dependencies, asks once a service, and ends in ActivationCancelled', async () => {
    const { world, id, access, hsi } = await standing();
    const before = (await world.events(id)).length;
    await world.cancel(id);
    await world.settle(id);
    const after = (await world.events(id)).slice(before);
    const network = after.filter(({ type }) => /Revert|Activation/.test(type));
    expect(network.map((one) => [one.type, 'key' in one.data ? one.data.key : undefined])).toEqual([
      ['RevertRequested', hsi],
      ['ServiceReverted', hsi],
      ['RevertRequested', access],
      ['ServiceReverted', access],
      ['ActivationCancelled', undefined],
    ]);
    expect(await world.broken()).toEqual([]);
  });

  test.each(['lost-before', 'lost-after', 'garbage', 'not-sent', 'misconfigured'] as const)(
    'that fails is simply sent again: %s',
    async (fault) => {
      const { world, id } = await standing();
      world.neFaults.add('revert', { fault }, { times: 3 });
      await world.cancel(id);
      expect((await world.settle(id)).stage).toBe('cancelled');
      const types = await world.types(id);
      expect(types.filter((type) => type === 'RevertRequested')).toHaveLength(2);
      expect(types).not.toContain('OrderHeld');
      expect(await world.broken()).toEqual([]);
    },
  );

  test('that the NE refuses is a hold, is tried for ever, and is told again only when the code changes', async () => {
    const { world, id, hsi } = await standing();
    world.neFaults.add('revert', { fault: 'reject', code: 'LOCKED' }, { times: 3 });
    world.neFaults.add('revert', { fault: 'reject', code: 'BUSY_PORT' }, { times: 2 });
    await world.cancel(id);
    await world.run(id);
    expect((await world.order(id)).order.holds).toMatchObject([
      { hold: `RevertService:${hsi}`, step: 'RevertService', cause: 'LOCKED' },
    ]);
    const process = await world.settle(id);
    expect(process.stage).toBe('cancelled');
    expect(process.order.holds).toEqual([]);
    const told = (await world.events(id)).filter(({ type }) => /RevertRejected|OrderHeld/.test(type));
    expect(told.map((one) => [one.type, 'code' in one.data ? one.data.code : undefined])).toEqual([
      ['RevertRejected', 'LOCKED'],
      ['OrderHeld', undefined],
      ['RevertRejected', 'BUSY_PORT'],
      ['OrderHeld', undefined],
    ]);
    expect(await world.broken()).toEqual([]);
  });

  test('that the NE refuses for one service keeps no other one on', async () => {
    const { world, id, hsi } = await standing({}, { internet: 2, tv: 0 });
    world.neFaults.add('revert', { fault: 'reject', code: 'LOCKED' }, { times: 1000, key: hsi });
    await world.cancel(id);
    await world.settle(id);
    const { services } = (await world.order(id)).activation;
    expect(services.get(hsi)?.proof).toBe('on');
    expect(services.get(`${id}/internet.hsi#2/1`)?.proof).toBe('off');
    world.neFaults.clear();
    expect((await world.settle(id, 3_600_000)).stage).toBe('cancelled');
    expect(await world.broken()).toEqual([]);
  });

  test('of what the NE does not know any more is proven by a look-up', async () => {
    const lab = await stepLab();
    const access = keyOf('access.gpon#1');
    const gone = given(
      ...started(),
      requested('access.gpon#1'),
      event('ServiceActivated', { key: access, neId: 'NE-777' }),
      cancelled('activating'),
      event('RevertRequested', { key: access, peer: NE }),
    );
    const step = stepOf(gone, 'RevertService');
    const judged = await lab.judge(await lab.send(gone, step), gone, step);
    expect(judged.events).toEqual([{ type: 'ServiceReverted', data: { key: access, how: 'was-absent' } }]);
    const elsewhere = await stepLab({ ne: { identity: 'ne:http://elsewhere' } });
    const held = await elsewhere.judge(await elsewhere.send(gone, step), gone, step);
    expect(held.events).toMatchObject([{ type: 'OrderHeld', data: { cause: 'PEER_CHANGED' } }]);
    expect(held.retry).not.toBeNull();
    const silent = await stepLab({ ne: { lookup: false } });
    expect((await silent.judge(await silent.send(gone, step), gone, step)).events).toMatchObject([
      { type: 'OrderHeld', data: { cause: 'NO_LOOKUP' } },
    ]);
  });

  test('by DELETE is proven by a look-up', async () => {
    const { world, id } = await standing({ ne: { revertVerb: 'delete' } });
    await world.cancel(id);
    expect((await world.settle(id)).stage).toBe('cancelled');
    expect(live(world)).toBe(0);
    expect(await world.broken()).toEqual([]);
  });

  test('that finds the service under another id switches that one off', async () => {
    const { world, id, hsi } = await standing({ ne: { idempotent: false } });
    const [known] = (await world.events(id)).filter((one) => one.type === 'ServiceActivated');
    expect(known).toBeDefined();
    await world.change(id, () => [
      { type: 'ServiceFound', data: { key: hsi, neId: 'NE-999', how: 'by-hand' } },
    ]);
    await world.cancel(id);
    expect((await world.settle(id)).stage).toBe('cancelled');
    expect(live(world)).toBe(0);
    expect(await world.broken()).toEqual([]);
  });

  test('takes every service of one key', async () => {
    const world = await sagaWorld({ ne: { idempotent: false } });
    const id = await world.place();
    world.neFaults.add('create', { fault: 'duplicate' });
    world.neFaults.add('find', { fault: 'lost-before' }, { times: 2 });
    await world.settle(id, 1_000);
    expect(live(world)).toBe(3);
    const access = `${id}/access.gpon#1/1`;
    await world.change(id, () => [
      {
        type: 'ServiceFound',
        data: { key: access, neId: 'NE-000001', how: 'reconcile', duplicates: ['NE-000002'] },
      },
    ]);
    await world.cancel(id);
    expect((await world.settle(id)).stage).toBe('cancelled');
    expect(live(world)).toBe(0);
    expect(await world.broken({ peersRepeat: true })).toEqual([]);
  });

  test('takes what the NE made twice and told of once, without having been told', async () => {
    const world = await sagaWorld({ ne: { idempotent: false } });
    const id = await world.place();
    const hsi = `${id}/internet.hsi#1/1`;
    world.neFaults.add('create', { fault: 'duplicate' }, { key: hsi });
    await world.settle(id);
    expect(live(world)).toBe(3);
    await world.cancel(id);
    expect((await world.settle(id)).stage).toBe('cancelled');
    expect(live(world)).toBe(0);
    const told = (await world.events(id)).filter((one) => 'key' in one.data && one.data.key === hsi);
    expect(told.map(({ type }) => type)).toEqual([
      'ServiceRequested',
      'ServiceActivated',
      'RevertRequested',
      'ServiceFound',
      'ServiceReverted',
    ]);
    expect(await world.broken({ peersRepeat: true })).toEqual([]);
  });

  test('is confirmed by the NE alone where it cannot look up', async () => {
    const { world, id } = await standing({ ne: { lookup: false } });
    await world.cancel(id);
    expect((await world.settle(id)).stage).toBe('cancelled');
    expect(live(world)).toBe(0);
  });

  test('is not believed while the look-up is not answered', async () => {
    const { world, id, hsi } = await standing();
    world.neFaults.add('find', { fault: 'garbage' }, { key: hsi });
    await world.cancel(id);
    await world.run(id);
    expect((await world.order(id)).activation.services.get(hsi)?.proof).toBe('on');
    expect((await world.settle(id)).stage).toBe('cancelled');
    expect(await world.broken()).toEqual([]);
  });

  test('that the NE confirms and does not do is asked again later, not at once', async () => {
    const { world, id, hsi } = await standing();
    const live = (await world.order(id)).activation.services.get(hsi);
    const revert = async () => ({
      kind: 'confirmed' as const,
      value: { neId: live?.neId ?? '', key: hsi, state: 'terminated' },
    });
    await world.cancel(id);
    const process = await world.order(id);
    const step = stepOf(process, 'RevertService');
    const lab = await stepLab();
    const settle = await revertService.send(process, step, {
      ne: { ...world.ne, revert },
      tm: world.tm,
      policy: DEFAULT_POLICY,
      now: world.clock.now,
      own: ownClock(world.clock),
      askToSend: async () => {
        const admission = await world.ne.admit();
        return admission.admitted ? { permit: admission.permit, deadlineMs: 5_000 } : null;
      },
      phone: async () => null,
    });
    const settled = await lab.judge(settle, process, step);
    expect(settled).toMatchObject({ events: [], retry: { alone: true, burn: true } });
  });

  test('takes the services of a key one of which was known before the other was found', async () => {
    const world = await sagaWorld({ ne: { idempotent: false } });
    const id = await world.place();
    world.neFaults.add('create', { fault: 'duplicate' });
    await world.settle(id);
    const access = `${id}/access.gpon#1/1`;
    await world.change(id, () => [
      { type: 'ServiceFound', data: { key: access, neId: 'NE-000002', how: 'reconcile' } },
    ]);
    await world.cancel(id);
    expect((await world.settle(id)).stage).toBe('cancelled');
    expect(live(world)).toBe(0);
    expect(await world.broken({ peersRepeat: true })).toEqual([]);
  });
});

test('a service in question that the NE cannot look up keeps no other one on', async () => {
  const world = await sagaWorld({ ne: { lookup: false } });
  const id = await world.place({ lines: { internet: 2, tv: 0 } });
  world.neFaults.add('create', { fault: 'lost-after' }, { key: `${id}/internet.hsi#2/1` });
  await world.settle(id);
  expect((await world.order(id)).stage).toBe('held');
  await world.cancel(id);
  await world.settle(id);
  const process = await world.order(id);
  expect(process.stage).toBe('cancelling');
  expect(process.activation.services.get(`${id}/internet.hsi#1/1`)?.proof).toBe('off');
  expect(process.order.holds).toMatchObject([{ step: 'CheckService', cause: 'NO_LOOKUP' }]);
});

describe('an id that belongs to another order by now', () => {
  const KEY = keyOf('access.gpon#1');
  const OTHERS = 'ORD-000043/access.gpon#1/1';
  const undone = given(
    ...started(),
    requested('access.gpon#1'),
    { ...event('ServiceActivated', { key: KEY, neId: 'NE-000001' }), causationId: 'e3' },
    cancelled('activating'),
  );
  const createAs = async (lab: Awaited<ReturnType<typeof stepLab>>, orderId: string) => {
    const admission = await lab.ne.admit();
    if (!admission.admitted) throw new Error('not admitted');
    const needed = { service: 'access.gpon#1', spec: 'access.gpon', dependsOn: [] } as const;
    const service = planService(orderId, needed, 1, null);
    const sending = { permit: admission.permit, deadlineMs: 5_000 };
    await lab.ne.create({ orderId, service, idempotencyKey: service.key }, sending);
  };
  const revert = async (lab: Awaited<ReturnType<typeof stepLab>>) => {
    const step = stepOf(undone, 'RevertService');
    return lab.judge(await lab.send(undone, step), undone, step);
  };

  test('is given up and left alone; the look-up by key says what became of ours', async () => {
    const lab = await stepLab();
    await createAs(lab, 'ORD-000043');
    expect((await revert(lab)).events).toEqual([
      { type: 'ServiceDisowned', data: { key: KEY, neId: 'NE-000001', name: OTHERS } },
      { type: 'ServiceReverted', data: { key: KEY, how: 'was-absent' } },
    ]);
    expect(lab.ne.ledger().services).toMatchObject([{ key: OTHERS, state: 'active' }]);
  });

  test('is given up, and ours is found under the id that it has now', async () => {
    const lab = await stepLab();
    await createAs(lab, 'ORD-000043');
    await createAs(lab, 'ORD-000042');
    expect((await revert(lab)).events).toMatchObject([
      { type: 'ServiceDisowned', data: { neId: 'NE-000001' } },
      { type: 'ServiceFound', data: { neId: 'NE-000002' } },
    ]);
  });
});

describe('whatever a revert is answered with', () => {
  test.each([400, 401, 409, 429, 503] as const)('the look-up follows, and proves it: %i', async (status) => {
    const { world, id } = await standing();
    world.neFaults.add('revert', { fault: 'answered-after', status }, { times: 2 });
    await world.cancel(id);
    await world.run(id);
    expect((await world.order(id)).stage).toBe('cancelled');
    expect(live(world)).toBe(0);
    expect(await world.types(id)).not.toContain('OrderHeld');
  });
});
