import { afterEach, describe, expect, test, vi } from 'vitest';
import { and, given, typesOf } from '../../../../test/support/given.ts';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import { stepLab, stepOf } from '../../../../test/support/step-lab.ts';
import {
  amended,
  cancelled,
  event,
  keyOf,
  requested,
  started,
  switchedOn,
} from '../../../../test/support/stories.ts';
import { runOrder } from '../../app/engine/order-loop.ts';
import { iso } from '../../time/iso.ts';

const ACCESS = (id: string) => `${id}/access.gpon#1/1`;
const HSI = (id: string) => `${id}/internet.hsi#1/1`;

let world: SagaWorld;
let repeats = false;
afterEach(async () => {
  expect(await world.broken({ peersRepeat: repeats })).toEqual([]);
  repeats = false;
});

const last = async (id: string, type: string) =>
  (await world.events(id)).findLast((one) => one.type === type);

describe('a create that is answered', () => {
  test('with a live service is proven on, and names its intent', async () => {
    world = await sagaWorld();
    const id = await world.place();
    await world.settle(id);
    const [intent, answer] = (await world.events(id)).slice(2, 4);
    expect(intent).toMatchObject({
      type: 'ServiceRequested',
      data: { key: ACCESS(id), peer: 'ne:simulated', attempt: 0 },
    });
    expect(answer).toMatchObject({
      type: 'ServiceActivated',
      causationId: intent?.eventId,
      data: { key: ACCESS(id), neId: 'NE-000001', equipmentId: 'OLT-0001/1/1/1' },
    });
  });

  test('with a refusal holds the order for a person, and nothing that needs it is tried', async () => {
    world = await sagaWorld();
    world.neFaults.add('create', { fault: 'reject', code: 'NO_PORT' });
    const id = await world.place();
    const process = await world.settle(id);
    expect(await world.types(id)).toEqual([
      'OrderPlaced',
      'ActivationStarted',
      'ServiceRequested',
      'ServiceInDoubt',
      'ServiceRejected',
      'OrderHeld',
    ]);
    expect(await last(id, 'ServiceInDoubt')).toMatchObject({ data: { code: 'NO_PORT' } });
    expect(process.stage).toBe('held');
    expect(process.order.holds).toMatchObject([
      { hold: `ActivateService:${ACCESS(id)}`, step: 'ActivateService', cause: 'NO_PORT' },
    ]);
  });

  test('with a refusal leaves the services beside it going on', async () => {
    world = await sagaWorld();
    const id = await world.place({ lines: { internet: 1, tv: 1 } });
    world.neFaults.add('create', { fault: 'reject', code: 'NO_VLAN' }, { key: HSI(id) });
    const process = await world.settle(id);
    const proofs = [...process.activation.services.values()].map(({ plan, proof }) => [plan.service, proof]);
    expect(proofs).toEqual([
      ['access.gpon#1', 'on'],
      ['internet.hsi#1', 'refused'],
      ['tv.multicast#1', 'on'],
      ['tv.stb#1', 'on'],
    ]);
  });

  test('with a refusal after the line was taken out holds nobody', async () => {
    const two = given(
      ...started({ internet: 2, tv: 0 }),
      ...switchedOn('access.gpon#1'),
      ...switchedOn('internet.hsi#1'),
    );
    const lab = await stepLab();
    const key = keyOf('internet.hsi#2');
    const refused = event('ServiceInDoubt', {
      key,
      cause: { code: 'REFUSED', reason: 'NO_VLAN', told: '' },
      code: 'NO_VLAN',
    });
    const sent = and(two, requested('internet.hsi#2'), refused);
    const step = stepOf(sent, 'CheckService');
    const answer = await lab.send(sent, step);
    expect(typesOf((await lab.judge(answer, sent, step)).events)).toEqual(['ServiceRejected', 'OrderHeld']);
    const taken = and(sent, amended({ internet: 1, tv: 0 }));
    expect(typesOf((await lab.judge(answer, taken, step)).events)).toEqual(['ServiceRejected']);
    expect(typesOf((await lab.judge(answer, and(sent, cancelled('activating')), step)).events)).toEqual([
      'ServiceRejected',
    ]);
  });

  test('with 202 is in doubt with the monitor, which is read until it ends', async () => {
    world = await sagaWorld();
    world.neFaults.add('create', { fault: 'monitor', ms: 5000 });
    const id = await world.place();
    await world.settle(id);
    expect(await last(id, 'ServiceInDoubt')).toMatchObject({ data: { key: ACCESS(id), monitor: 'MON-1' } });
    expect(await last(id, 'ServiceFound')).toMatchObject({ data: { key: ACCESS(id), how: 'look-up' } });
    expect((await world.order(id)).scheduling.visit).not.toBeNull();
  });
});

describe('a create that did not leave', () => {
  test.each([
    { fault: 'busy', retryAt: Date.parse('2026-11-24T01:00:30.000Z') } as const,
    { fault: 'misconfigured' } as const,
  ])('as far as an answer says is looked up all the same, and comes again: $fault', async (fault) => {
    world = await sagaWorld();
    world.neFaults.add('create', fault);
    const id = await world.place();
    await world.run(id);
    expect((await world.types(id)).slice(2)).toEqual(['ServiceRequested', 'ServiceInDoubt']);
    expect(await last(id, 'ServiceInDoubt')).toMatchObject({ data: { key: ACCESS(id), turnedAway: true } });
    const { ne } = (await world.row(id)).lanes;
    expect(ne.tries).toBe(1);
    if (fault.fault === 'busy') expect(ne.due).toBe(fault.retryAt);
    expect((await world.settle(id)).scheduling.visit).not.toBeNull();
    expect(await last(id, 'ServiceNotFound')).toMatchObject({ data: { key: ACCESS(id), why: 'absent' } });
    expect((await world.order(id)).order.holds).toEqual([]);
    expect(world.ne.ledger().effects.filter(({ key }) => key === ACCESS(id))).toHaveLength(1);
  });

  test('is known absent without a look-up, and comes again', async () => {
    world = await sagaWorld();
    world.neFaults.add('create', { fault: 'not-sent' });
    const id = await world.place();
    await world.run(id);
    expect((await world.types(id)).slice(2)).toEqual(['ServiceRequested', 'ServiceNotFound']);
    expect(await last(id, 'ServiceNotFound')).toMatchObject({ data: { key: ACCESS(id), why: 'not-sent' } });
    expect((await world.row(id)).lanes.ne.tries).toBe(1);
    expect((await world.settle(id)).scheduling.visit).not.toBeNull();
    expect(world.ne.ledger().requests.filter(({ operation }) => operation === 'find')).toEqual([]);
  });

  test('because the breaker is open burns no attempt and comes when it may close', async () => {
    world = await sagaWorld();
    const retryAt = world.clock.now() + 20_000;
    world.neFaults.add('admit', { fault: 'breaker-open', retryAt });
    const id = await world.place();
    await world.run(id);
    expect(await world.types(id)).toEqual(['OrderPlaced', 'ActivationStarted']);
    const { ne } = (await world.row(id)).lanes;
    expect(ne).toMatchObject({ tries: 0, due: retryAt, error: { code: 'BREAKER_OPEN', last: null } });
    expect((await world.settle(id)).scheduling.visit).not.toBeNull();
  });

  test('because the breaker opened after the intent is told so, and burns no attempt', async () => {
    world = await sagaWorld();
    const retryAt = world.clock.now() + 20_000;
    world.neFaults.add('create', { fault: 'breaker-open', retryAt });
    const id = await world.place();
    await world.run(id);
    expect((await world.types(id)).slice(2)).toEqual(['ServiceRequested', 'ServiceNotFound']);
    expect((await world.row(id)).lanes.ne).toMatchObject({ tries: 0, due: retryAt });
    await world.settle(id);
  });

  // The window is counted from no later than the time on the intent, from which others count theirs.
  test.each(['ActivateService:before-intent', 'ActivateService:after-intent'])(
    'because the window had passed is not sent at all: it stood still at %s',
    async (point) => {
      world = await sagaWorld();
      const { clock } = world;
      const id = await world.place();
      const slow = {
        ...world.deps,
        crashPoint: (name: string) => {
          if (name === point) skipped += 2_001;
        },
      };
      let skipped = 0;
      const late = { ...clock, monotonic: () => clock.monotonic() + skipped };
      await runOrder({ ...slow, clock: late }, await world.claim(id));
      expect((await world.types(id)).slice(2)).toEqual(['ServiceRequested', 'ServiceNotFound']);
      expect(world.ne.ledger().requests).toEqual([]);
      expect((await world.settle(id)).scheduling.visit).not.toBeNull();
    },
  );
});

describe('a create in doubt', () => {
  test.each([
    { fault: 'lost-after' } as const,
    { fault: 'garbage' } as const,
    { fault: 'late-after', ms: 7_000 } as const,
  ])('that had its effect is found by its key, and not sent again: $fault', async (fault) => {
    world = await sagaWorld();
    world.neFaults.add('create', fault);
    const id = await world.place();
    await world.run(id);
    expect((await world.types(id)).slice(2)).toEqual(['ServiceRequested', 'ServiceInDoubt']);
    const process = await world.settle(id);
    expect(await last(id, 'ServiceFound')).toMatchObject({
      data: { key: ACCESS(id), neId: 'NE-000001', equipmentId: 'OLT-0001/1/1/1', how: 'look-up' },
    });
    expect(process.activation.services.get(ACCESS(id))?.tries).toBe(1);
  });

  test('that had none is absent only late, and sent again with the same key', async () => {
    world = await sagaWorld();
    world.neFaults.add('create', { fault: 'lost-before' });
    const create = vi.spyOn(world.ne, 'create');
    const id = await world.place();
    const intentAt = world.clock.now();
    await world.run(id);
    expect((await world.row(id)).lanes.ne.due).toBe(intentAt + 10_000);
    await world.settle(id);
    const absent = await last(id, 'ServiceNotFound');
    expect(absent).toMatchObject({ at: iso(intentAt + 10_000), data: { key: ACCESS(id), why: 'absent' } });
    const sent = (await world.events(id)).filter(
      (one) => one.type === 'ServiceRequested' && one.data.key === ACCESS(id),
    );
    expect(sent).toHaveLength(2);
    expect(absent?.causationId).toBe(sent[0]?.eventId);
    const keys = create.mock.calls.map(([request]) => request.idempotencyKey);
    expect(keys.slice(0, 2)).toEqual([ACCESS(id), ACCESS(id)]);
  });

  test('of an NE that makes every create a service of its own is never repeated', async () => {
    repeats = true;
    world = await sagaWorld({ ne: { idempotent: false } });
    world.neFaults.add('create', { fault: 'lost-after' });
    const id = await world.place();
    await world.settle(id);
    expect(world.ne.ledger().services.filter(({ key }) => key === ACCESS(id))).toHaveLength(1);
  });
});
