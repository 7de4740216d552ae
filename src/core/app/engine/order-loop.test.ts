import { describe, expect, test } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import { EVIDENCE } from '../../../../test/support/stories.ts';
import { completeFieldWork } from '../../fieldwork/decide.ts';
import { cancelOrder } from '../../order/decide.ts';
import type { Tx } from '../../ports/store.ts';
import type { EventType } from '../../process/events.ts';
import { DEFAULT_POLICY } from '../../rules/policy.ts';
import { Refusal } from '../../rules/refusal.ts';
import { moveVisit } from '../../scheduling/decide.ts';
import { iso } from '../../time/iso.ts';
import { HOUR_MS } from '../../time/units.ts';
import type { SagaDeps } from '../deps.ts';
import { LEASE_MS } from '../due/lease.ts';
import { runOrder } from './order-loop.ts';
import { replanAhead } from './replan-ahead.ts';

/** Another process on the same database, with its own places at the same peers. */
const another = (world: SagaWorld, owner = 'test/2/0'): SagaDeps => ({
  ...world.deps,
  processes: world.processes.as(owner),
  ne: world.ne.client(),
  tm: world.tm.client(),
});
const steal = (world: SagaWorld, id: string, owner = 'test/2/0') =>
  world.deps.store.write(async (tx) => {
    await tx.work.bumpFences();
    return tx.work.claimOne(id, { now: world.clock.now(), owner, leaseMs: LEASE_MS });
  });
/** Lets time go on until the last event is of this type. */
const until = async (world: SagaWorld, id: string, type: string) => {
  while ((await world.types(id)).at(-1) !== type) await world.clock.toNext();
};
/** A network that takes nothing for now: the run ends, and waits for its next try. */
const refuseCreates = (world: SagaWorld) =>
  world.neFaults.add('create', { fault: 'not-sent' }, { times: 100 });

describe('a worker that lost its lease', () => {
  test('while it sent appends what was confirmed as the fact it is, and gives its place back', async () => {
    const world = await sagaWorld({ ne: { latencyMs: () => 1_000 } });
    const id = await world.place();
    const running = runOrder(world.deps, await world.claim(id));
    await until(world, id, 'ServiceRequested');
    const thief = await steal(world, id);
    await world.awaiting(running);
    expect((await world.events(id)).slice(2).map(({ type }) => type)).toEqual([
      'ServiceRequested',
      'ServiceActivated',
    ]);
    const [intent, doubt] = (await world.events(id)).slice(2);
    expect(doubt).toMatchObject({ causationId: intent?.eventId, data: { key: `${id}/access.gpon#1/1` } });
    if (thief === null) throw new Error('not claimed');
    await world.deps.store.write((tx) => tx.work.release(thief));
    await world.settle(id);
    expect(world.ne.ledger().effects.filter(({ effect }) => effect === 'create')).toHaveLength(2);
    expect(await world.broken()).toEqual([]);
  });

  test('while it sent in vain appends only that it is in doubt', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    const create: SagaDeps['ne']['create'] = async (_request, sending) => {
      await steal(world, id);
      sending.permit.release();
      return { kind: 'in-doubt', cause: { code: 'NO_ANSWER', ms: 5_000 } };
    };
    await runOrder({ ...world.deps, ne: { ...world.deps.ne, create } }, await world.claim(id));
    expect((await world.types(id)).slice(2)).toEqual(['ServiceRequested', 'ServiceInDoubt']);
  });

  test('keeps nothing of the customer that the network quotes', async () => {
    const world = await sagaWorld();
    const id = await world.place({ name: '정하은', phone: '010-5577-8157' });
    const create: SagaDeps['ne']['create'] = async (_request, sending) => {
      await steal(world, id);
      sending.permit.release();
      return { kind: 'in-doubt', cause: { code: 'HTTP_STATUS', status: 500, told: '정하은 is not known' } };
    };
    await runOrder({ ...world.deps, ne: { ...world.deps.ne, create } }, await world.claim(id));
    const [last] = (await world.events(id)).slice(-1);
    expect(last).toMatchObject({ type: 'ServiceInDoubt', data: { cause: { told: '*** is not known' } } });
  });

  test('believed to have sent in vain, and holding the answer, appends that it is on: it is switched off', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    const key = `${id}/access.gpon#1/1`;
    const create: SagaDeps['ne']['create'] = async (request, sending) => {
      await steal(world, id);
      const [, , asked] = await world.events(id);
      await world.change(id, () => [
        { type: 'ServiceNotFound', data: { key, why: 'absent' }, causationId: asked?.eventId ?? '' },
      ]);
      await world.cancel(id);
      return world.deps.ne.create(request, sending);
    };
    await runOrder({ ...world.deps, ne: { ...world.deps.ne, create } }, await world.claim(id));
    expect(await world.types(id)).toContain('ServiceActivated');
    await world.clock.advance(LEASE_MS);
    expect((await world.settle(id)).stage).toBe('cancelled');
    expect(world.ne.ledger().services.filter(({ state }) => state === 'active')).toEqual([]);
    expect(await world.broken()).toEqual([]);
  });

  test('and whose intent was answered meanwhile appends only what was confirmed', async () => {
    const world = await sagaWorld({ ne: { latencyMs: () => 1_000 } });
    const id = await world.place();
    const running = runOrder(world.deps, await world.claim(id));
    await until(world, id, 'ServiceRequested');
    const thief = await steal(world, id);
    await world.change(id, (process) => [
      {
        type: 'ServiceFound',
        data: { key: `${process.orderId}/access.gpon#1/1`, neId: 'NE-000001', how: 'by-hand' },
      },
    ]);
    await world.awaiting(running);
    expect((await world.types(id)).slice(2)).toEqual([
      'ServiceRequested',
      'ServiceFound',
      'ServiceActivated',
    ]);
    if (thief === null) throw new Error('not claimed');
    await world.deps.store.write((tx) => tx.work.release(thief));
    await world.settle(id);
    expect(await world.broken()).toEqual([]);
  });

  test('before its first intent sends nothing and gives its place back', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    await world.run(id, { budgetMs: 1 });
    const claim = await world.claim(id);
    await steal(world, id);
    await runOrder(world.deps, claim);
    expect(world.ne.outstanding()).toBe(0);
    expect(world.ne.ledger().requests).toEqual([]);
  });

  test('and was stopped between its leave to send and the sending sends nothing when it wakes', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    const meanwhile = async (): Promise<void> => {
      await steal(world, id);
      await world.clock.advance(3 * world.deps.policy.ne.timeoutMs);
    };
    const stopped: SagaDeps['ne'] = {
      ...world.deps.ne,
      create: async (request, sending) => {
        await meanwhile();
        return world.deps.ne.create(request, sending);
      },
    };
    await runOrder({ ...world.deps, ne: stopped }, await world.claim(id));
    expect(await world.types(id)).toContain('ServiceRequested');
    expect(world.ne.ledger().effects).toEqual([]);
  });

  test('between two requests of a step does not send the second: the order may have moved on', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    await world.settle(id);
    const to = (hour: string) => ({
      slot: { start: `2026-11-27T${hour}:00:00.000Z`, end: `2026-11-27T${hour}:30:00.000Z` },
      technicianId: 'T-02',
      code: 'CUSTOMER_RESCHEDULE',
      agreed: true,
    });
    const move = (hour: string) => world.change(id, (process) => moveVisit(process, to(hour)));
    await move('02');
    let asked = 0;
    const stopped: SagaDeps['tm'] = {
      ...world.deps.tm,
      admit: async (breakers) => {
        // Of the second request, for the first one is asked for in its write.
        if (breakers === undefined) asked += 1;
        if (breakers === undefined && asked === 1) {
          await world.clock.advance(LEASE_MS + 1);
          await world.run(id);
          await move('05');
          await world.run(id);
        }
        return world.deps.tm.admit(breakers);
      },
    };
    await runOrder({ ...world.deps, tm: stopped }, await world.claim(id));
    expect(asked).toBe(1);
    expect((await world.order(id)).scheduling.visit?.slot).toEqual(to('05').slot);
    expect(world.tm.ledger().appointments).toMatchObject([to('05').slot]);
    expect(await world.broken()).toEqual([]);
  });

  test.each([
    ['between the commit of a step and its first request', 0],
    ['between two requests of a step', 1],
  ])('or only slept, %s, moves no visit: the order is asked anew', async (_, sleepsBefore) => {
    const world = await sagaWorld();
    const id = await world.place();
    const before = (await world.settle(id)).scheduling.visit?.slot;
    const slot = { start: '2026-11-27T05:00:00.000Z', end: '2026-11-27T06:00:00.000Z' };
    const move = { slot, technicianId: 'T-02', code: 'CUSTOMER_RESCHEDULE', agreed: true };
    await world.change(id, (process) => moveVisit(process, move));
    let asked = 0;
    // Its lease is not over yet: nobody else has the order, but people have.
    const asleep = async (): Promise<void> => {
      if (asked === sleepsBefore) {
        await world.clock.advance(LEASE_MS - 10_000);
        await world.cancel(id);
      }
      asked += 1;
    };
    const { store, tm } = world.deps;
    const sleepy: SagaDeps = {
      ...world.deps,
      store: {
        ...store,
        write: async (work) => {
          const done = await store.write(work);
          if (asked === 0) await asleep();
          return done;
        },
      },
      tm: {
        ...tm,
        readAppointment: async (appointmentId, sending) => {
          const read = await tm.readAppointment(appointmentId, sending);
          await asleep();
          return read;
        },
      },
    };
    await world.awaiting(runOrder(sleepy, await world.claim(id)));
    expect((await world.settle(id)).stage).toBe('cancelled');
    expect(world.tm.ledger().appointments).toMatchObject([{ ...before, status: 'cancelled' }]);
    // The desk hears of the cancel alone.
    const changes = world.tm.ledger().requests.filter(({ operation }) => operation === 'change');
    expect(changes).toMatchObject([{ count: 1 }]);
    expect(await world.broken()).toEqual([]);
  });

  test('before its first commit answers with the order as it is, not as one that was never placed', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    const claim = await world.claim(id);
    await steal(world, id);
    expect(await runOrder(world.deps, claim)).toEqual(await world.order(id));
  });

  test('does not free the lease of the one that has it now', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    const claim = await world.claim(id);
    const thief = await steal(world, id);
    await runOrder(world.deps, claim);
    expect(thief !== null && (await world.deps.store.read((tx) => tx.work.holds(thief)))).toBe(true);
    await expect(world.claim(id)).rejects.toThrow(/is claimed/);
  });
});

describe('a lease', () => {
  test('is extended by every commit, and free at the end', async () => {
    const world = await sagaWorld({ ne: { latencyMs: () => 4_900 } });
    const id = await world.place({ lines: { internet: 10, tv: 0 } });
    const running = runOrder(world.deps, await world.claim(id));
    while (world.clock.monotonic() < 50_000) await world.clock.toNext();
    const from = world.clock.now();
    expect(from).toBeGreaterThan(Date.parse('2026-11-24T01:00:00.000Z') + 49_000);
    const owners = (at: number) => world.deps.store.read((tx) => tx.work.owners(at));
    expect(await owners(from + LEASE_MS - 5_000)).toEqual(['test/1/0']);
    await world.awaiting(running);
    expect(await owners(world.clock.now())).toEqual([]);
  });

  // No time passes after the run: a lease that is left would be there still, and hold the order up for a minute.
  test.each([
    ['that came as far as it can', async () => {}, {}],
    ['that ended on a retry', async (world: SagaWorld) => refuseCreates(world), {}],
    ['that was cut off in a call', async () => {}, { budgetMs: 1_500 }],
    ['that was over before it began', async () => {}, { signal: AbortSignal.abort() }],
    ['that came to no commit', async (world: SagaWorld, id: string) => world.settle(id), {}],
  ] as const)('is not held after a run %s', async (_name, prepare, options) => {
    const world = await sagaWorld({ ne: { latencyMs: () => ('budgetMs' in options ? 60_000 : 0) } });
    const id = await world.place();
    await prepare(world, id);
    const claim = await world.claim(id);
    const owners = () => world.deps.store.read((tx) => tx.work.owners(world.clock.now()));
    expect(await owners()).toEqual([claim.owner]);
    await world.awaiting(runOrder(world.deps, claim, options));
    expect(await owners()).toEqual([]);
  });
});

/** The world, and `told` what each write has appended to the order, after its work and before its commit. */
const watchingWrites = (
  { deps }: SagaWorld,
  id: string,
  told: (types: readonly EventType[], tx: Tx) => void,
): SagaDeps => {
  const { store } = deps;
  return {
    ...deps,
    store: {
      ...store,
      write: (work) =>
        store.write(async (tx) => {
          const before = (await tx.events.load(id)).length;
          const result = await work(tx);
          told(
            (await tx.events.load(id)).slice(before).map(({ type }) => type),
            tx,
          );
          return result;
        }),
    },
  };
};

test('a place at the peer is given back when the commit of its intent fails', async () => {
  const world = await sagaWorld();
  const id = await world.place();
  const failing = watchingWrites(world, id, (types) => {
    if (types.includes('ServiceRequested')) throw new Error('no room');
  });
  await expect(runOrder(failing, await world.claim(id))).rejects.toThrow('no room');
  expect(world.ne.outstanding()).toBe(0);
  expect(await world.types(id)).not.toContain('ServiceRequested');
});

describe('lanes', () => {
  test('do not wait for each other: the network hangs, the desk goes on', async () => {
    const world = await sagaWorld({
      ne: { latencyMs: (_operation, key) => (key.includes('tv') ? 60_000 : 0) },
    });
    const id = await world.place();
    await world.settle(id, 1_000);
    expect((await world.order(id)).scheduling.visit).not.toBeNull();
    const to = { start: '2026-11-27T05:00:00.000Z', end: '2026-11-27T06:30:00.000Z' };
    const from = world.clock.now();
    await world.change(id, () => [
      { type: 'OrderAmended', data: { internetCount: 1, tvCount: 1 } },
      { type: 'MoveRequested', data: { slot: to, technicianId: 'T-01', code: 'X' } },
    ]);
    await world.run(id);
    const events = (await world.events(id)).filter(({ at }) => Date.parse(at) >= from);
    const moved = events.find(({ type }) => type === 'Scheduled');
    const doubted = events.find(({ type }) => type === 'ServiceInDoubt');
    expect(Date.parse(moved?.at ?? '')).toBe(from);
    expect(Date.parse(doubted?.at ?? '')).toBe(from + 5_000);
  });

  test('a failure delays its own lane only', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    await world.settle(id);
    world.neFaults.add('revert', { fault: 'not-sent' }, { times: 100 });
    await world.cancel(id);
    await world.run(id);
    const { lanes } = await world.row(id);
    expect(lanes.ne.tries).toBe(1);
    expect(lanes.tm).toEqual({ due: null, tries: 0, retryAt: 0, error: null });
    expect(await world.types(id)).toContain('ScheduleCancelled');
  });
});

describe('one commit a call', () => {
  test('the settling commit carries the next intent', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    const commits: (readonly string[])[] = [];
    const counted = watchingWrites(world, id, (types, tx) => tx.afterCommit(() => commits.push(types)));
    await runOrder(counted, await world.claim(id));
    expect(commits).toEqual([
      ['ActivationStarted', 'ServiceRequested'],
      ['ServiceActivated', 'ServiceRequested'],
      // Nothing is left at the network: it also begins what needs no intent, the search at the desk.
      ['ServiceActivated'],
      ['ActivationCompleted', 'SchedulingRequested', 'VisitProposed', 'CallRequested'],
      // It also gives the lease back.
      ['CustomerCalled', 'Scheduled', 'FieldWorkDispatched'],
    ]);
    expect(await world.deps.store.read((tx) => tx.work.owners(world.clock.now()))).toEqual([]);
  });
});

describe('a budget', () => {
  test('cuts the deadline of a call to what is left, and begins nothing after it', async () => {
    const world = await sagaWorld({ ne: { latencyMs: () => 60_000 } });
    const id = await world.place();
    const from = world.clock.monotonic();
    await world.run(id, { budgetMs: 1_500 });
    expect(world.clock.monotonic() - from).toBe(1_500);
    expect((await world.types(id)).slice(2)).toEqual(['ServiceRequested', 'ServiceInDoubt']);
  });

  test('that is used up leaves the rest due for the worker', async () => {
    const world = await sagaWorld({ ne: { latencyMs: () => 800 } });
    const id = await world.place();
    await world.run(id, { budgetMs: 1_000 });
    expect((await world.types(id)).filter((type) => type === 'ServiceRequested')).toHaveLength(2);
    const { lanes } = await world.row(id);
    expect(lanes.ne.due).not.toBeNull();
    expect((await world.settle(id)).scheduling.visit).not.toBeNull();
    expect(await world.broken()).toEqual([]);
  });

  test('a signal ends the run after what is in flight', async () => {
    const world = await sagaWorld({ ne: { latencyMs: () => 800 } });
    const id = await world.place();
    const stop = new AbortController();
    const running = world.run(id, { signal: stop.signal });
    await until(world, id, 'ServiceRequested');
    stop.abort();
    await running;
    expect((await world.types(id)).slice(2)).toEqual(['ServiceRequested', 'ServiceActivated']);
    expect(world.ne.outstanding()).toBe(0);
  });
});

describe('commands that exclude each other', () => {
  test('cancel and complete at once: exactly one wins, the other is told', async () => {
    for (const first of ['cancel', 'complete'] as const) {
      const world = await sagaWorld();
      const id = await world.place();
      await world.settle(id);
      const acts = {
        cancel: () => world.change(id, (process) => cancelOrder(process, { code: 'TEST' })),
        complete: () =>
          world.change(id, (process) =>
            completeFieldWork(process, EVIDENCE, { occurredAt: iso(world.clock.now()) }),
          ),
      };
      const second = first === 'cancel' ? 'complete' : 'cancel';
      const [won, lost] = await Promise.allSettled([acts[first](), acts[second]()]);
      expect(won.status).toBe('fulfilled');
      expect(lost.status === 'rejected' && lost.reason instanceof Refusal && lost.reason.code).toBe(
        'ALREADY_FINAL',
      );
      await world.settle(id);
      expect(await world.broken()).toEqual([]);
    }
  });

  test('two processes: the one without the lease leaves the order alone', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    const claim = await world.claim(id);
    const other = another(world);
    const refused = await other.store.write((tx) =>
      tx.work.claimOne(id, { now: world.clock.now(), owner: other.processes.self, leaseMs: LEASE_MS }),
    );
    expect(refused).toBeNull();
    await world.awaiting(runOrder(world.deps, claim));
    expect(await world.broken()).toEqual([]);
  });
});

describe('a run whose wall clock is put back', () => {
  test('keeps the lease that others have shortened', async () => {
    const ne = { ...DEFAULT_POLICY.ne, timeoutMs: 20_000 };
    const world = await sagaWorld({
      start: '2026-11-24T09:00:00.000Z',
      policy: { ne },
      ne: { latencyMs: () => 9_000 },
    });
    const id = await world.place({ lines: { internet: 5, tv: 5 } });
    let isOver = false;
    const running = runOrder(world.deps, await world.claim(id)).finally(() => {
      isOver = true;
    });
    await until(world, id, 'ServiceRequested');
    world.clock.set(iso(world.clock.now() - 8 * HOUR_MS));
    await replanAhead(world.deps);
    while (world.clock.monotonic() < LEASE_MS + 10_000) {
      expect(isOver).toBe(false);
      const other = await world.deps.store.write((tx) =>
        tx.work.claimOne(id, { now: world.clock.now(), owner: 'test/2/0', leaseMs: LEASE_MS }),
      );
      expect(other).toBeNull();
      await world.clock.toNext();
    }
    await world.awaiting(running);
    expect(await world.broken()).toEqual([]);
  });
});
