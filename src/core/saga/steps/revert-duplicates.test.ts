import { describe, expect, test } from 'vitest';
import { given } from '../../../../test/support/given.ts';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import { stepLab, stepOf } from '../../../../test/support/step-lab.ts';
import { event, keyOf, started, switchedOn } from '../../../../test/support/stories.ts';
import { DEFAULT_POLICY } from '../../rules/policy.ts';
import { nextSteps } from '../saga.ts';

const HSI = keyOf('internet.hsi#1');
const FOUND = event('ServiceFound', {
  key: HSI,
  neId: 'NE-internet.hsi#1-1',
  how: 'reconcile',
  duplicates: ['NE-000002'],
});
const twice = given(...started(), ...switchedOn('access.gpon#1'), ...switchedOn('internet.hsi#1'), FOUND);

/** A scheduled order whose network made a service twice, and the comparison that found it. */
const foundTwice = async (change: (world: SagaWorld) => void = () => {}) => {
  const world = await sagaWorld({ ne: { idempotent: false } });
  const id = await world.place();
  const key = `${id}/internet.hsi#1/1`;
  world.neFaults.add('create', { fault: 'duplicate' }, { key });
  await world.settle(id);
  const neId = (await world.order(id)).activation.services.get(key)?.neId ?? '';
  change(world);
  await world.change(id, () => [
    { type: 'ServiceFound', data: { key, neId, how: 'reconcile', duplicates: ['NE-000003'] } },
  ]);
  const live = () =>
    world.ne
      .ledger()
      .services.filter((one) => one.key === key && one.state === 'active')
      .map((one) => one.neId);
  return { world, id, key, neId, live };
};

describe('what the network made beside a wanted service', () => {
  test('goes, and the service stays', async () => {
    const { world, id, neId, live } = await foundTwice();
    await world.settle(id);
    expect(live()).toEqual([neId]);
    expect((await world.types(id)).slice(-2)).toEqual(['RevertRequested', 'DuplicatesReverted']);
    expect(await world.broken({ peersRepeat: true })).toEqual([]);
  });

  test('is asked to go once, however often that is sent', async () => {
    const { world, id, neId, live } = await foundTwice((one) =>
      one.neFaults.add('revert', { fault: 'lost-before' }, { times: 3 }),
    );
    await world.settle(id);
    expect(live()).toEqual([neId]);
    expect((await world.types(id)).filter((type) => type === 'RevertRequested')).toHaveLength(1);
  });

  test('waits for a person when the network refuses, and goes with an undo all the same', async () => {
    const { world, id, key, live } = await foundTwice((one) =>
      one.neFaults.add('revert', { fault: 'reject', code: 'LOCKED' }),
    );
    await world.settle(id);
    const held = await world.order(id);
    expect(held.order.holds).toMatchObject([{ hold: `RevertService:${key}`, cause: 'LOCKED' }]);
    expect(nextSteps(held, DEFAULT_POLICY).map(({ name }) => name)).not.toContain('RevertService');
    await world.cancel(id);
    expect((await world.settle(id)).stage).toBe('cancelled');
    expect(live()).toEqual([]);
    expect(await world.broken({ peersRepeat: true })).toEqual([]);
  });

  test('is not touched while the look-up is not answered', async () => {
    const lab = await stepLab();
    lab.neFaults.add('find', { fault: 'garbage' });
    const step = stepOf(twice, 'RevertService');
    const settled = await lab.judge(await lab.send(twice, step), twice, step);
    expect(settled).toMatchObject({ events: [], retry: { burn: true } });
    expect(lab.ne.ledger().requests.map(({ operation }) => operation)).toEqual(['find']);
  });

  test('is nothing to go when nothing lives under the key, at the peer that was asked', async () => {
    const lab = await stepLab();
    const step = stepOf(twice, 'RevertService');
    const off = { type: 'DuplicatesReverted', data: { key: HSI, neIds: ['NE-000002'] } };
    expect((await lab.judge(await lab.send(twice, step), twice, step)).events).toEqual([off]);
    const elsewhere = await stepLab({ ne: { identity: 'ne:http://elsewhere' } });
    const held = await elsewhere.judge(await elsewhere.send(twice, step), twice, step);
    expect(held.events).toMatchObject([{ type: 'OrderHeld', data: { cause: 'PEER_CHANGED' } }]);
  });
});
