import { describe, expect, it } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import type { Finding } from '../../peers/finding.ts';
import { newProcess, processOf } from '../../process/process.ts';
import { judgeLive } from '../../reconcile/judge.ts';
import { DEFAULT_POLICY } from '../../rules/policy.ts';
import { Refusal } from '../../rules/refusal.ts';
import { runOrder } from '../engine/order-loop.ts';
import { markDone } from '../fallout/mark-done.ts';
import { retryHolds } from '../fallout/retry-holds.ts';
import { admitNe } from './inventory.ts';
import { reconcile } from './reconcile.ts';
import type { Compared, ReconcileOptions } from './reconcile-options.ts';

const compare = async (
  world: SagaWorld,
  fix = false,
  options: Partial<ReconcileOptions> = {},
): Promise<Compared & { readonly findings: readonly Finding[] }> =>
  world.awaiting(
    (async () => {
      const findings: Finding[] = [];
      const all = reconcile(world.deps, { fix, ...options });
      for (let next = await all.next(); ; next = await all.next()) {
        if (next.done === true) return { findings, ...next.value };
        findings.push(next.value);
      }
    })(),
  );

const create = async ({ deps }: SagaWorld, key: string, neOf = deps.ne): Promise<void> => {
  const service = {
    key,
    service: 'internet.hsi#1',
    spec: 'internet.hsi' as const,
    generation: 1,
    dependsOn: [],
    characteristics: [],
  };
  const request = { orderId: key.slice(0, key.indexOf('/')), service, idempotencyKey: key };
  await neOf.create(request, await admitNe(deps));
};

const terminate = async (world: SagaWorld, key: string): Promise<void> => {
  const live = world.ne.ledger().services.find((one) => one.key === key && one.state === 'active');
  await world.deps.ne.revert(live?.neId ?? '', { key, names: [key] }, () => admitNe(world.deps));
};

const liveKeys = ({ ne }: SagaWorld): readonly string[] =>
  ne
    .ledger()
    .services.filter(({ state }) => state === 'active')
    .map(({ key }) => key);

const HSI = 'ORD-000001/internet.hsi#1/1';

describe('reconcile', () => {
  it('finds nothing where the log and the NE agree, while orders are under way and after', async () => {
    const world = await sagaWorld();
    await world.place({ lines: { internet: 2, tv: 1 } });
    const before = await compare(world);
    expect(before).toEqual({
      findings: [],
      gaps: [],
      counts: { services: 0, foreign: 0, orders: 1, appointments: 0, unclear: 0 },
    });
    await world.settle('ORD-000001');
    expect((await compare(world)).counts).toMatchObject({ services: 5, orders: 1 });
    await world.cancel('ORD-000001');
    expect((await compare(world)).findings).toEqual([]);
    await world.settle('ORD-000001');
    expect((await compare(world)).findings).toEqual([]);
  });

  it('finds a service that appeared after its order was closed, reverts it, and closes the order anew', async () => {
    const world = await sagaWorld();
    world.neFaults.add('create', { fault: 'late-after', ms: 120_000 }, { key: HSI });
    await world.place();
    await world.run('ORD-000001');
    await world.cancel('ORD-000001');
    expect((await world.settle('ORD-000001', 60_000)).stage).toBe('cancelled');
    await world.clock.advance(300_000);
    expect(liveKeys(world)).toEqual([HSI]);

    const { findings } = await compare(world);
    expect(findings).toEqual([
      {
        kind: 'orphan',
        key: HSI,
        orderId: 'ORD-000001',
        neId: expect.any(String),
        stage: 'cancelled',
        detail: { code: 'NEVER_SWITCHED_ON' },
        state: 'open',
      },
    ]);
    expect(await world.types('ORD-000001')).not.toContain('ServiceFound');

    const fixed = await compare(world, true);
    expect(fixed.findings).toMatchObject([{ kind: 'orphan', state: 'fixed' }]);
    expect(liveKeys(world)).toEqual([]);
    const types = await world.types('ORD-000001');
    expect(types.slice(types.indexOf('ServiceFound'))).toEqual([
      'ServiceFound',
      'RevertRequested',
      'ServiceReverted',
      'ActivationCancelled',
      'OrderClosed',
    ]);
    expect((await world.order('ORD-000001')).stage).toBe('cancelled');
    expect((await compare(world)).findings).toEqual([]);
    expect(await world.broken()).toEqual([]);
  });

  it('shows the closed order as cancelling again until the revert is proven', async () => {
    const world = await sagaWorld();
    world.neFaults.add('create', { fault: 'late-after', ms: 120_000 }, { key: HSI });
    await world.place();
    await world.run('ORD-000001');
    await world.cancel('ORD-000001');
    await world.settle('ORD-000001', 60_000);
    await world.clock.advance(300_000);
    world.neFaults.add('revert', { fault: 'lost-before' }, { times: 3 });
    await compare(world, true);
    expect(await world.view('ORD-000001')).toMatchObject({ stage: 'cancelling', open: true, outcome: null });
    await world.settle('ORD-000001');
    expect(await world.view('ORD-000001')).toMatchObject({ stage: 'cancelled', open: false });
  });

  it('holds an order under way whose service the NE lost, and makes nothing again', async () => {
    const world = await sagaWorld();
    await world.place();
    await world.settle('ORD-000001');
    await terminate(world, HSI);
    const ghost = { kind: 'ghost', key: HSI, state: 'by-hand' };
    expect((await compare(world)).findings).toMatchObject([ghost]);
    expect((await world.order('ORD-000001')).order.holds).toEqual([]);
    const before = (await world.types('ORD-000001')).length;
    expect((await compare(world, true)).findings).toMatchObject([ghost]);
    await world.settle('ORD-000001');
    expect((await world.types('ORD-000001')).slice(before)).toEqual(['OrderHeld']);
    expect((await world.order('ORD-000001')).order.holds).toMatchObject([
      { hold: `LostService:${HSI}`, step: 'LostService', cause: 'NE_LOST_SERVICE' },
    ]);
    expect(liveKeys(world)).toEqual(['ORD-000001/access.gpon#1/1']);
    // Held once, and reported each time.
    expect((await compare(world, true)).findings).toMatchObject([ghost]);
    expect((await world.types('ORD-000001')).slice(before)).toEqual(['OrderHeld']);
    await expect(world.complete('ORD-000001')).rejects.toMatchObject({ code: 'NETWORK_NOT_AS_WANTED' });
  });

  it('misses what was lost also while another request for it may still come to something', async () => {
    const world = await sagaWorld();
    world.neFaults.add('create', { fault: 'lost-before' }, { key: HSI });
    world.neFaults.add('create', { fault: 'accepted', ms: 20_000 }, { key: HSI });
    await world.place();
    await world.settle('ORD-000001', 60_000);
    const { requests, proof } = (await world.order('ORD-000001')).activation.services.get(HSI) ?? {};
    expect([proof, requests?.map(({ outcome }) => outcome)]).toEqual(['on', ['absent', 'open']]);
    await terminate(world, HSI);
    expect(await compare(world, true)).toMatchObject({ findings: [{ kind: 'ghost', key: HSI }], gaps: [] });
  });

  it('has a lost service made again when a person says that it is gone, and the NE says the same', async () => {
    const world = await sagaWorld();
    await world.place();
    await world.settle('ORD-000001');
    await terminate(world, HSI);
    await compare(world, true);
    const wish = { step: 'LostService' };
    const lost = { wish, neId: 'NE-000002', reason: 'the card was changed' };
    const { claim } = await world.awaiting(markDone(world.deps, 'ORD-000001', lost));
    if (claim !== null) await world.awaiting(runOrder(world.deps, claim));
    await world.settle('ORD-000001');
    expect(liveKeys(world)).toEqual(['ORD-000001/access.gpon#1/1', 'ORD-000001/internet.hsi#1/2']);
    expect((await compare(world, true)).findings).toEqual([]);
    expect((await world.order('ORD-000001')).order.holds).toEqual([]);
  });

  it('waits for reads to show what was made just now, before it is missed', async () => {
    const ne = { ...DEFAULT_POLICY.ne, consistencyMs: 5_000 };
    const world = await sagaWorld({ policy: { ne }, ne: { lagMs: 5_000 } });
    await world.place();
    await world.run('ORD-000001');
    const compared = await compare(world, true);
    expect(compared.findings).toEqual([]);
    expect(compared.gaps).toEqual([]);
    expect((await world.order('ORD-000001')).order.holds).toEqual([]);
  });

  it('misses nothing that the NE calls by a name of its own, once a person has said which it is', async () => {
    const world = await sagaWorld({ ne: { nameOf: (asked) => asked.toUpperCase() } });
    await world.place();
    await world.settle('ORD-000001');
    const done = { wish: {}, neId: 'NE-000001', reason: 'seen at the NE' };
    const { claim } = await world.awaiting(markDone(world.deps, 'ORD-000001', done));
    if (claim !== null) await world.awaiting(runOrder(world.deps, claim));
    expect((await compare(world, true)).findings).toEqual([]);
    const { holds } = (await world.order('ORD-000001')).order;
    expect(holds.map(({ cause }) => cause)).not.toContain('NE_LOST_SERVICE');
  });

  describe('an NE that writes names down in its own way, and is restored to before a revert', () => {
    const cancelledUnder = async (
      nameOf: (asked: string) => string | null,
      ways: { readonly idempotent?: boolean; readonly reusesIds?: boolean } = {},
    ) => {
      const world = await sagaWorld({ ne: { ...ways, nameOf } });
      await world.place();
      await world.settle('ORD-000001');
      const restore = world.ne.backup();
      await world.cancel('ORD-000001');
      await world.settle('ORD-000001');
      expect(liveKeys(world)).toEqual([]);
      restore();
      expect(liveKeys(world)).toHaveLength(1);
      return world;
    };

    it.each([
      ['in capitals', (asked: string) => asked.toUpperCase()],
      ['with other signs', (asked: string) => asked.replaceAll(/[^A-Za-z0-9]/g, '_')],
    ])('what it shows again %s is found by its id, and reverted', async (_, nameOf) => {
      const world = await cancelledUnder(nameOf);
      const { findings, gaps } = await compare(world, true);
      expect(findings).toMatchObject([
        { kind: 'orphan', neId: 'NE-000001', detail: { code: 'WAS_SWITCHED_OFF' }, state: 'fixed' },
      ]);
      expect(gaps).toEqual([]);
      await world.settle('ORD-000001');
      expect(liveKeys(world)).toEqual([]);
      expect((await compare(world, true)).findings).toEqual([]);
    });

    it.each([
      ['cut', (asked: string) => asked.slice(0, 12)],
      ['nowhere', () => null],
    ])('what it names so that it may be of several (%s) is left to a person', async (_, nameOf) => {
      const world = await cancelledUnder(nameOf);
      const { findings } = await compare(world, true);
      expect(findings).toMatchObject([{ kind: 'orphan', neId: 'NE-000001', state: 'by-hand' }]);
      expect(liveKeys(world)).toHaveLength(1);
    });

    it('leaves alone who has got the id meanwhile', async () => {
      const world = await cancelledUnder((asked) => asked.toUpperCase(), { reusesIds: true });
      world.ne.byItself('NE-000001', 'terminated');
      await create(world, 'ORD-000009/internet.hsi#1/1');
      expect(world.ne.ledger().services.at(-1)).toMatchObject({ neId: 'NE-000001', state: 'active' });
      expect((await compare(world, true)).findings).toEqual([]);
    });

    it('finds it under another id too, by a name that says the same', async () => {
      const world = await cancelledUnder((asked) => asked.toUpperCase(), { idempotent: false });
      world.ne.byItself('NE-000001', 'terminated');
      await create(world, 'ORD-000001/access.gpon#1/1');
      const { findings } = await compare(world, true);
      expect(findings).toMatchObject([{ kind: 'orphan', neId: 'NE-000002', state: 'fixed' }]);
      await world.settle('ORD-000001');
      expect(liveKeys(world)).toEqual([]);
    });
  });

  it('compares a lost service again when a person says "retry"', async () => {
    const world = await sagaWorld();
    await world.place();
    await world.settle('ORD-000001');
    await terminate(world, HSI);
    await compare(world, true);
    await world.awaiting(retryHolds(world.deps, 'ORD-000001', { wish: { cause: 'NE_LOST_SERVICE' } }));
    await world.settle('ORD-000001');
    expect((await world.order('ORD-000001')).order.holds).toEqual([]);
    expect(liveKeys(world)).toEqual(['ORD-000001/access.gpon#1/1']);
    await compare(world, true);
    expect((await world.order('ORD-000001')).order.holds).toMatchObject([{ cause: 'NE_LOST_SERVICE' }]);
    await world.cancel('ORD-000001');
    expect((await world.settle('ORD-000001')).stage).toBe('cancelled');
    expect(await world.broken()).toEqual([]);
  });

  it('lifts the hold when the NE shows the service again', async () => {
    const world = await sagaWorld();
    await world.place();
    await world.settle('ORD-000001');
    for (const operation of ['inventory', 'find', 'read'] as const) {
      world.neFaults.add(operation, { fault: 'blank' }, { times: 100 });
    }
    expect((await compare(world, true)).findings).toMatchObject([
      { kind: 'ghost', state: 'by-hand' },
      { kind: 'ghost', state: 'by-hand' },
    ]);
    expect((await world.order('ORD-000001')).stage).toBe('held');
    world.neFaults.clear();
    expect((await compare(world)).findings).toMatchObject([
      { kind: 'ghost', state: 'open' },
      { kind: 'ghost', state: 'open' },
    ]);
    expect((await compare(world, true)).findings).toMatchObject([
      { kind: 'ghost', state: 'fixed', detail: { code: 'SHOWN_AGAIN' } },
      { kind: 'ghost', state: 'fixed' },
    ]);
    expect((await world.order('ORD-000001')).order.holds).toEqual([]);
    expect((await compare(world, true)).findings).toEqual([]);
    expect(liveKeys(world)).toHaveLength(2);
  });

  describe('with 24 services, and an NE that shows nothing for a moment', () => {
    const running = async (): Promise<SagaWorld> => {
      const world = await sagaWorld({ technicians: [] });
      for (let n = 0; n < 6; n += 1) {
        await world.settle(await world.place({ lines: { internet: 3, tv: 0 } }));
      }
      expect(liveKeys(world)).toHaveLength(24);
      await world.clock.advance(60_000);
      return world;
    };
    const logs = (world: SagaWorld) =>
      Promise.all([1, 2, 3, 4, 5, 6].map((n) => world.types(`ORD-00000${n}`)));

    const LACKING = {
      findings: [],
      gaps: [{ part: 'ne-list', why: { code: 'LIST_LACKS', services: 24 } }],
      counts: { unclear: 0 },
    };

    it.each([
      ['one list', { inventory: 1 }, LACKING],
      ['lists and look-ups by key', { inventory: 9, find: 99 }, LACKING],
    ] as const)('nothing is changed: %s', async (_what, blank, expected) => {
      const world = await running();
      const before = await logs(world);
      for (const [operation, times] of Object.entries(blank)) {
        world.neFaults.add(operation as 'find', { fault: 'blank' }, { times });
      }
      expect(await compare(world, true)).toMatchObject(expected);
      expect(await logs(world)).toEqual(before);
      world.neFaults.clear();
      expect(await compare(world, true)).toMatchObject({ findings: [], gaps: [] });
      expect(await logs(world)).toEqual(before);
      expect(liveKeys(world)).toHaveLength(24);
    });

    it('nothing is changed although it does not even know the ids: it is held back for a person', async () => {
      const world = await running();
      const before = await logs(world);
      const asked: unknown[] = [];
      for (const operation of ['inventory', 'find', 'read'] as const) {
        world.neFaults.add(operation, { fault: 'blank' }, { times: 999 });
      }
      const { findings } = await compare(world, true, {
        mayExceed: async (excess) => {
          asked.push(excess);
          return false;
        },
      });
      expect(asked).toEqual([{ what: 'losses', count: 24, most: 3 }]);
      expect(findings).toHaveLength(24);
      expect(findings.every(({ kind, state }) => kind === 'ghost' && state === 'held-back')).toBe(true);
      expect(await logs(world)).toEqual(before);
    });
  });

  it('does not take for left out what was just asked for, and counts what only its id shows as unclear', async () => {
    const world = await sagaWorld({ technicians: [] });
    await world.settle(await world.place());
    world.neFaults.add('inventory', { fault: 'blank' });
    expect(await compare(world)).toMatchObject({ findings: [], gaps: [] });
    world.neFaults.add('inventory', { fault: 'blank' });
    world.neFaults.add('find', { fault: 'blank' }, { times: 2 });
    expect(await compare(world)).toMatchObject({ findings: [], gaps: [{ part: 'look-ups' }] });
  });

  it('does not take for left out what is listed beside one that is gone', async () => {
    const world = await sagaWorld({ technicians: [] });
    await world.settle(await world.place());
    await world.clock.advance(60_000);
    await terminate(world, HSI);
    expect(await compare(world)).toMatchObject({ findings: [{ kind: 'ghost' }], gaps: [] });
  });

  it('misses nothing in a list that it did not see to its end, and says so', async () => {
    const world = await sagaWorld();
    await world.place();
    await world.settle('ORD-000001');
    await terminate(world, HSI);
    world.neFaults.add('inventory', { fault: 'cut' });
    expect(await compare(world, true)).toMatchObject({
      findings: [],
      gaps: [{ part: 'ne-list', why: { code: 'LIST_ENDS' } }],
    });
  });

  it('opens no closed order, and switches nothing off, before a read of the very id says that it is active', async () => {
    const world = await sagaWorld({ ne: { idempotent: false } });
    await world.place();
    await world.run('ORD-000001');
    await world.cancel('ORD-000001');
    await world.run('ORD-000001');
    await create(world, HSI);
    const before = await world.types('ORD-000001');
    // Lists and look-ups by key lag behind: by its id it is over.
    world.neFaults.add('read', { fault: 'blank' });
    expect(await compare(world, true)).toMatchObject({ findings: [], gaps: [] });
    world.neFaults.add('read', { fault: 'garbage' });
    expect(await compare(world, true)).toMatchObject({ findings: [], gaps: [{ part: 'look-ups' }] });
    expect(await world.types('ORD-000001')).toEqual(before);
    expect((await compare(world, true)).findings).toMatchObject([{ kind: 'orphan', state: 'fixed' }]);
    expect(liveKeys(world)).toEqual([]);
  });

  it('leaves a ghost of a completed order to a person', async () => {
    const world = await sagaWorld();
    await world.place();
    await world.settle('ORD-000001', 3 * 86_400_000);
    await world.complete('ORD-000001');
    await world.settle('ORD-000001');
    await terminate(world, HSI);
    const { findings } = await compare(world, true);
    expect(findings).toMatchObject([{ kind: 'ghost', stage: 'completed', state: 'by-hand' }]);
    expect((await world.types('ORD-000001')).filter((type) => type === 'ServiceReverted')).toEqual([]);
  });

  it('believes no absence at an NE that does not answer the look-up', async () => {
    const world = await sagaWorld();
    await world.place();
    await world.settle('ORD-000001');
    await terminate(world, HSI);
    world.neFaults.add('find', { fault: 'garbage' });
    expect(await compare(world, true)).toMatchObject({ findings: [], counts: { unclear: 1 } });
  });

  it('leaves services of others alone, and shows those of orders that the log lost', async () => {
    const world = await sagaWorld();
    await create(world, 'another-system/42');
    await create(world, 'ORD-000099/internet.hsi#1/1');
    const { findings, counts } = await compare(world, true);
    expect(findings).toMatchObject([
      { kind: 'orphan', orderId: 'ORD-000099', stage: null, state: 'by-hand' },
    ]);
    expect(counts).toMatchObject({ services: 1, foreign: 1 });
    expect(liveKeys(world)).toHaveLength(2);
  });

  it('reverts a duplicate, and leaves on what the NE answered with', async () => {
    const world = await sagaWorld({ ne: { idempotent: false } });
    await world.place();
    await world.settle('ORD-000001');
    const known = (await world.order('ORD-000001')).activation.services.get(HSI)?.neId;
    await create(world, HSI);
    expect((await compare(world)).findings).toMatchObject([{ kind: 'duplicate', state: 'open' }]);
    const before = (await world.types('ORD-000001')).length;
    expect((await compare(world, true)).findings).toMatchObject([{ kind: 'duplicate', state: 'fixed' }]);
    expect((await world.types('ORD-000001')).slice(before)).toEqual([
      'ServiceFound',
      'RevertRequested',
      'DuplicatesReverted',
    ]);
    const live = world.ne.ledger().services.filter(({ key, state }) => key === HSI && state === 'active');
    expect(live).toMatchObject([{ neId: known }]);
    expect((await compare(world)).findings).toEqual([]);
    expect((await world.order('ORD-000001')).stage).toBe('dispatched');
    await world.cancel('ORD-000001');
    await world.settle('ORD-000001');
    expect(liveKeys(world)).toEqual([]);
  });

  it('reverts a duplicate of a completed order, which is not over before', async () => {
    const world = await sagaWorld({ ne: { idempotent: false } });
    await world.place();
    await world.settle('ORD-000001', 3 * 86_400_000);
    await world.complete('ORD-000001');
    await world.settle('ORD-000001');
    await create(world, HSI);
    world.neFaults.add('revert', { fault: 'lost-before' });
    expect((await compare(world, true)).findings).toMatchObject([{ kind: 'duplicate', state: 'fixed' }]);
    expect(await world.view('ORD-000001')).toMatchObject({ stage: 'completed', open: true });
    await world.settle('ORD-000001');
    expect(await world.view('ORD-000001')).toMatchObject({ stage: 'completed', open: false });
    expect(liveKeys(world)).toEqual(['ORD-000001/access.gpon#1/1', HSI]);
    expect(await world.broken({ peersRepeat: true })).toEqual([]);
  });

  it('takes a duplicate for the service when the one that the log knows is gone', async () => {
    const world = await sagaWorld({ ne: { idempotent: false } });
    await world.place();
    await world.settle('ORD-000001');
    await create(world, HSI);
    world.neFaults.add('revert', { fault: 'lost-before' });
    await compare(world, true);
    await terminate(world, HSI);
    await world.settle('ORD-000001');
    const { services } = (await world.order('ORD-000001')).activation;
    expect(liveKeys(world)).toEqual(['ORD-000001/access.gpon#1/1', HSI]);
    expect(services.get(HSI)).toMatchObject({ proof: 'on', neId: 'NE-000003', duplicates: [] });
    // It was made by the test, not by the plan.
    expect((await compare(world)).findings).toMatchObject([{ kind: 'drift' }]);
  });

  it('cancels a second appointment of one call, and the visit stands', async () => {
    const world = await sagaWorld();
    world.tmFaults.add('call', { fault: 'duplicate' });
    await world.place();
    await world.settle('ORD-000001');
    const stray = { kind: 'stray-appointment', key: 'ORD-000001/call#1', stage: 'dispatched' };
    expect((await compare(world)).findings).toMatchObject([{ ...stray, state: 'open' }]);
    const before = (await world.types('ORD-000001')).length;
    expect((await compare(world, true)).findings).toMatchObject([{ ...stray, state: 'fixed' }]);
    expect((await world.types('ORD-000001')).slice(before)).toEqual([
      'AppointmentFound',
      'AppointmentClosed',
    ]);
    expect(world.tm.ledger().appointments.map(({ status }) => status)).toEqual(['confirmed', 'cancelled']);
    expect((await world.order('ORD-000001')).scheduling.visit?.appointmentId).toBe('APT-000001');
    const after = await compare(world);
    expect(after).toMatchObject({ findings: [], counts: { appointments: 1 } });
  });

  it('cancels what the desk keeps for an order that is over, and closes it anew', async () => {
    const world = await sagaWorld();
    world.tmFaults.add('call', { fault: 'duplicate' });
    await world.place();
    await world.settle('ORD-000001');
    await world.cancel('ORD-000001');
    await world.settle('ORD-000001');
    expect(await world.broken({ peersRepeat: true })).toEqual([
      'ORD-000001: is cancelled while APT-000002 is confirmed',
    ]);
    expect((await compare(world, true)).findings).toMatchObject([
      { kind: 'stray-appointment', stage: 'cancelled', state: 'fixed' },
    ]);
    expect((await world.types('ORD-000001')).slice(-3)).toEqual([
      'AppointmentFound',
      'ScheduleCancelled',
      'OrderClosed',
    ]);
    expect(await world.broken({ peersRepeat: true })).toEqual([]);
  });

  it('tells of a desk that cannot be read, and has compared the network all the same', async () => {
    const world = await sagaWorld();
    await world.place();
    await world.settle('ORD-000001');
    world.tmFaults.add('inventory', { fault: 'misconfigured' });
    const unread: Refusal[] = [];
    const all = reconcile(world.deps, { fix: true, onDeskUnread: (refusal) => unread.push(refusal) });
    expect(await all.next()).toMatchObject({
      done: true,
      value: { counts: { services: 2, appointments: 0 }, gaps: [{ part: 'desk' }] },
    });
    expect(unread).toMatchObject([{ code: 'PEER_MISCONFIGURED' }]);
  });

  it('reverts none of 240 orphans before a person says that it is so, and then each of them', async () => {
    const world = await sagaWorld({ ne: { idempotent: false } });
    for (let n = 1; n <= 60; n += 1) {
      const orderId = await world.place({ lines: { internet: 4, tv: 0 } });
      await world.run(orderId);
      await world.cancel(orderId);
      await world.run(orderId);
      for (const line of [1, 2, 3, 4]) await create(world, `${orderId}/internet.hsi#${line}/1`);
    }
    const asked: unknown[] = [];
    const saying = (answer: boolean) => ({
      mayExceed: async (excess: unknown) => {
        asked.push(excess);
        return answer;
      },
    });
    for (const options of [{}, saying(false)]) {
      const { findings } = await compare(world, true, options);
      expect(findings).toHaveLength(240);
      expect(findings.every(({ kind, state }) => kind === 'orphan' && state === 'held-back')).toBe(true);
    }
    expect(liveKeys(world)).toHaveLength(240);
    const { findings } = await compare(world, true, saying(true));
    expect(asked).toEqual(Array(2).fill({ what: 'reverts', count: 240, most: 12 }));
    expect(new Set(findings.map(({ key }) => key)).size).toBe(240);
    expect(findings.every(({ kind, state }) => kind === 'orphan' && state === 'fixed')).toBe(true);
    expect(liveKeys(world)).toEqual([]);
    expect((await compare(world)).findings).toEqual([]);
  });

  it('reverts by itself what is no more than its share of the services', async () => {
    const world = await sagaWorld({ ne: { idempotent: false }, technicians: [] });
    for (let n = 0; n < 16; n += 1) await world.settle(await world.place({ lines: { internet: 4, tv: 0 } }));
    const gone = await world.place({ lines: { internet: 4, tv: 0 } });
    await world.run(gone);
    await world.cancel(gone);
    await world.run(gone);
    for (const line of [1, 2, 3, 4]) await create(world, `${gone}/internet.hsi#${line}/1`);
    // 84 services: 5 % of them are four.
    const held = await compare(world, true, { maxShare: 0.04 });
    expect(held.findings.map(({ state }) => state)).toEqual(Array(4).fill('held-back'));
    expect((await compare(world, true)).findings.map(({ state }) => state)).toEqual(Array(4).fill('fixed'));
    expect(liveKeys(world)).toHaveLength(80);
  });

  it('finds a call that was placed after its order was closed, and cancels its appointment', async () => {
    const world = await sagaWorld();
    world.tmFaults.add('call', { fault: 'late-after', ms: 120_000 });
    await world.place();
    await world.run('ORD-000001');
    await world.cancel('ORD-000001');
    expect((await world.settle('ORD-000001', 60_000)).stage).toBe('cancelled');
    expect((await compare(world)).findings).toEqual([]);
    await world.clock.advance(300_000);
    expect(world.tm.ledger().appointments).toMatchObject([{ status: 'confirmed' }]);
    const late = { kind: 'late-call', key: 'ORD-000001/call#1', stage: 'cancelled' };
    expect((await compare(world)).findings).toMatchObject([{ ...late, state: 'open' }]);
    expect((await compare(world, true)).findings).toMatchObject([{ ...late, state: 'fixed' }]);
    expect(world.tm.ledger().appointments).toMatchObject([{ status: 'cancelled' }]);
    expect((await world.types('ORD-000001')).slice(-3)).toEqual([
      'CustomerCalled',
      'ScheduleCancelled',
      'OrderClosed',
    ]);
    expect((await compare(world)).findings).toEqual([]);
    expect(await world.broken()).toEqual([]);
  });

  it('asks an NE that turns it away a few times, and says when to come back', async () => {
    const world = await sagaWorld();
    const retryAt = world.clock.now() + 60_000;
    world.neFaults.add('inventory', { fault: 'busy', retryAt }, { times: 99 });
    const error = await compare(world).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'PEER_UNAVAILABLE', retryAt });
    expect(world.neFaults.left()).toBe(96);
  });

  it('says when to come back while the breaker of the NE is open', async () => {
    const world = await sagaWorld();
    const retryAt = world.clock.now() + 5_000;
    world.neFaults.add('admit', { fault: 'breaker-open', retryAt });
    const error = await compare(world).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Refusal);
    expect(error).toMatchObject({ code: 'PEER_UNAVAILABLE', retryAt });
  });
});

describe('judgeLive', () => {
  it('tells other values than were sent', async () => {
    const world = await sagaWorld();
    await world.place();
    await world.settle('ORD-000001');
    const process = processOf('ORD-000001', await world.events('ORD-000001'));
    const service = process.activation.services.get(HSI);
    const sent = Object.fromEntries(
      service?.plan.characteristics.map(({ name, value }) => [name, value]) ?? [],
    );
    const live = { neId: service?.neId ?? '', key: HSI, state: 'active', spec: 'internet.hsi' };
    expect(judgeLive(process, { ...live, characteristics: { ...sent, extra: 'x' } })).toBeNull();
    const drifted = judgeLive(process, { ...live, characteristics: { ...sent, vlan: '1' } });
    expect(drifted).toMatchObject({ kind: 'drift', follows: 'by-hand' });
    expect(drifted?.detail).toEqual({
      code: 'OTHER_VALUES',
      values: [{ name: 'vlan', has: '1', sent: expect.stringMatching(/^\d+$/) }],
    });
    expect(judgeLive(process, { ...live, spec: 'tv.stb', characteristics: sent })?.detail).toEqual({
      code: 'OTHER_VALUES',
      values: [{ name: null, has: 'tv.stb', sent: 'internet.hsi' }],
    });
  });

  it('says that a service is of nobody when its order never planned it', () => {
    const live = { neId: 'NE-1', key: HSI, state: 'active' };
    expect(judgeLive(newProcess('ORD-000001'), live)).toMatchObject({ kind: 'orphan', follows: 'by-hand' });
  });
});
