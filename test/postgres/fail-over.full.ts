import { afterEach, expect, test } from 'vitest';
import type { Store } from '../../src/core/ports/store.ts';
import { type PostgresPair, startPostgresPair } from '../../src/testing/store/postgres-server.fixture.ts';
import { type Desks, openDesks, ordersOf } from './desks.ts';

const SOME = 200;

let pair: PostgresPair | null = null;
let desks: Desks | null = null;
afterEach(async () => {
  await desks?.close();
  await pair?.end();
});

/** Desks that go on placing while the server is lost and its standby promoted. */
const failedOver = async (isSynchronous: boolean) => {
  pair = await startPostgresPair({ isSynchronous });
  desks = await openDesks(await pair.newPlace());
  await desks.more(SOME);
  if (!isSynchronous) {
    await pair.cutOff();
    await desks.more(SOME);
  }
  await pair.failOver();
  await desks.more(SOME);
  await desks.stop();
  const store = desks.stores[0] as Store;
  const told = await ordersOf(store);
  const head = await store.read(({ events }) => events.head());
  return { placed: [...desks.placed.values()].sort(), head, ...told };
};

test('a standby that is promoted has every order that was acknowledged, once, and begins an epoch', async () => {
  const { placed, log, feed, head } = await failedOver(true);
  expect(log).toEqual(placed);
  expect(feed).toEqual(placed);
  expect(head.epoch).toBeGreaterThan(1);
});

test('one that was behind has lost some, and gives no number of a lost one away again', async () => {
  const { placed, log, feed, head } = await failedOver(false);
  expect(feed).toEqual(log);
  expect(head.epoch).toBeGreaterThan(1);
  const known = new Set(log);
  const lost = placed.filter((orderId) => !known.has(orderId));
  expect(lost.length).toBeGreaterThanOrEqual(SOME);
  expect(new Set(placed).size).toBe(placed.length);
  expect(log.filter((orderId) => !placed.includes(orderId))).toEqual([]);
});
