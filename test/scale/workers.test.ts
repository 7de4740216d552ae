import { afterEach, expect, test } from 'vitest';
import { type Json, until } from '../acceptance/house.ts';
import { PATIENT } from '../support/patient.ts';
import { openTown, type Town } from './town.ts';

let town: Town | null = null;
afterEach(async () => {
  await town?.close();
  town = null;
});

const WORKERS = 3;
const ORDERS = 120;
const AT_ONCE = 4;
/** Each order has two services: of 20 rounds so many are sure to be full. */
const FULL_ROUNDS = 15;

const placed = async (count: number, env: NodeJS.ProcessEnv = {}): Promise<Town> => {
  town = await openTown(env);
  await town.house.json(['batch', 'run', town.orders(count), '--op', 'order.new']);
  return town;
};

/** Creates that had an effect, by service key. */
const created = ({ ledger }: Town): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { key, effect } of ledger().effects) {
    if (effect === 'create') counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
};

test('workers on one database share the work fairly, and none does a thing twice', async () => {
  const one = await placed(ORDERS, { ...PATIENT, OSS_INLINE_MAX_MS: '0' });
  const hold = (): (() => void) => {
    let letGo = (): void => {};
    one.ne.holdUntil(
      new Promise((resolve) => {
        letGo = resolve;
      }),
    );
    return letGo;
  };
  let letGo = hold();
  const running = Array.from({ length: WORKERS }, () =>
    one.house.json(['worker', '--drain', '-j', String(AT_ONCE)]),
  );
  // The network is what is short, and waits for all: a worker that the machine lets stand still loses nothing by it.
  for (let round = 1; round <= FULL_ROUNDS; round += 1) {
    await until(one.ne.requests, (requests) => requests >= round * WORKERS * AT_ONCE);
    const release = letGo;
    letGo = hold();
    release();
  }
  letGo();
  const drained = await Promise.all(running);
  const done: readonly number[] = drained.map((told: Json) => told.done);
  expect(drained.map((told: Json) => told.waiting)).toEqual(Array(WORKERS).fill(0));
  for (const each of done) expect(each, done.join()).toBeGreaterThanOrEqual(ORDERS / WORKERS / 2);
  expect((await one.house.json(['order', 'list', '--stage', 'tm-queue', '--all'])).items).toHaveLength(
    ORDERS,
  );
  expect([...created(one).values()]).toEqual(Array(ORDERS * 2).fill(1));
});

test('what a worker had in hand when it was killed is taken over by another, long before its lease ends', async () => {
  // The one that lives learns of a death at its next beat, which may be 5 seconds away.
  const one = await placed(40, { OSS_NE_BULKHEAD: '4' });
  const { house } = one;
  const mortal = house.start(['worker', '-j', '4']);
  await until(one.ne.requests, (requests) => requests > 8);
  mortal.kill('SIGKILL');
  await mortal.ended;
  const dead = await house.json(['worker', 'status']);
  expect(dead.workers).toMatchObject([{ state: 'gone' }]);
  expect(dead.leased).toBeGreaterThan(0);
  const heir = house.start(['worker', '-j', '4']);
  await until(
    async () => (await house.json(['order', 'list', '--stage', 'tm-queue', '--all'])).items.length,
    (ready) => ready === 40,
  );
  heir.kill('SIGTERM');
  expect((await heir.ended).code).toBe(143);
  expect([...created(one).values()]).toEqual(Array(80).fill(1));
  expect(await house.json(['worker', 'status'])).toMatchObject({ workers: [], leased: 0 });
});
