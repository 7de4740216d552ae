import { expect, test } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../test/support/saga-world.ts';
import { DEFAULT_BREAKER } from '../peers/breaker.ts';
import type { Tx } from '../ports/store.ts';
import { Refusal, type VersionConflict } from '../rules/refusal.ts';
import { cancelOrder } from './orders/change-terms.ts';
import { eraseCustomer } from './orders/customers.ts';
import { placeOrder } from './orders/place-order.ts';
import { bindDatabase } from './peers/bind-database.ts';
import { closeByHand, openByHand } from './peers/force-breaker.ts';

const CONTACT = { name: '정하은', phone: '010-5577-8157', address: '경기도 성남시 분당구 황새울로 117' };
const CANARIES = ['정하은', '정 하은', '5577', '8157', '황새울로', '010'];
const BREAKER = { name: 'ne:test', settings: DEFAULT_BREAKER };

const inWorld = async (): Promise<{
  readonly world: SagaWorld;
  readonly orderId: string;
  readonly customerId: string;
}> => {
  const world = await sagaWorld();
  const orderId = await world.place(CONTACT);
  const contacts = await world.deps.store.read((tx) => tx.vault.contacts([orderId]));
  return { world, orderId, customerId: contacts.get(orderId)?.customerId ?? '' };
};

/** What stays after an erasure, of all of the database. */
const lasting = ({ deps }: SagaWorld): Promise<string> =>
  deps.store.read(async (tx: Tx) => {
    const rows = [await tx.audit.list(99), await tx.breakers.get(BREAKER.name)];
    return JSON.stringify(rows);
  });
const clearIn = (text: string): readonly string[] => CANARIES.filter((canary) => text.includes(canary));

test.each([
  ['a phone number, and whose it is', () => '정하은 고객 (010 5577 8157, 황새울로 117) 항의로 점검'],
  ['a number from abroad', () => '정 하은 +82-10-5577-8157'],
  ['an order', (orderId: string) => `${orderId} 정하은 고객 황새울로 회선`],
  ['a customer', (_: string, customerId: string) => `${customerId} 정하은, 황새울로`],
])('a reason that names %s is kept without all of it', async (_what, reasonOf) => {
  const { world, orderId, customerId } = await inWorld();
  const reason = `점검 ${reasonOf(orderId, customerId)} 끝`;
  const deps = { ...world.deps, actor: 'supervisor:lee' };
  await openByHand(deps, BREAKER, { until: deps.clock.now() + 60_000, reason });
  const opened = await lasting(world);
  expect(opened).toContain('점검');
  expect(clearIn(opened)).toEqual([]);
  await closeByHand(deps, 'ne', BREAKER, { reason });
  await bindDatabase(deps, { ne: 'ne:other', tm: 'tm:other' } as never, { reason });
  const told = await lasting(world);
  expect(told).toContain('db.bind');
  expect(clearIn(told)).toEqual([]);
});

test('a reason that names nobody stays as it is', async () => {
  const { world, orderId } = await inWorld();
  const reason = `${orderId}: maintenance until 02:00, ticket 2026-118; OLT 7/1/22`;
  const deps = { ...world.deps, actor: 'supervisor:lee' };
  await openByHand(deps, BREAKER, { until: deps.clock.now() + 60_000, reason });
  expect(await lasting(world)).toContain(reason);
});

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Refusal | VersionConflict) => (error instanceof Refusal ? error.code : String(error)),
  );

test('the reason of an erasure says neither name, nor address, nor any number', async () => {
  const { world, orderId, customerId } = await inWorld();
  await world.cancel(orderId);
  await world.settle(orderId);
  const deps = { ...world.deps, actor: 'cs:kim' };
  for (const reason of ['정 하은 요청', '황새울로 117 이사', '010 5577 8157', '예전 번호 010-9999-0000'])
    expect([reason, await codeOf(eraseCustomer(deps, customerId, { reason }))]).toEqual([
      reason,
      'REASON_PERSONAL',
    ]);
  expect(await codeOf(eraseCustomer(deps, customerId, { reason: '민원 2026-118' }))).toBe('done');
});

test('a key that says who the customer is is refused, and nothing is kept of it', async () => {
  const { world, orderId } = await inWorld();
  const deps = { ...world.deps, actor: 'cs:kim' };
  const order = { ...CONTACT, area: null, lines: { internet: 1, tv: 0 } } as const;
  const rest = { channel: 'desk', priority: 'normal', wishes: {} } as const;
  for (const key of ['010-5577-8157', 'web-01055778157-1', '+82 10 5577 8157', '정하은-1', '정 하은']) {
    const placed = placeOrder(deps, { ...order, ...rest }, { key, duplicateOk: true });
    expect([key, await codeOf(placed)]).toEqual([key, 'KEY_PERSONAL']);
    const options = { code: 'CUSTOMER_CHANGED_MIND', note: undefined, key } as const;
    expect([key, await codeOf(cancelOrder(deps, orderId, options as never))]).toEqual([key, 'KEY_PERSONAL']);
  }
  const key = 'WEB-2026-557781';
  expect(await codeOf(placeOrder(deps, { ...order, ...rest }, { key, duplicateOk: true }))).toBe('done');
  expect((await world.events(orderId)).map(({ type }) => type)).not.toContain('OrderCancelled');
});
