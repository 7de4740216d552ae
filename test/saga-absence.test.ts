import { describe, expect, test } from 'vitest';
import type { MemoryNeOptions } from '../src/adapters/memory/memory-ne.ts';
import { amendLines } from '../src/core/order/decide.ts';
import { DEFAULT_POLICY, type Policy, REAL_NE } from '../src/core/rules/policy.ts';
import { type SagaWorld, sagaWorld } from './support/saga-world.ts';

/** An NE that we did not write: reads may be old by `ne.consistencyMs`, and nobody has seen yet what its keys find. */
const REAL: Partial<Policy> = { ne: { ...DEFAULT_POLICY.ne, ...REAL_NE } };
const HOUR_MS = 3_600_000;

const realWorld = (ne: MemoryNeOptions = {}): Promise<SagaWorld> => sagaWorld({ policy: REAL, ne });

const live = ({ ne }: SagaWorld): readonly string[] =>
  ne
    .ledger()
    .services.filter(({ state }) => state === 'active')
    .map(({ key }) => key);

const access = (id: string): string => `${id}/access.gpon#1/1`;

/** One order that is on, so that look-ups by key have shown each kind of service. */
const provenWorld = async (ne: MemoryNeOptions = {}): Promise<SagaWorld> => {
  const world = await realWorld(ne);
  const id = await world.place({ lines: { internet: 1, tv: 1 } });
  await world.settle(id, 60_000);
  return world;
};

describe('reads that are old', () => {
  test.each([1_500, 4_900])('by %i ms hide nothing from a cancel right after the create', async (lagMs) => {
    const world = await provenWorld({ lagMs });
    const before = live(world).length;
    const id = await world.place();
    await world.run(id);
    await world.cancel(id);
    await world.run(id);
    expect((await world.order(id)).stage).toBe('cancelling');
    expect((await world.settle(id, HOUR_MS)).stage).toBe('cancelled');
    expect(live(world)).toHaveLength(before);
    expect(await world.broken()).toEqual([]);
  });

  test('hide nothing from an amendment, and nothing where services are deleted', async () => {
    for (const revertVerb of ['patch', 'delete'] as const) {
      const world = await provenWorld({ lagMs: 1_500, revertVerb });
      const before = live(world);
      const id = await world.place({ lines: { internet: 2, tv: 0 } });
      await world.run(id);
      await world.change(id, (process) => amendLines(process, { internet: 1, tv: 0 }, DEFAULT_POLICY));
      await world.settle(id, HOUR_MS);
      expect(live(world).filter((key) => !before.includes(key))).toEqual([
        access(id),
        `${id}/internet.hsi#1/1`,
      ]);
      expect(await world.broken()).toEqual([]);
    }
  });

  test('are looked at twice before an absence counts; the first look stands on the log', async () => {
    const world = await provenWorld();
    const id = await world.place();
    world.neFaults.add('create', { fault: 'lost-before' });
    await world.run(id);
    await world.cancel(id);
    expect((await world.settle(id, HOUR_MS)).stage).toBe('cancelled');
    const types = await world.types(id);
    expect(types.filter((type) => type === 'ServiceNotSeen')).toHaveLength(1);
    expect(types.indexOf('ServiceNotSeen')).toBeLessThan(types.indexOf('ServiceNotFound'));
    const [first, second] = (await world.events(id)).filter(({ type }) =>
      ['ServiceNotSeen', 'ServiceNotFound'].includes(type),
    );
    expect(Date.parse(second?.at ?? '') - Date.parse(first?.at ?? '')).toBeGreaterThanOrEqual(5_000);
  });

  test('are looked at once where the network itself says that it is off', async () => {
    const world = await provenWorld();
    const id = await world.place();
    await world.settle(id, 60_000);
    await world.clock.advance(60_000);
    const finds = () => world.ne.ledger().requests.filter(({ operation }) => operation === 'find');
    const before = finds().reduce((sum, { count }) => sum + count, 0);
    await world.cancel(id);
    await world.run(id);
    expect((await world.order(id)).stage).toBe('cancelled');
    expect(finds().reduce((sum, { count }) => sum + count, 0) - before).toBe(2);
    expect(await world.types(id)).not.toContain('ServiceNotSeen');
  });
});

describe('a look-up by key proves nothing by finding nothing', () => {
  test('where none has ever found anything; the order waits for a person, and goes on by itself later', async () => {
    const world = await realWorld();
    world.neFaults.add('create', { fault: 'lost-before' });
    const id = await world.place();
    await world.settle(id, 120_000);
    expect((await world.order(id)).order.holds).toMatchObject([{ cause: 'KEY_UNSHOWN' }]);
    await world.cancel(id);
    await world.settle(id, 120_000);
    expect((await world.order(id)).stage).toBe('cancelling');
    const other = await world.place();
    await world.settle(other, 120_000);
    expect((await world.settle(id, HOUR_MS)).stage).toBe('cancelled');
    expect(await world.broken()).toEqual([]);
  });

  test('the first service of each kind is read back, and no other one', async () => {
    const world = await realWorld();
    await world.settle(await world.place(), 120_000);
    const finds = () => world.ne.ledger().requests.filter(({ operation }) => operation === 'find').length;
    expect(finds()).toBe(2);
    const second = await world.place();
    await world.settle(second, 120_000);
    expect(finds()).toBe(2);
    expect(await world.types(second)).not.toContain('ServiceFound');
  });
});

describe('an answer that refuses', () => {
  test.each([400, 401, 409, 422, 429, 503] as const)(
    'with %i after the effect is looked up: a cancel leaves nothing on',
    async (status) => {
      const world = await provenWorld();
      const before = live(world);
      const id = await world.place();
      world.neFaults.add('create', { fault: 'answered-after', status });
      await world.run(id);
      await world.cancel(id);
      expect((await world.settle(id, HOUR_MS)).stage).toBe('cancelled');
      expect(live(world)).toEqual(before);
      expect(await world.broken()).toEqual([]);
    },
  );

  test.each([400, 401, 409, 422, 429, 503] as const)(
    'with %i after the effect is taken for what it is: the service is on, once',
    async (status) => {
      const world = await provenWorld();
      const id = await world.place();
      world.neFaults.add('create', { fault: 'answered-after', status });
      const process = await world.settle(id, HOUR_MS);
      expect(process.order.holds).toEqual([]);
      expect(process.activation.services.get(access(id))?.proof).toBe('on');
      expect(world.ne.ledger().effects.filter(({ key }) => key === access(id))).toHaveLength(1);
    },
  );

  test('a cancel in an outage waits for nobody: what was never sent needs no look', async () => {
    const world = await provenWorld();
    const id = await world.place();
    world.neFaults.add('create', { fault: 'not-sent' }, { times: 100 });
    world.neFaults.add('find', { fault: 'not-sent' }, { times: 100 });
    await world.run(id);
    await world.cancel(id);
    await world.run(id);
    expect((await world.order(id)).stage).toBe('cancelled');
  });
});

describe('a request that was taken on without a monitor', () => {
  test('is not given up before the age limit, and is found when it is there', async () => {
    const world = await provenWorld();
    const before = live(world);
    const id = await world.place();
    world.neFaults.add('create', { fault: 'accepted', ms: 90_000 });
    await world.run(id);
    await world.cancel(id);
    await world.settle(id, 60_000);
    expect((await world.order(id)).stage).toBe('cancelling');
    expect((await world.settle(id, HOUR_MS)).stage).toBe('cancelled');
    expect(live(world)).toEqual(before);
    expect(await world.broken()).toEqual([]);
  });
});

describe('a name that does not survive', () => {
  test('is created once: the id is kept, and a person looks', async () => {
    const world = await provenWorld();
    const id = await world.place();
    const renamed = { fault: 'renamed', name: 'cut', isTold: true } as const;
    world.neFaults.add('create', renamed, { times: 100, key: access(id) });
    const held = await world.settle(id, HOUR_MS);
    expect(held.order.holds).toMatchObject([
      { hold: `ActivateService:${access(id)}`, cause: 'TOLD_OTHERWISE' },
    ]);
    expect(live(world).filter((key) => key === 'cut')).toHaveLength(1);
    await world.cancel(id);
    expect((await world.settle(id, HOUR_MS)).stage).toBe('cancelled');
    expect(live(world)).not.toContain('cut');
  });

  test('and is not told is created three times at most, then a person looks', async () => {
    const world = await provenWorld();
    const id = await world.place();
    world.neFaults.add('create', { fault: 'lost-before' }, { times: 100 });
    const held = await world.settle(id, HOUR_MS);
    expect(held.order.holds).toMatchObject([{ cause: 'NEVER_ANSWERED' }]);
    expect((await world.types(id)).filter((type) => type === 'ServiceRequested')).toHaveLength(3);
  });

  test('that the NE drops altogether is switched off by its id', async () => {
    const world = await provenWorld();
    const id = await world.place();
    world.neFaults.add('create', { fault: 'renamed', name: '', isTold: false }, { key: access(id) });
    const held = await world.settle(id, HOUR_MS);
    expect(held.order.holds).toMatchObject([{ cause: 'TOLD_OTHERWISE' }]);
    expect(live(world)).toContain('');
    await world.cancel(id);
    expect((await world.settle(id, HOUR_MS)).stage).toBe('cancelled');
    expect(live(world)).not.toContain('');
  });

  test('and is told without a name is never taken for another one', async () => {
    const world = await provenWorld();
    const id = await world.place();
    world.neFaults.add('create', { fault: 'renamed', name: 'who', isTold: false }, { key: access(id) });
    await world.settle(id, HOUR_MS);
    await world.cancel(id);
    const process = await world.settle(id, HOUR_MS);
    expect(process.stage).toBe('cancelling');
    expect(process.order.holds).toMatchObject([{ cause: 'NAME_UNKNOWN' }]);
  });
});

describe('the wall clock', () => {
  test('put forward believes no absence earlier', async () => {
    const world = await provenWorld();
    const id = await world.place();
    world.neFaults.add('create', { fault: 'late-after', ms: 9_000 });
    await world.run(id);
    const { now } = world.clock;
    world.clock.set(new Date(now() + 61_000).toISOString());
    await world.run(id);
    expect((await world.order(id)).activation.services.get(access(id))?.proof).toBe('unknown');
    await world.cancel(id);
    expect((await world.settle(id, HOUR_MS)).stage).toBe('cancelled');
    expect(live(world)).not.toContain(access(id));
  });

  test('that was nine hours ahead and is put right lets nothing hang', async () => {
    const world = await provenWorld();
    world.clock.set(new Date(world.clock.now() + 9 * HOUR_MS).toISOString());
    const id = await world.place();
    world.neFaults.add('create', { fault: 'lost-after' });
    await world.run(id);
    world.clock.set(new Date(world.clock.now() - 9 * HOUR_MS).toISOString());
    await world.cancel(id);
    expect((await world.settle(id, 120_000)).stage).toBe('cancelled');
    expect(live(world)).not.toContain(access(id));
  });
});
