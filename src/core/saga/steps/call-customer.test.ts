import { afterEach, describe, expect, test } from 'vitest';
import { type SagaWorld, sagaWorld, TECHNICIAN } from '../../../../test/support/saga-world.ts';
import type { Answering } from '../../../adapters/memory/memory-desk.ts';
import { retryHold } from '../../order/decide.ts';
import { DEFAULT_POLICY } from '../../rules/policy.ts';
import { proposeVisit } from '../../scheduling/decide.ts';
import { iso, ms } from '../../time/iso.ts';

let world: SagaWorld;
afterEach(async () => {
  expect(await world.broken()).toEqual([]);
});

type Said = ReturnType<Answering>;

/** A desk whose customer says these words, one a call, and then agrees. */
const saying = async (...words: readonly Said[]) => {
  let at = 0;
  const answer: Answering = () => words[at++] ?? { outcome: 'AGREED' };
  world = await sagaWorld({ tm: { answer } });
  return world.place();
};
const called = async (id: string) =>
  (await world.events(id)).flatMap((one) => (one.type === 'CustomerCalled' ? [one] : []));
const rings = () => world.tm.ledger().calls.reduce((sum, { count }) => sum + count, 0);

describe('what the customer says', () => {
  test('AGREED becomes a visit in the same commit, and names the call', async () => {
    const id = await saying();
    const process = await world.settle(id);
    const events = await world.events(id);
    const at = events.findIndex(({ type }) => type === 'CustomerCalled');
    const [request, answer, visit] = events.slice(at - 1, at + 2);
    expect(request).toMatchObject({ type: 'CallRequested', data: { callKey: `${id}/call#1`, via: 'desk' } });
    expect(answer).toMatchObject({
      causationId: request?.eventId,
      data: { outcome: 'AGREED', appointmentId: 'APT-000001', nextCallAt: null, by: 'desk' },
    });
    expect(visit).toMatchObject({ type: 'Scheduled', at: answer?.at });
    expect(process.scheduling.promise).toEqual(process.scheduling.visit?.slot);
  });

  test.each(['NO_ANSWER', 'BUSY'] as const)(
    '%s is tried again after an hour, with the next key',
    async (outcome) => {
      const id = await saying({ outcome });
      await world.settle(id);
      const [first] = await called(id);
      const again = iso(ms(first?.at ?? '') + 3_600_000);
      expect(first?.data).toMatchObject({ outcome, nextCallAt: again });
      expect((await world.order(id)).scheduling.proposal).toMatchObject({
        callAt: again,
        expiresAt: iso(ms(again) + 7_200_000),
      });
      await world.settle(id, 3_700_000);
      expect((await called(id)).map(({ data }) => [data.callKey, data.outcome])).toEqual([
        [`${id}/call#1`, outcome],
        [`${id}/call#2`, 'AGREED'],
      ]);
    },
  );

  test('CALLBACK is kept to the minute', async () => {
    const at = '2026-11-24T06:30:00.000Z';
    const id = await saying({ outcome: 'CALLBACK', at });
    await world.settle(id);
    expect((await called(id))[0]?.data.nextCallAt).toBe(at);
    await world.settle(id, 6 * 3_600_000);
    expect((await called(id))[1]?.at).toBe(at);
  });

  test.each(['REFUSED', 'WRONG_NUMBER'] as const)(
    '%s is customer-pending and frees the technician',
    async (outcome) => {
      const id = await saying({ outcome });
      const process = await world.settle(id);
      expect((await world.types(id)).slice(-2)).toEqual(['CustomerCalled', 'VisitReleased']);
      expect((await called(id))[0]?.data.nextCallAt).toBeNull();
      expect(process.stage).toBe('customer-pending');
      expect(process.scheduling.proposal).toBeNull();
      expect((await world.row(id)).lanes.tm.due).toBeGreaterThan(world.clock.now() + 86_400_000);
    },
  );

  test('nothing, six times over days within calling hours, is customer-pending', async () => {
    const id = await saying(...Array.from({ length: 9 }, (): Said => ({ outcome: 'NO_ANSWER' })));
    const process = await world.settle(id, 3 * 86_400_000);
    const calls = await called(id);
    expect(calls).toHaveLength(6);
    const byDay = new Map<string, number>();
    for (const { at } of calls) {
      const seoul = iso(ms(at) + 9 * 3_600_000);
      byDay.set(seoul.slice(0, 10), (byDay.get(seoul.slice(0, 10)) ?? 0) + 1);
      const hour = Number(seoul.slice(11, 13));
      expect(hour >= 9 && hour < 20).toBe(true);
    }
    expect([...byDay.values()].every((count) => count <= DEFAULT_POLICY.schedule.callsPerDay)).toBe(true);
    expect(process.stage).toBe('customer-pending');
  });
});

describe('another slot than the proposed one', () => {
  const other = { start: '2026-11-26T05:00:00.000Z', end: '2026-11-26T06:00:00.000Z' };
  const agree: Answering = () => ({ outcome: 'AGREED', slot: other });

  test('is kept by the proposed technician who is free', async () => {
    world = await sagaWorld({ tm: { answer: agree } });
    const id = await world.place();
    const process = await world.settle(id);
    const proposal = (await world.events(id)).find(({ type }) => type === 'VisitProposed');
    expect(process.scheduling.visit).toMatchObject({ slot: other, appointmentId: 'APT-000001' });
    expect(proposal?.data).toMatchObject({ technicianId: process.scheduling.visit?.technicianId });
  });

  test('that touches the proposed one is kept by the same technician', async () => {
    world = await sagaWorld({
      tm: {
        answer: ({ slot }) => ({
          outcome: 'AGREED',
          slot: { start: iso(ms(slot.start) + 1_800_000), end: iso(ms(slot.end) + 1_800_000) },
        }),
      },
    });
    const id = await world.place();
    const process = await world.settle(id);
    const proposal = (await world.events(id)).find(({ type }) => type === 'VisitProposed');
    expect(proposal?.data).toMatchObject({ technicianId: process.scheduling.visit?.technicianId });
  });

  const busy = (orderId: string, technicianId: string) =>
    world.deps.store.write((tx) =>
      tx.calendar.put(orderId, [{ orderId, technicianId, slot: other, kind: 'agreed', area: '분당구' }]),
    );

  test('goes to another technician when the proposed one is busy', async () => {
    world = await sagaWorld({ tm: { answer: agree } });
    const id = await world.place();
    await busy('ORD-900001', 'T-01');
    const process = await world.settle(id);
    expect(process.scheduling.visit).toMatchObject({ slot: other, technicianId: 'T-02' });
    await world.deps.store.write((tx) => tx.calendar.put('ORD-900001', []));
  });

  test('with nobody free is held, and a later assignment uses the same appointment', async () => {
    world = await sagaWorld({ tm: { answer: agree }, technicians: [TECHNICIAN] });
    const id = await world.place();
    await busy('ORD-900001', 'T-01');
    const held = await world.settle(id);
    expect((await world.types(id)).slice(-3)).toEqual(['CustomerCalled', 'VisitReleased', 'OrderHeld']);
    expect(held.order.holds).toMatchObject([{ cause: 'NO_TECHNICIAN_AT_AGREED_SLOT' }]);
    expect(held.stage).toBe('held');
    expect(held.scheduling).toMatchObject({ proposal: null, visit: null, promise: other });
    await world.change(id, (process) =>
      proposeVisit(process, {
        slot: other,
        technicianId: 'T-09',
        via: 'agreed',
        callAt: iso(world.clock.now()),
        expiresAt: iso(world.clock.now() + 1),
        choice: 'by-hand',
        reasons: [],
      }),
    );
    const process = await world.settle(id);
    expect(process.scheduling.visit).toMatchObject({
      slot: other,
      technicianId: 'T-09',
      appointmentId: 'APT-000001',
    });
    expect(process.order.holds).toEqual([]);
    expect(rings()).toBe(1);
    await world.deps.store.write((tx) => tx.calendar.put('ORD-900001', []));
  });

  test('agreed to by nobody free, then cancelled: the appointment is cancelled too', async () => {
    world = await sagaWorld({ tm: { answer: agree }, technicians: [TECHNICIAN] });
    const id = await world.place();
    await busy('ORD-900001', 'T-01');
    await world.settle(id);
    await world.cancel(id);
    expect((await world.settle(id)).stage).toBe('cancelled');
    expect(world.tm.ledger().appointments).toMatchObject([{ status: 'cancelled' }]);
    await world.deps.store.write((tx) => tx.calendar.put('ORD-900001', []));
  });
});

describe('a call that was not placed', () => {
  test('because nothing was sent uses its key again, at once', async () => {
    const id = await saying();
    world.tmFaults.add('call', { fault: 'not-sent' });
    await world.settle(id);
    const requests = (await world.events(id)).filter(({ type }) => type === 'CallRequested');
    expect(requests.map((one) => 'callKey' in one.data && one.data.callKey)).toEqual([
      `${id}/call#1`,
      `${id}/call#1`,
    ]);
    expect(await world.types(id)).toContain('CallNotPlaced');
    expect(rings()).toBe(1);
  });

  test('because the breaker opened burns no attempt', async () => {
    const id = await saying();
    const retryAt = world.clock.now() + 20_000;
    world.tmFaults.add('call', { fault: 'breaker-open', retryAt });
    await world.run(id);
    expect((await world.row(id)).lanes.tm).toMatchObject({ tries: 0, due: retryAt });
    await world.settle(id);
  });

  test('because the desk refused it, and knows nothing of it, holds the order; a retry calls again', async () => {
    const id = await saying();
    world.tmFaults.add('call', { fault: 'reject', code: 'BAD_PHONE' });
    await world.run(id);
    expect(await world.types(id)).not.toContain('OrderHeld');
    const held = await world.settle(id);
    expect((await world.types(id)).slice(-3)).toEqual(['CallInDoubt', 'CallNotPlaced', 'OrderHeld']);
    expect(held.stage).toBe('held');
    expect(held.order.holds).toMatchObject([{ hold: 'CallCustomer', cause: 'BAD_PHONE' }]);
    await world.change(id, (process) => retryHold(process, 'CallCustomer'));
    expect((await world.settle(id)).scheduling.visit).not.toBeNull();
    expect(rings()).toBe(1);
  });

  test('because the customer was erased holds the order, and nothing is sent', async () => {
    const id = await saying();
    world.tmFaults.add('admit', { fault: 'breaker-open', retryAt: world.clock.now() + 60_000 });
    await world.run(id);
    const { placed } = (await world.order(id)).order;
    await world.deps.store.write((tx) => tx.vault.erase(placed?.customerId ?? '', iso(world.clock.now())));
    const held = await world.settle(id);
    expect(held.order.holds).toMatchObject([{ hold: 'CallCustomer', cause: 'NO_PHONE' }]);
    expect(rings()).toBe(0);
  });
});

describe('a booking without a call', () => {
  const book = async (id: string, wait = 0) => {
    await world.change(id, (process) =>
      proposeVisit(process, {
        slot: { start: '2026-11-26T05:00:00.000Z', end: '2026-11-26T06:00:00.000Z' },
        technicianId: 'T-01',
        via: 'agreed',
        callAt: iso(world.clock.now() + wait),
        expiresAt: iso(world.clock.now() + wait + 7_200_000),
        choice: 'by-hand',
        reasons: [],
      }),
    );
  };
  const byHand = { schedule: DEFAULT_POLICY.schedule };

  test('is made at once, whatever the hour, and the phone does not ring', async () => {
    world = await sagaWorld({ policy: byHand, start: '2026-11-24T14:00:00.000Z' });
    const id = await world.place();
    await world.settle(id);
    await book(id, 10 * 3_600_000);
    expect((await world.settle(id)).scheduling.visit).toMatchObject({ technicianId: 'T-01' });
    expect(rings()).toBe(0);
    expect(world.tm.ledger().appointments).toMatchObject([{ category: 'agreed', status: 'confirmed' }]);
  });

  test('that the desk answers without an agreement waits for the next call time', async () => {
    world = await sagaWorld({ policy: byHand });
    const id = await world.place();
    await world.settle(id);
    await book(id);
    const { proposal } = (await world.order(id)).scheduling;
    expect(proposal?.via).toBe('agreed');
    await world.change(id, (process) => [
      {
        type: 'CustomerCalled',
        data: {
          callKey: `${process.orderId}/call#1`,
          outcome: 'NO_ANSWER',
          nextCallAt: '2026-11-24T04:00:00.000Z',
          by: 'desk',
        },
      },
    ]);
    expect((await world.row(id)).lanes.tm.due).toBe(ms('2026-11-24T04:00:00.000Z'));
  });
});
