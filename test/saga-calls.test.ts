import { afterEach, describe, expect, test } from 'vitest';
import type { PeerFault } from '../src/adapters/memory/memory-faults.ts';
import { recordCall } from '../src/core/app/desk/desk.ts';
import { retryHold } from '../src/core/order/decide.ts';
import { DEFAULT_POLICY } from '../src/core/rules/policy.ts';
import { proposeVisit } from '../src/core/scheduling/decide.ts';
import { iso, ms } from '../src/core/time/iso.ts';
import { type SagaWorld, sagaWorld } from './support/saga-world.ts';

let world: SagaWorld;
let repeats = false;
afterEach(async () => {
  expect(await world.broken({ peersRepeat: repeats })).toEqual([]);
  repeats = false;
});

const HOUR = 3_600_000;
const rings = () => world.tm.ledger().calls.reduce((sum, { count }) => sum + count, 0);
const requested = async (id: string) =>
  (await world.events(id)).flatMap((one) => (one.type === 'CallRequested' ? [ms(one.at)] : []));
const dead = (fault: PeerFault, times = 100) => world.tmFaults.add('call', fault, { times });

describe('an answer about another call', () => {
  test.each([true, false])(
    'is of a call that was made: nobody is phoned again before a person has looked (%s)',
    async (isTold) => {
      world = await sagaWorld();
      repeats = true;
      world.tmFaults.add('call', { fault: 'renamed', name: 'ORD-000009/call#1', isTold });
      const id = await world.place();
      const { order } = await world.settle(id, 9 * HOUR);
      expect(order.holds).toMatchObject([{ hold: 'CallCustomer', cause: 'ANSWERED_AS_ANOTHER' }]);
      expect(rings()).toBe(1);
      expect(await requested(id)).toHaveLength(1);
      // Called again by a person's word alone.
      await world.change(id, (process) => retryHold(process, 'CallCustomer', undefined));
      expect((await world.settle(id, 9 * HOUR)).scheduling.visit).not.toBeNull();
      expect(rings()).toBe(2);
    },
  );

  test('is found under our own name all the same, where the desk keeps it so', async () => {
    world = await sagaWorld();
    world.tmFaults.add('call', { fault: 'garbage' });
    const id = await world.place();
    const { order, scheduling } = await world.settle(id, HOUR);
    expect([order.holds, rings()]).toEqual([[], 1]);
    expect(scheduling.visit).not.toBeNull();
  });
});

describe('an answer that may be a gateway’s', () => {
  test.each([400, 401, 409, 422, 429, 503] as const)(
    '%s after the phone rang: the desk is asked, and nobody is phoned again',
    async (status) => {
      world = await sagaWorld();
      world.tmFaults.add('call', { fault: 'answered-after', status });
      const id = await world.place();
      const process = await world.settle(id, 2 * HOUR);
      expect(process.scheduling.visit).not.toBeNull();
      expect(process.order.holds).toEqual([]);
      const types = await world.types(id);
      expect(types).toContain('CallInDoubt');
      expect(types).not.toContain('CallNotPlaced');
      expect(rings()).toBe(1);
    },
  );

  test.each(['misconfigured', 'busy'] as const)(
    '%s, and nothing was done: asked again later',
    async (fault) => {
      world = await sagaWorld();
      const retryAt = world.clock.now() + 2 * HOUR;
      world.tmFaults.add('call', fault === 'busy' ? { fault, retryAt } : { fault });
      const id = await world.place();
      const process = await world.settle(id, 3 * HOUR);
      expect(process.scheduling.visit).not.toBeNull();
      const [first = 0, second = 0, ...more] = await requested(id);
      expect(more).toEqual([]);
      // Not before the pause, and not before the desk itself said.
      expect(second - first).toBeGreaterThanOrEqual(HOUR);
      if (fault === 'busy') expect(second).toBeGreaterThanOrEqual(retryAt);
    },
  );

  test('202: what the desk took on is waited for as long as it may take, and then counts as a ring', async () => {
    world = await sagaWorld();
    world.tmFaults.add('call', { fault: 'answered-after', status: 202 });
    // It shows what it took on five minutes later.
    world.tmFaults.add('findCall', { fault: 'blank' }, { times: 7 });
    const id = await world.place();
    const process = await world.settle(id, HOUR);
    expect(process.scheduling.visit).not.toBeNull();
    expect(rings()).toBe(1);
    const called = (await world.events(id)).find(({ type }) => type === 'CustomerCalled');
    expect(ms(called?.at ?? '') - ((await requested(id))[0] ?? 0)).toBeGreaterThan(60_000);
    const never = await world.place();
    world.tmFaults.add('call', { fault: 'answered-after', status: 202 });
    world.tmFaults.add('findCall', { fault: 'blank' }, { times: 100 });
    await world.settle(never, HOUR - 60_000);
    expect((await world.order(never)).scheduling.call).not.toBeNull();
    await world.settle(never, HOUR);
    expect((await world.events(never)).filter(({ type }) => type === 'CallRequested')).toHaveLength(1);
    expect((await world.order(never)).scheduling.rings).toHaveLength(1);
  });

  test('a search of slots that fails changes nothing', async () => {
    world = await sagaWorld();
    for (const status of [400, 401, 429, 503] as const)
      world.tmFaults.add('search', { fault: 'answered-after', status });
    const id = await world.place();
    await world.run(id);
    const { activation, scheduling } = await world.order(id);
    expect([activation.completed, scheduling.task]).toEqual([null, null]);
  });
});

describe('a call that nobody can disprove', () => {
  test('the day’s limit and the pause hold, and then a person is asked', async () => {
    world = await sagaWorld({ start: '2026-11-24T00:00:00.000Z' });
    dead({ fault: 'lost-before' });
    const id = await world.place();
    const process = await world.settle(id, 9 * HOUR);
    const calls = await requested(id);
    expect(calls).toHaveLength(DEFAULT_POLICY.schedule.callsPerDay);
    for (const [at, call] of calls.slice(1).entries()) {
      expect(call - (calls[at] ?? 0)).toBeGreaterThanOrEqual(HOUR);
    }
    expect(process.order.holds).toMatchObject([{ hold: 'CallCustomer', cause: 'NEVER_ANSWERED' }]);
    await world.change(id, (current) => retryHold(current, 'CallCustomer'));
    world.tmFaults.clear();
    // The limit of the day stands whoever says so: it is the customer's.
    expect((await world.settle(id, 21 * HOUR)).scheduling.visit).toBeNull();
    expect((await world.settle(id, 24 * HOUR)).scheduling.visit).not.toBeNull();
    expect(iso((await requested(id)).at(-1) ?? 0)).toBe('2026-11-25T00:00:00.000Z');
  });

  test('the day’s limit holds too where a gateway refuses each of them, and a person says "again"', async () => {
    world = await sagaWorld({ start: '2026-11-24T00:00:00.000Z', tm: { recordsAfterMs: () => 9 * HOUR } });
    dead({ fault: 'answered-after', status: 422 });
    const id = await world.place();
    for (let tries = 0; tries < 5; tries += 1) {
      const { order } = await world.settle(id);
      if (tries < 4 && order.holds.length > 0)
        await world.change(id, (current) => retryHold(current, 'CallCustomer'));
    }
    expect(await requested(id)).toHaveLength(DEFAULT_POLICY.schedule.callsPerDay);
    repeats = true;
  });

  test('counts for a proposal that is made anew', async () => {
    world = await sagaWorld();
    world.tmFaults.add('call', { fault: 'lost-before' });
    const id = await world.place();
    await world.settle(id);
    await world.change(id, () => [{ type: 'VisitReleased', data: { why: 'unassigned' } }]);
    await world.settle(id, 2 * HOUR);
    const [first = 0, second = 0] = await requested(id);
    expect(second - first).toBeGreaterThanOrEqual(HOUR);
  });

  test('is asked for once more before the next one: what the desk wrote down late is the answer', async () => {
    world = await sagaWorld({ tm: { idempotent: false } });
    // It rings, and the desk writes it down half a minute later.
    world.tmFaults.add('call', { fault: 'late-after', ms: 30_000 });
    const id = await world.place();
    const process = await world.settle(id, 2 * HOUR);
    expect(process.scheduling.visit).not.toBeNull();
    expect(rings()).toBe(1);
    expect(await requested(id)).toHaveLength(1);
    const called = (await world.events(id)).find(({ type }) => type === 'CustomerCalled');
    const intent = (await world.events(id)).find(({ type }) => type === 'CallRequested');
    expect(called?.causationId).toBe(intent?.eventId);
    expect(process.scheduling.rings).toEqual([]);
  });

  test('is not made while the desk cannot say what came of the one before', async () => {
    world = await sagaWorld();
    world.tmFaults.add('call', { fault: 'lost-before' });
    const id = await world.place();
    await world.settle(id);
    world.tmFaults.add('findCall', { fault: 'lost-before' }, { times: 1_000 });
    await world.settle(id, 3 * HOUR);
    expect(await requested(id)).toHaveLength(1);
  });

  test('a booking rings nobody: it is asked for again soon, and a person is asked after three', async () => {
    world = await sagaWorld({ policy: { schedule: DEFAULT_POLICY.schedule } });
    dead({ fault: 'lost-before' });
    const id = await world.place();
    await world.settle(id);
    await world.change(id, (process) =>
      proposeVisit(process, {
        slot: { start: '2026-11-26T05:00:00.000Z', end: '2026-11-26T06:00:00.000Z' },
        technicianId: 'T-01',
        via: 'agreed',
        callAt: iso(world.clock.now()),
        expiresAt: iso(world.clock.now() + 2 * HOUR),
        choice: 'by-hand',
        reasons: [],
      }),
    );
    const process = await world.settle(id);
    expect(await requested(id)).toHaveLength(3);
    expect(process.scheduling.rings).toEqual([]);
    expect(process.order.holds).toMatchObject([{ hold: 'CallCustomer', cause: 'NEVER_ANSWERED' }]);
  });

  test('that the desk wrote down late and never ends needs a person', async () => {
    world = await sagaWorld({
      start: '2026-11-24T00:00:00.000Z',
      tm: {
        answer: () => ({ outcome: 'AGREED', afterMs: Number.POSITIVE_INFINITY }),
        recordsAfterMs: () => 60_000,
      },
    });
    world.tmFaults.add('call', { fault: 'lost-after' });
    const id = await world.place();
    const process = await world.settle(id, 3 * HOUR);
    expect(process.order.holds).toMatchObject([{ hold: 'CallCustomer', cause: 'CALL_NEVER_ENDS' }]);
    expect(rings()).toBe(1);
    await world.change(id, (current) => retryHold(current, 'CallCustomer'));
    await world.settle(id);
    expect(await requested(id)).toHaveLength(2);
  });

  test('stays one when a person calls by hand: both count, and the desk is asked for it still', async () => {
    world = await sagaWorld({ start: '2026-11-24T00:00:00.000Z' });
    world.tmFaults.add('call', { fault: 'lost-before' });
    world.tmFaults.add('call', { fault: 'lost-before' });
    world.tmFaults.add('call', { fault: 'lost-before' });
    const id = await world.place();
    await world.settle(id);
    await recordCall(world.deps, id, { call: { outcome: 'NO_ANSWER' } });
    expect((await world.order(id)).scheduling.rings).toHaveLength(1);
    await world.settle(id, 9 * HOUR);
    expect(await requested(id)).toHaveLength(DEFAULT_POLICY.schedule.callsPerDay - 1);
    expect(await world.types(id)).toContain('CallNotSeen');
  });

  test('a cancelled order does not wait for the pause', async () => {
    world = await sagaWorld();
    world.tmFaults.add('call', { fault: 'lost-before' });
    const id = await world.place();
    await world.run(id);
    await world.cancel(id);
    expect((await world.settle(id, 60_000)).stage).toBe('cancelled');
  });
});

describe('a call that was answered', () => {
  const again = async (id: string) => {
    await world.change(id, () => [{ type: 'VisitReleased', data: { why: 'amended' } }]);
    return world.settle(id, 9 * HOUR);
  };

  test('counts for a proposal that is made anew: against the limit of the day', async () => {
    world = await sagaWorld({
      start: '2026-11-24T00:00:00.000Z',
      tm: { answer: () => ({ outcome: 'BUSY' }) },
    });
    const id = await world.place();
    await world.settle(id, 3 * HOUR);
    expect(await requested(id)).toHaveLength(3);
    await again(id);
    expect(await requested(id)).toHaveLength(DEFAULT_POLICY.schedule.callsPerDay);
  });

  test('and for the pause', async () => {
    world = await sagaWorld({
      start: '2026-11-24T00:00:00.000Z',
      tm: { answer: () => ({ outcome: 'BUSY' }) },
    });
    const id = await world.place();
    await world.settle(id);
    await again(id);
    const [first = 0, second = 0] = await requested(id);
    expect(second - first).toBeGreaterThanOrEqual(HOUR);
  });

  test('and keeps no promise of a callback waiting', async () => {
    world = await sagaWorld({
      start: '2026-11-24T00:00:00.000Z',
      tm: { answer: () => ({ outcome: 'BUSY' }) },
    });
    const id = await world.place();
    await world.settle(id, 3 * HOUR);
    const at = world.clock.now() + HOUR / 2;
    await recordCall(world.deps, id, { call: { outcome: 'CALLBACK', at } });
    await again(id);
    expect(await requested(id)).toContain(at);
  });
});
