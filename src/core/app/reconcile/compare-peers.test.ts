import { describe, expect, it } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import type { Finding } from '../../peers/finding.ts';
import type { Refusal } from '../../rules/refusal.ts';
import { compareAndKeep, compareIfDue, keepCompared } from './compare-peers.ts';

const HOUR_MS = 3_600_000;
const KEY = 'ORD-000001/internet.hsi#1/1';

/** An order that is cancelled, and whose service comes to life two minutes later. */
const withOrphan = async (): Promise<SagaWorld> => {
  const world = await sagaWorld();
  world.neFaults.add('create', { fault: 'late-after', ms: 120_000 }, { key: KEY });
  await world.place();
  await world.run('ORD-000001');
  await world.cancel('ORD-000001');
  await world.settle('ORD-000001', 60_000);
  return world;
};

const liveKeys = ({ ne }: SagaWorld): readonly string[] =>
  ne
    .ledger()
    .services.filter(({ state }) => state === 'active')
    .map(({ key }) => key);

const last = ({ deps }: SagaWorld) => deps.store.read((tx) => tx.comparisons.last());
const kept = ({ deps }: SagaWorld) => deps.store.read((tx) => tx.comparisons.findings());

const ifDue = async (world: SagaWorld, deps = world.deps) => {
  const findings: Finding[] = [];
  const refusals: Refusal[] = [];
  const wait = await world.awaiting(
    compareIfDue(deps, {
      everyMs: HOUR_MS,
      signal: new AbortController().signal,
      onFinding: (finding) => findings.push(finding),
      onRefusal: (refusal) => refusals.push(refusal),
    }),
  );
  return { wait, findings, refusals };
};

describe('keepCompared', () => {
  it('goes on after an NE that could not be read, and mends what it finds, until it is ended', async () => {
    const world = await withOrphan();
    world.neFaults.add('inventory', { fault: 'misconfigured' });
    const stop = new AbortController();
    const findings: Finding[] = [];
    const refusals: Refusal[] = [];
    const startedAt = world.clock.now();
    await world.awaiting(
      keepCompared(world.deps, {
        everyMs: HOUR_MS,
        signal: stop.signal,
        onFinding: (finding) => {
          findings.push(finding);
          stop.abort();
        },
        onRefusal: (refusal) => refusals.push(refusal),
      }),
    );
    expect(refusals.map(({ code }) => code)).toEqual(['PEER_MISCONFIGURED']);
    expect(findings).toMatchObject([{ kind: 'orphan', key: KEY, state: 'fixed' }]);
    // The first one is due an hour after the first order.
    expect(world.clock.now() - startedAt).toBeGreaterThanOrEqual(HOUR_MS + HOUR_MS - 60_000);
    expect(liveKeys(world)).toEqual([]);
  });
});

describe('a comparison that is due', () => {
  it('is made by whoever comes when the last one is too long ago, and by nobody before', async () => {
    const world = await withOrphan();
    expect((await ifDue(world)).wait).toBeGreaterThan(HOUR_MS - 120_000);
    await world.clock.advance(HOUR_MS);
    expect(await ifDue(world)).toMatchObject({ wait: 0, findings: [{ kind: 'orphan', state: 'fixed' }] });
    expect(liveKeys(world)).toEqual([]);
    // A worker that is started again knows that it was done.
    const restarted = { ...world.deps, processes: { ...world.deps.processes, self: 'another' } };
    expect((await ifDue(world, restarted)).wait).toBe(HOUR_MS);
    await world.clock.advance(HOUR_MS);
    expect((await ifDue(world, restarted)).wait).toBe(0);
  });

  it('is not due where no order was ever placed', async () => {
    const world = await sagaWorld();
    expect((await ifDue(world)).wait).toBe(HOUR_MS);
  });

  it('is made by one of two that come at once', async () => {
    const world = await withOrphan();
    await world.clock.advance(HOUR_MS);
    const one = { ...world.deps, processes: { self: 'one', alive: () => true } };
    const two = { ...world.deps, processes: { self: 'two', alive: () => true } };
    const waits = await Promise.all([ifDue(world, one), ifDue(world, two)]);
    expect(waits.filter(({ wait }) => wait === 0)).toHaveLength(1);
  });

  it('is taken over from a process that is gone, and made anew by one that began it before', async () => {
    const world = await withOrphan();
    await world.clock.advance(HOUR_MS);
    const comparison = {
      beganAt: world.clock.now(),
      owner: 'dead',
      endedAt: null,
      gaps: [],
      counts: { services: 0, foreign: 0, orders: 0, appointments: 0, unclear: 0 },
      failure: null,
    };
    await world.deps.store.write((tx) => tx.comparisons.put(comparison));
    const living = { ...world.deps, processes: { self: 'living', alive: () => true } };
    expect((await ifDue(world, living)).wait).toBeGreaterThan(0);
    const heir = { ...world.deps, processes: { self: 'heir', alive: (owner: string) => owner !== 'dead' } };
    expect((await ifDue(world, heir)).findings).toHaveLength(1);
    await world.deps.store.write((tx) => tx.comparisons.put({ ...comparison, owner: 'heir' }));
    expect((await ifDue(world, heir)).wait).toBe(0);
  });

  it('is due when a clock that was ahead wrote down the last one', async () => {
    const world = await withOrphan();
    await world.clock.advance(HOUR_MS);
    await ifDue(world);
    const ahead = await last(world);
    if (ahead === null) throw new Error('it was kept');
    const beganAt = world.clock.now() + 9 * HOUR_MS;
    await world.deps.store.write((tx) => tx.comparisons.put({ ...ahead, beganAt }));
    expect((await ifDue(world)).wait).toBe(0);
  });
});

describe('what is kept of a comparison', () => {
  const compare = (world: SagaWorld) =>
    world.awaiting(
      (async () => {
        const all = compareAndKeep(world.deps, {});
        for (let next = await all.next(); next.done !== true; next = await all.next());
      })(),
    );

  it('is when, how far, and what it left to people; what is over is forgotten', async () => {
    const world = await sagaWorld();
    await world.place();
    await world.settle('ORD-000001', 3 * 86_400_000);
    await world.complete('ORD-000001');
    await world.settle('ORD-000001');
    for (const operation of ['inventory', 'find', 'read'] as const) {
      world.neFaults.add(operation, { fault: 'blank' }, { times: 99 });
    }
    await compare(world);
    const foundAt = world.clock.now();
    expect(await last(world)).toEqual({
      beganAt: foundAt,
      owner: world.deps.processes.self,
      endedAt: foundAt,
      gaps: [],
      counts: { services: 0, foreign: 0, orders: 1, appointments: 0, unclear: 0 },
      failure: null,
    });
    const ghost = { kind: 'ghost', stage: 'completed', state: 'by-hand', since: foundAt };
    expect(await kept(world)).toMatchObject([ghost, { ...ghost, key: KEY }]);
    await world.clock.advance(HOUR_MS);
    await compare(world);
    expect(await kept(world)).toMatchObject([ghost, ghost]);
    // Not everything was seen: what was found before may be so still.
    world.neFaults.clear();
    world.neFaults.add('inventory', { fault: 'cut' });
    await compare(world);
    expect(await last(world)).toMatchObject({ gaps: [{ part: 'ne-list' }], failure: null });
    expect(await kept(world)).toMatchObject([ghost, ghost]);
    await compare(world);
    expect(await kept(world)).toEqual([]);
  });

  it('tells why nothing could be compared', async () => {
    const world = await withOrphan();
    world.neFaults.add('inventory', { fault: 'misconfigured' });
    await expect(compare(world)).rejects.toMatchObject({ code: 'PEER_MISCONFIGURED' });
    const { endedAt, failure } = (await last(world)) ?? fail();
    expect(endedAt).toBe(world.clock.now());
    expect(failure).toMatchObject({ code: 'HTTP_STATUS', status: 401 });
  });
});

const fail = (): never => {
  throw new Error('there is none');
};
