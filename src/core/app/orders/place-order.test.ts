import { describe, expect, test } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import { Refusal } from '../../rules/refusal.ts';
import { type NewOrder, type PlaceOptions, placeOrder } from './place-order.ts';

const ORDER: NewOrder = {
  name: '정하은',
  phone: '010-5577-8157',
  address: '경기도 성남시 분당구 황새울로 117',
  area: '분당구',
  lines: { internet: 1, tv: 0 },
  channel: 'desk',
  priority: 'normal',
  wishes: {},
};
const place = (world: SagaWorld, options: PlaceOptions = {}, changes: Partial<NewOrder> = {}) =>
  placeOrder(world.deps, { ...ORDER, ...changes }, options);
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const result = await work.catch((error: unknown) => error);
  if (result instanceof Refusal) return result.code;
  throw new Error('nothing was refused');
};

describe('placing an order', () => {
  test('needs no peer: it works while both are down', async () => {
    const world = await sagaWorld();
    world.neFaults.add('admit', { fault: 'breaker-open', retryAt: null }, { times: 99 });
    world.tmFaults.add('admit', { fault: 'breaker-open', retryAt: null }, { times: 99 });
    const { process, claim } = await place(world, { claim: true });
    expect(process).toMatchObject({ orderId: 'ORD-000001', version: 1, stage: 'placed' });
    expect(claim).not.toBeNull();
    expect(await world.view('ORD-000001')).toMatchObject({ stage: 'placed', open: true });
    expect([...world.ne.ledger().requests, ...world.tm.ledger().requests]).toEqual([]);
  });

  test('keeps every personal word out of the log', async () => {
    const world = await sagaWorld();
    const { events } = await place(world, {}, { note: '경비실에 맡겨 주세요' });
    const text = JSON.stringify(events);
    for (const word of [ORDER.name, ORDER.phone, '5577', '황새울로', '경비실'])
      expect(text).not.toContain(word);
    const contact = await world.deps.store.read((tx) => tx.vault.contacts(['ORD-000001']));
    expect(contact.get('ORD-000001')).toMatchObject({
      name: ORDER.name,
      phone: ORDER.phone,
      address: ORDER.address,
    });
  });

  test('gives a customer of the same name and phone the same id', async () => {
    const world = await sagaWorld();
    const customer = async (changes: Partial<NewOrder>) =>
      (await place(world, { duplicateOk: true }, changes)).process.order.placed?.customerId;
    const first = await customer({});
    expect(await customer({ address: '다른 곳' })).toBe(first);
    expect(await customer({ name: '박서진' })).not.toBe(first);
    expect(await customer({ customerId: first })).toBe(first);
    expect(await codeOf(place(world, { duplicateOk: true }, { customerId: 'CUS-999999' }))).toBe(
      'CUSTOMER_NOT_FOUND',
    );
  });

  test('twice for one phone and address is refused while the first is open', async () => {
    const world = await sagaWorld();
    await place(world);
    expect(await codeOf(place(world))).toBe('DUPLICATE_ORDER');
    expect((await place(world, {}, { address: '다른 곳' })).status).toBe('done');
    expect((await place(world, { duplicateOk: true })).process.orderId).toBe('ORD-000003');
    for (const id of ['ORD-000001', 'ORD-000003']) {
      await world.cancel(id);
      await world.settle(id);
    }
    expect((await place(world)).process.orderId).toBe('ORD-000004');
  });

  test('with a key again is already so; with other content it is a conflict', async () => {
    const world = await sagaWorld();
    await place(world, { key: 'K-1' });
    expect(await place(world, { key: 'K-1' })).toMatchObject({
      status: 'already',
      process: { orderId: 'ORD-000001' },
    });
    expect(await codeOf(place(world, { key: 'K-1' }, { priority: 'high' }))).toBe('KEY_CONFLICT');
  });

  test('at the same time with one key makes one order', async () => {
    const world = await sagaWorld();
    const placed = await Promise.all([1, 2, 3].map(() => place(world, { key: 'K-1' })));
    expect(placed.map(({ status }) => status).sort()).toEqual(['already', 'already', 'done']);
    expect(new Set(placed.map(({ process }) => process.orderId)).size).toBe(1);
  });

  test('as a dry run or refused makes no order', async () => {
    const world = await sagaWorld();
    expect((await place(world, { dryRun: true, key: 'K-1' })).status).toBe('done');
    expect(await codeOf(place(world, {}, { lines: { internet: 0, tv: 0 } }))).toBe('NO_LINES');
    expect(await codeOf(place(world, {}, { lines: { internet: 11, tv: 0 } }))).toBe('TOO_MANY_LINES');
    expect(await world.deps.store.read((tx) => tx.views.counts())).toEqual({});
    expect((await place(world, { key: 'K-1' })).status).toBe('done');
  });
});
