import { afterEach, describe, expect, test } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import { holdOrder } from '../../order/decide.ts';
import type { Outcome } from '../../peers/outcome.ts';
import type { Appointment } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import { holdOf } from '../../rules/step.ts';
import type { SagaDeps } from '../deps.ts';
import { recordCall } from '../desk/desk.ts';
import { LEASE_MS } from '../due/lease.ts';
import { runOrder } from './order-loop.ts';

let world: SagaWorld;
afterEach(async () => {
  expect(await world.broken()).toEqual([]);
});

type Call = SagaDeps['tm']['call'];

/** The call of an order is answered so, after its worker has lost its lease and the others did what they do. */
const answeredLate = async (
  meanwhile: (id: string, callKey: string, intent: string) => Promise<unknown>,
  answer?: Outcome<Appointment>,
): Promise<string> => {
  const id = await world.place();
  const call: Call = async (request, sending) => {
    await world.deps.store.write((tx) => tx.work.bumpFences());
    const intent = (await world.events(id)).findLast(({ type }) => type === 'CallRequested');
    const answered = answer ?? (await world.deps.tm.call(request, sending));
    sending.permit.release();
    await meanwhile(id, request.callKey, intent?.eventId ?? '');
    return answered;
  };
  await runOrder({ ...world.deps, tm: { ...world.deps.tm, call } }, await world.claim(id));
  return id;
};
const add = (id: string, ...events: readonly NewEvent[]) => world.change(id, () => events);
const nothing = async () => {};
const since = async (id: string) => {
  const types = await world.types(id);
  return types.slice(types.lastIndexOf('CallRequested') + 1);
};

describe('the answer to a call that comes after the lease', () => {
  test('is what the customer said, and the visit that follows from it', async () => {
    world = await sagaWorld();
    const id = await answeredLate(nothing);
    expect(await since(id)).toEqual(['CustomerCalled', 'Scheduled']);
    const { scheduling } = await world.order(id);
    expect(scheduling.call).toBeNull();
    await world.clock.advance(LEASE_MS);
    await world.settle(id);
    expect(world.tm.ledger().calls).toMatchObject([{ count: 1 }]);
  });

  test('is a fact although others believed that nothing came of it: the cancelled order gives the time back', async () => {
    world = await sagaWorld();
    const id = await answeredLate(async (orderId, callKey, causationId) => {
      await add(orderId, { type: 'CallNotPlaced', data: { callKey, why: 'absent' }, causationId });
      await world.cancel(orderId);
    });
    expect(await world.types(id)).toContain('CustomerCalled');
    await world.clock.advance(LEASE_MS);
    expect((await world.settle(id)).stage).toBe('cancelled');
    expect(world.tm.ledger().appointments).toMatchObject([{ status: 'cancelled' }]);
  });

  test('answers its own request, not the one that was sent after it', async () => {
    world = await sagaWorld();
    const id = await answeredLate(async (orderId, callKey, causationId) => {
      const { call } = (await world.order(orderId)).scheduling;
      if (call === null) throw new Error('no call');
      const { peer, via, slot } = call;
      await add(
        orderId,
        { type: 'CallNotPlaced', data: { callKey, why: 'absent' }, causationId },
        { type: 'CallRequested', data: { callKey, peer, via, slot } },
      );
    });
    const { scheduling } = await world.order(id);
    expect(await since(id)).toEqual(['CustomerCalled', 'Scheduled']);
    expect(scheduling.call).not.toBeNull();
    expect(scheduling.visit).not.toBeNull();
    await world.clock.advance(LEASE_MS);
    expect((await world.settle(id)).scheduling.call).toBeNull();
  });

  test('is not said twice when another process has looked it up', async () => {
    world = await sagaWorld();
    const id = await answeredLate(async (orderId) => {
      await world.clock.advance(LEASE_MS);
      await world.settle(orderId);
    });
    expect((await since(id)).filter((type) => type === 'CustomerCalled')).toHaveLength(1);
  });

  test('is not taken for what a person heard, who called by hand under the key that was free again', async () => {
    world = await sagaWorld();
    const id = await answeredLate(async (orderId, callKey, causationId) => {
      await add(orderId, { type: 'CallNotPlaced', data: { callKey, why: 'absent' }, causationId });
      await recordCall(world.deps, orderId, { call: { outcome: 'NO_ANSWER' } });
    });
    expect(await since(id)).toEqual(['CallNotPlaced', 'CustomerCalled', 'CustomerCalled', 'Scheduled']);
    expect((await world.order(id)).scheduling.rings).toEqual([]);
    await world.clock.advance(LEASE_MS);
    await world.settle(id);
  });

  test('ends the hold of who looked it up in vain meanwhile', async () => {
    world = await sagaWorld();
    const id = await answeredLate((orderId, callKey) =>
      world.change(orderId, (process) =>
        holdOrder(process, holdOf('CheckCall', callKey), 'CheckCall', 'NO_LOOKUP'),
      ),
    );
    const { order, scheduling } = await world.order(id);
    expect(scheduling.visit).not.toBeNull();
    expect(order.holds).toEqual([]);
    await world.clock.advance(LEASE_MS);
    await world.settle(id);
  });

  test('leaves only a doubt where it proves nothing, and nothing where the call is over', async () => {
    world = await sagaWorld();
    const refused = { kind: 'rejected', code: 'BAD_PHONE', message: 'no' } as const;
    const id = await answeredLate(nothing, refused);
    expect(await since(id)).toEqual(['CallInDoubt']);
    const over = await answeredLate(
      (orderId, callKey, causationId) =>
        add(orderId, { type: 'CallNotPlaced', data: { callKey, why: 'absent' }, causationId }),
      refused,
    );
    expect(await since(over)).toEqual(['CallNotPlaced']);
    await world.clock.advance(LEASE_MS);
    for (const orderId of [id, over]) await world.settle(orderId);
  });
});
