import { describe, expect, test } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import type { ClientItem } from '../../order/client-terms.ts';
import { Refusal } from '../../rules/refusal.ts';
import { assessCancel, cancelsOf, readCancel } from './cancel-task.ts';
import { amendOrder } from './change-terms.ts';
import type { ClientChange } from './client-change.ts';
import { findClientOrders } from './client-orders.ts';
import { type AskedTerms, type NewOrder, placeOrder } from './place-order.ts';
import { readClientOrder } from './read-details.ts';

const ID = 'ORD-000001';
const ITEMS: readonly ClientItem[] = [{ id: '1', line: 'internet', quantity: 1 }];
const TERMS: AskedTerms = {
  client: 'portal',
  externalId: 'BSS-748',
  category: 'home',
  priority: '3',
  requestedStart: '2026-12-01T00:00:00.000Z',
  items: ITEMS,
  description: '새 집으로 이사, 정하은 010-5577-8157',
};
const ORDER: NewOrder = {
  name: '정하은',
  phone: '010-5577-8157',
  address: '경기도 성남시 분당구 황새울로 117',
  area: '분당구',
  lines: { internet: 1, tv: 0 },
  channel: 'api',
  priority: 'normal',
  wishes: { notBefore: '2026-12-01' },
  terms: TERMS,
};

const place = (world: SagaWorld, terms: Partial<AskedTerms> = {}, key?: string, changes = {}) =>
  placeOrder(world.deps, { ...ORDER, ...changes, terms: { ...TERMS, ...terms } }, { key });
const change = (world: SagaWorld, client: Partial<ClientChange>, lines?: NewOrder['lines']) =>
  amendOrder(world.deps, ID, { amendment: { lines, client: { client: 'portal', meaning: {}, ...client } } });
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const result = await work.catch((error: unknown) => error);
  if (result instanceof Refusal) return result.code;
  throw new Error('nothing was refused');
};
const typesOf = async (world: SagaWorld) =>
  (await world.deps.store.read((tx) => tx.events.load(ID))).map(({ type }) => type);

describe('an order that a client places', () => {
  test('keeps its words, without its description on the log, which nobody reads in clear', async () => {
    const world = await sagaWorld();
    const { events } = await place(world);
    expect(JSON.stringify(events)).not.toMatch(/이사|정하은|5577/);
    const { view, description, customer } = await readClientOrder(world.deps, ID, { showPii: false });
    expect(view.terms).toMatchObject({
      client: 'portal',
      externalId: 'BSS-748',
      priority: '3',
      items: ITEMS,
    });
    expect(description).toBe('새 집으로 이사, *** ***');
    expect(customer.name).toBe('정*은');
  });

  test('is known by the number of its client, and another client may have the same number', async () => {
    const world = await sagaWorld();
    const first = await place(world);
    expect((await place(world)).process.orderId).toBe(first.process.orderId);
    expect((await place(world)).status).toBe('already');
    expect(await codeOf(place(world, { priority: '1' }))).toBe('EXTERNAL_ID_TAKEN');
    const phone = '010-1111-2222';
    const other = await place(world, { client: 'shop' }, undefined, { phone });
    expect([other.status, other.process.orderId]).toEqual(['done', 'ORD-000002']);
  });

  test('is known by a key of its client, which is not a key of others', async () => {
    const world = await sagaWorld();
    const { externalId: _none, ...terms } = TERMS;
    const ask = (client: string, phone: string) =>
      placeOrder(world.deps, { ...ORDER, phone, terms: { ...terms, client } }, { key: 'K-1' });
    expect((await ask('portal', '010-1111-1111')).status).toBe('done');
    expect((await ask('portal', '010-1111-1111')).status).toBe('already');
    expect(await codeOf(ask('portal', '010-1111-1112'))).toBe('KEY_CONFLICT');
    expect((await ask('shop', '010-1111-1113')).status).toBe('done');
  });

  test('is not told apart from its customer by its numbers', async () => {
    const world = await sagaWorld();
    expect(await codeOf(place(world, { externalId: '01055778157' }))).toBe('KEY_PERSONAL');
    expect(await codeOf(place(world, { category: '정하은' }))).toBe('KEY_PERSONAL');
    expect(await world.deps.store.read((tx) => tx.views.count({}))).toBe(0);
  });

  test('is found by what its client says of it', async () => {
    const world = await sagaWorld();
    await place(world);
    const idsOf = async (wish: Parameters<typeof findClientOrders>[1]) => {
      const { items, total } = await findClientOrders(world.deps, wish, { offset: 0, limit: 10 });
      expect(total).toBe(items.length);
      return items.map(({ view }) => view.orderId);
    };
    expect(await idsOf({ externalId: { client: 'portal', id: 'BSS-748' } })).toEqual([ID]);
    expect(await idsOf({ externalId: { client: 'shop', id: 'BSS-748' } })).toEqual([]);
    expect(await idsOf({ category: 'home', orderId: ID })).toEqual([ID]);
    expect(await idsOf({ category: 'work', orderId: ID })).toEqual([]);
    expect(await idsOf({ clientPriority: { said: '3', otherwise: null } })).toEqual([ID]);
  });

  test('is shown in pages, by an offset or by a cursor', async () => {
    const world = await sagaWorld();
    for (let n = 1; n <= 5; n++)
      await place(world, { externalId: `X-${n}` }, undefined, { phone: `010-1000-100${n}` });
    const first = await findClientOrders(world.deps, {}, { offset: 1, limit: 2 });
    expect(first).toMatchObject({ total: 5, items: [{ view: { orderId: 'ORD-000002' } }, {}] });
    const cursor = first.nextCursor ?? undefined;
    const next = await findClientOrders(world.deps, {}, { offset: 0, limit: 9, cursor });
    expect(next.items.map(({ view }) => view.orderId)).toEqual(['ORD-000004', 'ORD-000005']);
    expect(next.nextCursor).toBeNull();
    expect((await findClientOrders(world.deps, {}, { offset: 9, limit: 2 })).items).toEqual([]);
  });
});

describe('a client that changes its order', () => {
  test('changes its words, what they mean, and the lines, in one commit', async () => {
    const world = await sagaWorld();
    await place(world);
    const items: readonly ClientItem[] = [...ITEMS, { id: '2', line: 'tv', quantity: 2 }];
    const meaning = { priority: 'urgent', wishes: { notBefore: '2026-12-05' } } as const;
    await change(
      world,
      { priority: '0', items, notes: ['벨은 누르지 마세요'], meaning },
      { internet: 1, tv: 2 },
    );
    expect(await typesOf(world)).toEqual(['OrderPlaced', 'OrderAmended', 'TermsChanged', 'NoteAdded']);
    const { view, description } = await readClientOrder(world.deps, ID, { showPii: false });
    expect(view).toMatchObject({ priority: 'urgent', wishes: meaning.wishes, internetCount: 1, tvCount: 2 });
    expect(view.terms).toMatchObject({ externalId: 'BSS-748', priority: '0', items });
    expect(description).toContain('새 집으로');
  });

  test('takes words back, and the same again changes nothing', async () => {
    const world = await sagaWorld();
    await place(world);
    await change(world, { description: TERMS.description, requestedStart: TERMS.requestedStart });
    expect(await typesOf(world)).toEqual(['OrderPlaced']);
    await change(world, { requestedStart: null, description: null, meaning: { wishes: {} } });
    const { view, description } = await readClientOrder(world.deps, ID, { showPii: false });
    expect(view.terms).not.toHaveProperty('requestedStart');
    expect([view.wishes, description]).toEqual([{}, null]);
  });

  test('is refused for a day that is over, and after the end', async () => {
    const world = await sagaWorld();
    await place(world);
    const past = { meaning: { wishes: { notBefore: '2020-01-01' } } };
    expect(await codeOf(change(world, past))).toBe('TIME_PASSED');
    await assessCancel(world.deps, ID, { client: 'portal', code: 'TEST' });
    expect(await codeOf(change(world, { priority: '0' }))).toBe('ALREADY_FINAL');
  });
});

describe('a client that wishes to cancel', () => {
  test('cancels, and the wish is kept with its words, masked', async () => {
    const world = await sagaWorld();
    await place(world);
    const wish = { client: 'portal', code: 'OTHER', reason: '정하은 님이 이사를 취소', key: 'C-1' } as const;
    const { task } = await assessCancel(world.deps, ID, wish);
    expect(task).toMatchObject({ taskId: `${ID}-C1`, denied: null, code: 'OTHER' });
    expect((await assessCancel(world.deps, ID, wish)).task).toEqual(task);
    expect(await typesOf(world)).toEqual(['OrderPlaced', 'OrderCancelled', 'CancellationAssessed']);
    expect(await readCancel(world.deps, `${ID}-C1`)).toMatchObject({ task, reason: '*** 님이 이사를 취소' });
    expect(await codeOf(readCancel(world.deps, `${ID}-C2`))).toBe('CANCEL_TASK_NOT_FOUND');
    expect(await codeOf(readCancel(world.deps, 'nothing'))).toBe('CANCEL_TASK_NOT_FOUND');
  });

  test('too late is told that it was denied, and the order goes on as it was', async () => {
    const world = await sagaWorld();
    await place(world);
    await world.settle(ID);
    await world.complete(ID);
    const { task, change: after } = await assessCancel(world.deps, ID, { client: 'portal', code: 'TEST' });
    expect(task.denied).toBe('ALREADY_FINAL');
    expect(after.process.order.cancelled).toBeNull();
    expect(await cancelsOf(world.deps, ID)).toMatchObject([{ task: { denied: 'ALREADY_FINAL' } }]);
    expect(await codeOf(cancelsOf(world.deps, 'ORD-000009'))).toBe('ORDER_NOT_FOUND');
  });
});
