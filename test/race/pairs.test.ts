import { describe, expect, test } from 'vitest';
import type { MemoryTm } from '../../src/adapters/memory/memory-tm.ts';
import type { Change } from '../../src/core/app/change-order.ts';
import { assignVisit } from '../../src/core/app/desk/assign-visit.ts';
import { moveVisit } from '../../src/core/app/desk/desk.ts';
import { runOrder } from '../../src/core/app/engine/order-loop.ts';
import { completeVisit, returnVisit, revisitLater } from '../../src/core/app/field/field.ts';
import { amendOrder, cancelOrder } from '../../src/core/app/orders/change-terms.ts';
import { rebuild } from '../../src/core/app/rebuild.ts';
import { DEFAULT_POLICY } from '../../src/core/rules/policy.ts';
import { Refusal } from '../../src/core/rules/refusal.ts';
import { HOUR_MS } from '../../src/core/time/units.ts';
import { machine } from '../simulation/machines.ts';
import { type Fates, mortal } from '../simulation/mortal.ts';
import { type SagaWorld, sagaWorld } from '../support/saga-world.ts';

type Command = (world: SagaWorld, id: string) => Promise<Change>;

const EVIDENCE = { ont: 'ABCD12345678', rx: -18.5, stb: [], signer: '정하은' };
const cancel: Command = ({ deps }, id) => cancelOrder(deps, id, { code: 'CUSTOMER_CHANGED_MIND' });
const complete: Command = ({ deps }, id) => completeVisit(deps, id, { facts: {}, evidence: EVIDENCE });
const giveBack: Command = ({ deps }, id) => returnVisit(deps, id, { facts: {}, code: 'NO_FACILITY' });
const revisit: Command = ({ deps }, id) => revisitLater(deps, id, { facts: {}, code: 'NO_ACCESS' });
const amend: Command = ({ deps }, id) =>
  amendOrder(deps, id, { amendment: { lines: { internet: 2, tv: 0 } } });
const move: Command = async (world, id) => {
  const { visit } = (await world.order(id)).scheduling;
  const at = Date.parse(visit?.slot.start ?? '') + 86_400_000;
  return moveVisit(world.deps, id, { move: { at, agreed: true, code: 'CUSTOMER_RESCHEDULE' } });
};

/** The code of a refusal, or how the change went. Anything else that is thrown is a bug. */
const answerOf = async (change: Promise<Change>): Promise<string> => {
  try {
    return (await change).status;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

/** An order with an agreed visit, the technician on the way. */
const dispatched = async (world: SagaWorld): Promise<string> => {
  const id = await world.place();
  await world.settle(id);
  return id;
};

describe('commands that exclude each other: exactly one wins, the other says conflict', () => {
  test.each<[string, Command, Command, string]>([
    ['complete against cancel', complete, cancel, 'ALREADY_FINAL'],
    ['cancel against complete', cancel, complete, 'ALREADY_FINAL'],
    ['return against cancel', giveBack, cancel, 'ALREADY_FINAL'],
    ['cancel against return', cancel, giveBack, 'ALREADY_FINAL'],
    ['complete against return', complete, giveBack, 'ALREADY_FINAL'],
    ['return against complete', giveBack, complete, 'ALREADY_FINAL'],
    ['complete against a revisit', complete, revisit, 'ALREADY_FINAL'],
    ['a revisit against complete', revisit, complete, 'NO_VISIT'],
    ['cancel against move', cancel, move, 'ALREADY_FINAL'],
    ['cancel against itself', cancel, cancel, 'already'],
    ['complete against itself', complete, complete, 'already'],
  ])('%s', async (_name, first, second, refusal) => {
    const world = await sagaWorld();
    const id = await dispatched(world);
    const answers = await Promise.all([answerOf(first(world, id)), answerOf(second(world, id))]);
    expect(answers).toEqual(['done', refusal]);
    await world.settle(id);
    expect(await world.broken()).toEqual([]);
  });
});

describe('commands and steps that meet', () => {
  const during = async (
    command: Command,
    options: { readonly latencyMs: number; readonly waitMs: number },
  ): Promise<{ world: SagaWorld; id: string }> => {
    const world = await sagaWorld({ ne: { latencyMs: () => options.latencyMs } });
    const id = await world.place();
    const running = world.run(id);
    running.catch(() => {});
    await world.clock.advance(options.waitMs);
    await command(world, id);
    await running;
    await world.settle(id);
    return { world, id };
  };

  test.each([1, 100, 199, 200, 201, 350, 401])(
    'cancel against activate, %i ms after its begin',
    async (waitMs) => {
      const { world, id } = await during(cancel, { latencyMs: 200, waitMs });
      expect((await world.order(id)).stage).toBe('cancelled');
      expect(world.ne.ledger().services.filter(({ state }) => state === 'active')).toEqual([]);
      expect(await world.broken()).toEqual([]);
    },
  );

  test.each([1, 100, 199, 300])('an amendment against activate, %i ms after its begin', async (waitMs) => {
    const { world } = await during(amend, { latencyMs: 200, waitMs });
    expect(world.ne.ledger().services.filter(({ state }) => state === 'active')).toHaveLength(3);
    expect(await world.broken()).toEqual([]);
  });

  test('cancel while a call is in doubt: the phone rang once, and its appointment is cancelled', async () => {
    const world = await sagaWorld();
    world.tmFaults.add('call', { fault: 'lost-after' });
    const id = await world.place();
    await world.run(id);
    expect((await world.order(id)).scheduling.call).not.toBeNull();
    await cancel(world, id);
    await world.settle(id);
    expect(world.tm.ledger().calls).toMatchObject([{ count: 1 }]);
    expect(world.tm.ledger().appointments).toMatchObject([{ status: 'cancelled' }]);
    expect((await world.order(id)).stage).toBe('cancelled');
    expect(await world.broken()).toEqual([]);
  });

  test('cancel while a move is under way', async () => {
    const world = await sagaWorld({ tm: { latencyMs: () => 200 } });
    const id = await dispatched(world);
    await move(world, id);
    const running = world.run(id);
    running.catch(() => {});
    await world.clock.advance(100);
    await cancel(world, id);
    await running;
    await world.settle(id);
    expect(world.tm.ledger().appointments).toMatchObject([{ status: 'cancelled' }]);
    expect(await world.broken()).toEqual([]);
  });

  test('two assigns of one slot: one holds it, the other is told that it is taken', async () => {
    const world = await sagaWorld({ policy: {} });
    const manual = { ...world.deps.policy, schedule: { ...world.deps.policy.schedule, auto: false } };
    const deps = { ...world.deps, policy: manual };
    const ids = [await world.place(), await world.place()];
    for (const id of ids) {
      const claim = await world.claim(id);
      await world.awaiting(runOrder(deps, claim));
    }
    const at = Date.parse('2026-11-25T01:00:00.000Z');
    const wish = { technician: 'T-01', at, via: 'desk', call: 'hours' } as const;
    const answers = await Promise.all(ids.map((id) => answerOf(assignVisit(deps, id, { wish }))));
    expect(answers).toEqual(['done', 'SLOT_TAKEN']);
  });

  test('of two workers that claim one order, one gets it', async () => {
    const world = await sagaWorld();
    const id = await world.place();
    const claims = await Promise.all(
      ['a/1/0', 'b/1/0'].map((owner) =>
        world.deps.store.write((tx) =>
          tx.work.claimOne(id, { now: world.clock.now(), owner, leaseMs: 60_000 }),
        ),
      ),
    );
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  test('a worker that wakes and says that it never sent ends the hold of whoever was to look', async () => {
    const lookups = { consistencyMs: 0, isKeyProven: false };
    const world = await sagaWorld({ policy: { ne: { ...DEFAULT_POLICY.ne, ...lookups } } });
    const id = await world.place();
    let struck = false;
    const fates: Fates = (name) => {
      if (struck || name !== 'write') return { kind: 'lives' };
      struck = true;
      return { kind: 'sleeps', ms: 90_000 };
    };
    const where = { peers: world, machine: machine('one', world.clock), time: world.clock };
    const sleeper = mortal(world.deps, { ...where, fates, trouble: () => null });
    // It sleeps behind the commit of its first intent, and finds the window of that over.
    const asleep = runOrder(sleeper.deps, await world.claim(id));
    asleep.catch(() => {});
    await world.clock.advance(61_000);
    await world.cancel(id);
    await world.settle(id);
    await world.awaiting(asleep);
    expect((await world.settle(id)).stage).toBe('cancelled');
    const story = ['OrderHeld', 'ServiceNotFound', 'HoldReleased', 'ActivationCancelled', 'OrderClosed'];
    expect((await world.types(id)).slice(-story.length)).toEqual(story);
    expect(await world.broken()).toEqual([]);
  });

  test.each(['CallCustomer:before-send', 'the first byte', 'CallCustomer:after-send'])(
    'a laptop that is closed at %s, and opened again, phones nobody twice',
    async (at) => {
      const world = await sagaWorld({ start: '2026-11-24T00:30:00.000Z', tm: { idempotent: false } });
      const id = await world.place();
      // Of a call that is made all the same this desk would tell nobody.
      if (!at.endsWith('after-send')) world.tmFaults.add('findCall', { fault: 'blank' }, { times: 9 });
      const laptop = machine('laptop', world.clock);
      let isClosed = false;
      const close = (): void => {
        if (!isClosed) laptop.suspend(2 * HOUR_MS);
        isClosed = true;
      };
      const fates: Fates = (name) => {
        if (name === at) close();
        return { kind: 'lives' };
      };
      const client: MemoryTm['client'] = (clock) => {
        const tm = world.tm.client(clock);
        const call: MemoryTm['call'] = async (request, sending) => {
          if (at === 'the first byte') close();
          while (laptop.sleepsFor() > 0) await world.clock.wait(laptop.sleepsFor());
          return tm.call(request, sending);
        };
        return { ...tm, call };
      };
      const peers = { ne: world.ne, tm: { ...world.tm, client } };
      const sleeper = mortal(world.deps, {
        peers,
        machine: laptop,
        time: world.clock,
        fates,
        trouble: () => null,
      });
      const asleep = runOrder(sleeper.deps, await world.claim(id));
      asleep.catch(() => {});
      await world.clock.advance(61_000);
      expect(isClosed).toBe(true);
      // Another machine takes the order, and finds nothing of the call, or what came of it: then it has called by now.
      await world.settle(id, 1.5 * HOUR_MS);
      await world.awaiting(asleep);
      await world.settle(id, 4 * HOUR_MS);
      expect(world.tm.ledger().calls).toMatchObject([{ count: 1 }]);
      expect((await world.order(id)).scheduling.visit).not.toBeNull();
      expect(await world.broken()).toEqual([]);
      expect(sleeper.permits()).toBe(0);
    },
  );

  test.each([
    'ActivateService:after-send',
    'ActivateService:before-settle',
    'CallCustomer:after-send',
    'RequestScheduling:after-send',
  ])(
    'a worker that sleeps at %s past its lease, and wakes, appends nothing but the fact that it was told',
    async (place) => {
      const world = await sagaWorld();
      const id = await world.place();
      let struck = false;
      const fates: Fates = (name) => {
        // A crash point only tells the time; the process stands still at its next write.
        if (struck || name !== place) return { kind: 'lives' };
        struck = true;
        return { kind: 'sleeps', ms: 90_000 };
      };
      const where = { peers: world, machine: machine('one', world.clock), time: world.clock };
      const sleeper = mortal(world.deps, { ...where, fates, trouble: () => null });
      const asleep = runOrder(sleeper.deps, await world.claim(id));
      asleep.catch(() => {});
      await world.clock.advance(61_000);
      await world.settle(id);
      const before = await world.types(id);
      await world.awaiting(asleep);
      expect(struck).toBe(true);
      // What the network has confirmed is a fact, whoever was told of it (rule 2).
      const facts = place === 'ActivateService:after-send' ? ['ServiceActivated'] : [];
      expect(await world.types(id)).toEqual([...before, ...facts]);
      await world.settle(id);
      expect(await world.broken()).toEqual([]);
      expect(sleeper.permits()).toBe(0);
    },
  );

  test('a rebuild while a worker talks to the network: its answer is not lost, and nothing is sent twice', async () => {
    const world = await sagaWorld({ ne: { latencyMs: () => 200, idempotent: false } });
    const id = await world.place();
    const running = world.run(id);
    running.catch(() => {});
    await world.clock.advance(100);
    await rebuild(world.deps);
    await running;
    await world.settle(id);
    expect((await world.order(id)).stage).toBe('dispatched');
    expect(await world.broken()).toEqual([]);
  });
});
