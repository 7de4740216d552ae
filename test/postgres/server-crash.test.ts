import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryProcesses } from '../../src/adapters/memory/memory-processes.ts';
import { systemClock } from '../../src/adapters/runtime/system-clock.ts';
import { uuidIds } from '../../src/adapters/runtime/uuid-ids.ts';
import { pause } from '../../src/adapters/runtime/waits.ts';
import { openPgStore } from '../../src/adapters/store/postgres/open-store.ts';
import { operation } from '../../src/core/app/deps.ts';
import { placeOrder } from '../../src/core/app/orders/place-order.ts';
import type { Store } from '../../src/core/ports/store.ts';
import { DEFAULT_POLICY } from '../../src/core/rules/policy.ts';
import { Refusal } from '../../src/core/rules/refusal.ts';
import { type PostgresServer, startPostgres } from '../../src/testing/store/postgres-server.fixture.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.end());

const CRASHES = 3;
const DESKS = 6;
/** Placed before each crash. */
const SOME = 40;

test('a server that is killed under load loses nothing that was acknowledged, and a repeat with its key doubles nothing', async () => {
  const url = await server.newPlace();
  const stores: readonly Store[] = await Promise.all(
    [1, 2].map(() => openPgStore({ url, mode: 'write', create: true, doubtMs: 100 })),
  );
  const clock = systemClock();
  const placed = new Map<string, string>();
  const refused = new Set<string>();
  let isOver = false;
  let next = 0;
  /** Places one order after another, and says the same again with its key until it is acknowledged. */
  const desk = async (store: Store): Promise<void> => {
    const parts = {
      store,
      clock,
      ids: uuidIds(clock.now),
      processes: memoryProcesses(),
      policy: DEFAULT_POLICY,
    };
    const deps = operation(parts).as('cs:kim');
    while (!isOver) {
      next += 1;
      const key = `K-${next}`;
      const order = {
        name: '정하은',
        phone: `010-0000-${1_000 + next}`,
        address: '황새울로 117',
        area: '분당구',
        lines: { internet: 1, tv: 0 },
        channel: 'desk',
        priority: 'normal',
        wishes: {},
      } as const;
      while (!placed.has(key)) {
        try {
          placed.set(key, (await placeOrder(deps, order, { key })).process.orderId);
        } catch (error) {
          if (!(error instanceof Refusal) || error.kind !== 'unavailable') throw error;
          refused.add(error.code);
          await pause(20);
        }
      }
    }
  };
  const desks = Array.from({ length: DESKS }, (_, i) => desk(stores[i % stores.length] as Store));
  for (let crash = 0; crash < CRASHES; crash += 1) {
    const before = placed.size;
    while (placed.size < before + SOME) await pause(5);
    await server.crash();
    await pause(50);
    await server.restart();
  }
  const before = placed.size;
  while (placed.size < before + SOME) await pause(5);
  isOver = true;
  await Promise.all(desks);

  const [store] = stores;
  const ids = await store?.read((tx) => tx.events.orderIds('', 100_000));
  expect([...(ids ?? [])].sort()).toEqual([...placed.values()].sort());
  const feed =
    (await store?.read((tx) => tx.events.page({ after: { epoch: 1, n: 0 }, limit: 100_000 }))) ?? [];
  expect(feed.map(({ orderId }) => orderId).sort()).toEqual([...placed.values()].sort());
  expect(refused.size).toBeGreaterThan(0);
  await Promise.all(stores.map((one) => one.close()));
});
