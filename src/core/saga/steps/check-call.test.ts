import { afterEach, expect, test } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import { runOrder } from '../../app/engine/order-loop.ts';

let world: SagaWorld;
let repeats = false;
afterEach(async () => {
  expect(await world.broken({ peersRepeat: repeats })).toEqual([]);
  repeats = false;
});

const rings = () => world.tm.ledger().calls.reduce((sum, { count }) => sum + count, 0);
const keys = async (id: string) =>
  (await world.events(id)).flatMap((one) => (one.type === 'CallRequested' ? [one.data.callKey] : []));

test('a call that goes on is asked about at the poll interval, and ends with its answer', async () => {
  world = await sagaWorld({ tm: { answer: () => ({ outcome: 'AGREED', afterMs: 42_000 }) } });
  const id = await world.place();
  const from = world.clock.now();
  await world.run(id);
  expect((await world.row(id)).lanes.tm).toMatchObject({ due: from + 5_000, tries: 0 });
  const process = await world.settle(id);
  expect(process.scheduling.visit?.at).toBe('2026-11-24T01:00:45.000Z');
  expect(rings()).toBe(1);
});

test.each(['lost-after', 'garbage'] as const)(
  'a call in doubt is looked up and never phoned again: %s',
  async (fault) => {
    repeats = true;
    world = await sagaWorld({ tm: { idempotent: false } });
    world.tmFaults.add('call', { fault });
    const id = await world.place();
    expect((await world.settle(id)).scheduling.visit).not.toBeNull();
    expect(rings()).toBe(1);
    expect(await keys(id)).toEqual([`${id}/call#1`]);
  },
);

test('a call that had no effect is absent only late; then its key is used again, after the pause', async () => {
  world = await sagaWorld();
  world.tmFaults.add('call', { fault: 'lost-before' });
  const id = await world.place();
  await world.run(id);
  await world.clock.advance(5_000);
  await world.run(id);
  expect(await world.types(id)).not.toContain('CallNotPlaced');
  expect((await world.row(id)).lanes.tm.due).toBe(Date.parse('2026-11-24T01:00:10.000Z'));
  await world.settle(id);
  const events = await world.events(id);
  const absent = events.find(({ type }) => type === 'CallNotPlaced');
  const intent = events.find(({ type }) => type === 'CallRequested');
  const nextCallAt = '2026-11-24T02:00:10.000Z';
  expect(absent).toMatchObject({ causationId: intent?.eventId, data: { why: 'absent', nextCallAt } });
  expect((await world.view(id)).calls.nextAt).toBe(nextCallAt);
  expect(await keys(id)).toEqual([`${id}/call#1`]);
  await world.settle(id, 3_700_000);
  expect(await world.types(id)).toContain('CallNotSeen');
  expect(await keys(id)).toEqual([`${id}/call#1`, `${id}/call#1`]);
  expect(rings()).toBe(1);
});

test('a call that the desk works off late is found, not made again', async () => {
  world = await sagaWorld();
  world.tmFaults.add('call', { fault: 'late-after', ms: 6_500 });
  const id = await world.place();
  expect((await world.settle(id)).scheduling.visit).not.toBeNull();
  expect(rings()).toBe(1);
});

test('a desk that cannot look up holds the order for a person, and nobody is phoned again', async () => {
  world = await sagaWorld({ tm: { lookup: false } });
  world.tmFaults.add('call', { fault: 'lost-after' });
  const id = await world.place();
  const process = await world.settle(id, 3 * 3_600_000);
  expect(process.order.holds).toMatchObject([{ hold: `CheckCall:${id}/call#1`, cause: 'NO_LOOKUP' }]);
  expect(rings()).toBe(1);
});

test('absence at another desk proves nothing', async () => {
  world = await sagaWorld();
  world.tmFaults.add('call', { fault: 'lost-before' });
  const id = await world.place();
  await world.run(id);
  const moved = await sagaWorld();
  await world.clock.advance(30_000);
  const elsewhere = { ...moved.tm, identity: 'tm:http://elsewhere' };
  await runOrder({ ...world.deps, tm: elsewhere }, await world.claim(id));
  const { holds } = (await world.order(id)).order;
  expect(holds).toMatchObject([{ cause: 'PEER_CHANGED' }]);
});

test('absence at another desk proves nothing of a ring either, and nobody is phoned again', async () => {
  world = await sagaWorld({ start: '2026-11-24T00:30:00.000Z' });
  world.tmFaults.add('call', { fault: 'lost-before' });
  const id = await world.place();
  await world.settle(id, 60_000);
  expect((await world.order(id)).scheduling.rings).toHaveLength(1);
  const moved = await sagaWorld();
  await world.clock.advance(3_600_000);
  const elsewhere = { ...moved.tm, identity: 'tm:http://elsewhere' };
  await runOrder({ ...world.deps, tm: elsewhere }, await world.claim(id));
  expect((await world.order(id)).order.holds).toMatchObject([
    { hold: 'CallCustomer', cause: 'PEER_CHANGED' },
  ]);
  expect(moved.tm.ledger().calls).toEqual([]);
});

test('two appointments of a call in doubt are both cancelled by an undo', async () => {
  repeats = true;
  world = await sagaWorld({ tm: { idempotent: false } });
  const id = await world.place();
  world.tmFaults.add('call', { fault: 'lost-after' });
  await world.run(id);
  // The desk's second appointment for the same key: a gateway on the way sent the request twice.
  const admission = await world.tm.admit();
  if (!admission.admitted) throw new Error('not admitted');
  const { call, proposal } = (await world.order(id)).scheduling;
  if (call === null || proposal === null) throw new Error('no call');
  const { callKey, via, slot } = call;
  const request = {
    orderId: id,
    callKey,
    via,
    slot,
    technicianId: proposal.technicianId,
    phone: '01055778157',
  };
  await world.tm.call(request, { permit: admission.permit, deadlineMs: 5000 });
  const held = await world.settle(id);
  expect(held.order.holds).toMatchObject([{ hold: `CheckCall:${callKey}`, cause: 'AMBIGUOUS' }]);
  await world.cancel(id);
  expect((await world.settle(id)).stage).toBe('cancelled');
  expect(world.tm.ledger().appointments.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
});

test('a call that never ends needs a person after an hour', async () => {
  world = await sagaWorld({
    tm: { answer: () => ({ outcome: 'AGREED', afterMs: Number.POSITIVE_INFINITY }) },
  });
  const id = await world.place();
  const process = await world.settle(id, 2 * 3_600_000);
  expect(process.order.holds).toMatchObject([{ hold: `CheckCall:${id}/call#1`, cause: 'CALL_NEVER_ENDS' }]);
  expect(rings()).toBe(1);
});

test('while a look-up fails the customer is not phoned and the technician stays held', async () => {
  world = await sagaWorld();
  world.tmFaults.add('call', { fault: 'lost-after' });
  world.tmFaults.add('findCall', { fault: 'lost-before' }, { times: 4 });
  const id = await world.place();
  await world.run(id);
  expect((await world.order(id)).scheduling.proposal).not.toBeNull();
  expect((await world.settle(id)).scheduling.visit).not.toBeNull();
  expect(rings()).toBe(1);
});

test('cancel while a call goes on: its answer is recorded, its appointment cancelled', async () => {
  world = await sagaWorld({ tm: { answer: () => ({ outcome: 'AGREED', afterMs: 20_000 }) } });
  const id = await world.place();
  await world.run(id);
  await world.cancel(id);
  const process = await world.settle(id);
  expect(process.stage).toBe('cancelled');
  const types = await world.types(id);
  expect(types).toContain('CustomerCalled');
  expect(types).not.toContain('Scheduled');
  expect(types.indexOf('ScheduleCancelled')).toBeGreaterThan(types.indexOf('CustomerCalled'));
  expect(world.tm.ledger().appointments).toMatchObject([{ status: 'cancelled' }]);
});
