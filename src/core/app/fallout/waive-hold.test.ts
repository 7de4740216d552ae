import { describe, expect, it } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import type { Finding } from '../../peers/finding.ts';
import { unprovenOf } from '../../process/waive.ts';
import { runOrder } from '../engine/order-loop.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import type { HoldWish } from './hold-wish.ts';
import { waiveHeld } from './waive-hold.ts';

const HSI = 'ORD-000001/internet.hsi#1/1';
const ACCESS = 'ORD-000001/access.gpon#1/1';

const waive = (world: SagaWorld, wish: HoldWish, actor = world.deps.actor) =>
  waiveHeld({ ...world.deps, actor }, 'ORD-000001', { wish, reason: 'the OLT was scrapped' });

/** Cancelled while a create is in doubt, at an NE that cannot look anything up. */
const inDoubt = async (): Promise<SagaWorld> => {
  const world = await sagaWorld();
  world.neFaults.add('find', { fault: 'no-lookup' }, { times: 999 });
  world.neFaults.add('create', { fault: 'lost-after' }, { key: ACCESS });
  await world.place();
  await world.run('ORD-000001');
  await world.cancel('ORD-000001');
  return world;
};

const compare = (world: SagaWorld): Promise<readonly Finding[]> =>
  world.awaiting(
    (async () => {
      const findings: Finding[] = [];
      for await (const finding of reconcile(world.deps, { fix: true })) findings.push(finding);
      return findings;
    })(),
  );

describe('what nobody can prove', () => {
  it('is left unproven by a supervisor, and the order ends', async () => {
    const world = await inDoubt();
    await world.settle('ORD-000001');
    expect(await world.view('ORD-000001')).toMatchObject({
      stage: 'cancelling',
      holds: [{ step: 'CheckService', cause: 'NO_LOOKUP' }],
    });
    const before = (await world.types('ORD-000001')).length;
    expect((await waive(world, { service: 'access.gpon#1' })).status).toBe('done');
    await world.settle('ORD-000001');
    expect((await world.types('ORD-000001')).slice(before)).toEqual([
      'ServiceWaived',
      'HoldReleased',
      'ActivationCancelled',
      'OrderClosed',
    ]);
    expect((await world.view('ORD-000001')).stage).toBe('cancelled');
    expect(unprovenOf(await world.order('ORD-000001'))).toEqual(['access.gpon#1']);
    expect((await waive(world, { service: 'access.gpon#1' })).status).toBe('already');
  });

  it('is watched for ever: when it shows, the order opens again, and nothing is unproven any more', async () => {
    const world = await inDoubt();
    await world.settle('ORD-000001');
    await waive(world, { step: 'CheckService' });
    await world.settle('ORD-000001');
    const findings = await compare(world);
    expect(findings).toMatchObject([{ kind: 'orphan', key: ACCESS, stage: 'cancelled', state: 'fixed' }]);
    expect(unprovenOf(await world.order('ORD-000001'))).toEqual([]);
    expect((await world.types('ORD-000001')).at(-1)).toBe('OrderClosed');
  });

  it('is not waived by others', async () => {
    const world = await inDoubt();
    await world.settle('ORD-000001');
    await expect(waive(world, { step: 'CheckService' }, 'noc:kim')).rejects.toMatchObject({ code: 'DENIED' });
  });
});

describe('what can still be proven', () => {
  it('is not waived while a request may have an effect', async () => {
    const world = await inDoubt();
    // The hold is there before the bound is over.
    await world.change('ORD-000001', () => [
      {
        type: 'OrderHeld',
        data: { hold: `CheckService:${ACCESS}`, step: 'CheckService', cause: 'NO_LOOKUP' },
      },
    ]);
    const error = await waive(world, { step: 'CheckService' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'STILL_PROVABLE', retryAt: expect.any(Number) });
    expect(await world.types('ORD-000001')).not.toContain('ServiceWaived');
  });

  it('is not waived where nothing is held, while the order goes on, and once it is closed', async () => {
    const world = await sagaWorld();
    world.neFaults.add('find', { fault: 'no-lookup' }, { times: 999 });
    world.neFaults.add('create', { fault: 'lost-after' }, { key: ACCESS });
    await world.place();
    await expect(waive(world, { step: 'CheckService' })).rejects.toMatchObject({ code: 'HOLD_NOT_FOUND' });
    await world.settle('ORD-000001');
    await expect(waive(world, { step: 'CheckService' })).rejects.toMatchObject({ code: 'ILLEGAL_IN_STAGE' });
  });

  it('is not waived where the NE says that the service stays on', async () => {
    const world = await sagaWorld();
    await world.settle(await world.place());
    world.neFaults.add('revert', { fault: 'reject', code: 'LOCKED' }, { key: HSI, times: 99 });
    await world.cancel('ORD-000001');
    await world.run('ORD-000001');
    expect((await world.view('ORD-000001')).holds).toMatchObject([{ step: 'RevertService' }]);
    await expect(waive(world, { step: 'RevertService' })).rejects.toMatchObject({ code: 'NOT_TO_WAIVE' });
  });
});

describe('an appointment at a desk that is gone', () => {
  it('is left unproven too', async () => {
    const world = await sagaWorld();
    await world.settle(await world.place());
    world.tm.byItself('APT-000001', 'forgotten');
    await world.cancel('ORD-000001');
    const another = { ...world.deps, tm: { ...world.deps.tm, identity: 'tm:another' } };
    await world.awaiting(runOrder(another, await world.claim('ORD-000001')));
    expect((await world.view('ORD-000001')).holds).toMatchObject([
      { step: 'CancelSchedule', cause: 'PEER_CHANGED' },
    ]);
    await waive(world, { step: 'CancelSchedule' });
    await world.settle('ORD-000001');
    expect((await world.view('ORD-000001')).stage).toBe('cancelled');
    expect(unprovenOf(await world.order('ORD-000001'))).toEqual(['APT-000001']);
  });
});
