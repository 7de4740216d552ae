import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/runtime/system-clock.ts';
import { uuidIds } from '../../src/adapters/runtime/uuid-ids.ts';
import { openStore } from '../../src/adapters/store/sqlite/open-store.ts';
import type { SagaDeps } from '../../src/core/app/deps.ts';
import { drain } from '../../src/core/app/engine/drain.ts';
import { type NewOrder, placeOrder } from '../../src/core/app/orders/place-order.ts';
import { DEFAULT_POLICY } from '../../src/core/rules/policy.ts';
import { iso } from '../../src/core/time/iso.ts';
import { DAY_MS, HOUR_MS } from '../../src/core/time/units.ts';
import { bareNe, bareTm } from './bare-peers.ts';

/** Long runs ask for a million. */
const STEPS = Number(process.env.OSS_LONG_STEPS ?? 6_000);
/** Compiled code, caches and prepared statements are there by then. */
const WARM_STEPS = 3_000;
/** Besides its lines an order needs three steps: a plan, its access, and its search for slots. */
const LINES = 10;
const ORDERS_AT_ONCE = 150;
/** What is left behind at each step, be it a listener, a timer or an entry of a map, costs more than this. */
const BYTES_A_STEP = 40;
/** Caches with an end: the last events of 10,000 orders are the largest. */
const MOST_CACHED_BYTES = 4_000_000;
/** By so much two looks at the same heap may differ. */
const NOISE_BYTES = 400_000;

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

/** The heap after everything that nobody holds any more is gone. */
const heapUsed = async (): Promise<number> => {
  for (let i = 0; i < 3; i += 1) {
    gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
};

const orderOf = (n: number): NewOrder => ({
  name: '정하은',
  phone: `010-0000-${String(n % 10_000).padStart(4, '0')}`,
  address: `중앙로 ${n}`,
  area: '분당구',
  lines: { internet: LINES, tv: 0 },
  channel: 'batch',
  priority: 'normal',
  wishes: {},
});

test(`a worker's memory is flat over ${STEPS} steps`, { timeout: 30_000 + STEPS * 5 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-memory-'));
  const store = await openStore({ path: join(folder, 'oss.db'), mode: 'write', create: true });
  const clock = systemClock();
  const tomorrow = clock.now() + DAY_MS;
  const deps: SagaDeps = {
    store,
    clock,
    ids: uuidIds(clock.now),
    processes: { self: 'memory', alive: () => true },
    policy: DEFAULT_POLICY,
    actor: 'supervisor:test',
    ne: bareNe(),
    tm: bareTm({ start: iso(tomorrow), end: iso(tomorrow + HOUR_MS) }),
    crashPoint: () => {},
  };
  let steps = 0;
  let orders = 0;
  const stop = new AbortController();
  const working = drain(deps, {
    concurrency: 8,
    drain: false,
    waitMs: 0,
    signal: stop.signal,
    closedLanes: async () => new Map(),
    places: { local: 8, ne: 8, tm: 8 },
    onStep: () => {
      steps += 1;
    },
  });
  const workTo = async (target: number): Promise<void> => {
    while (steps < target) {
      const ordersThen = orders;
      for (; orders < ordersThen + ORDERS_AT_ONCE; orders += 1) {
        await placeOrder(deps, orderOf(orders), { duplicateOk: true });
      }
      await Promise.race([working, untilIdle()]);
    }
  };
  const untilIdle = async (): Promise<void> => {
    for (;;) {
      const { due, leased } = await store.read((tx) => tx.work.counts(clock.now()));
      if (leased === 0 && Object.values(due).every((n) => n === 0)) return;
      await clock.wait(5);
    }
  };
  try {
    await workTo(WARM_STEPS);
    const before = await heapUsed();
    const from = steps;
    await workTo(from + STEPS);
    const grown = (await heapUsed()) - before;
    expect(steps - from).toBeGreaterThanOrEqual(STEPS);
    expect(grown).toBeLessThan(Math.min(STEPS * BYTES_A_STEP, MOST_CACHED_BYTES) + NOISE_BYTES);
  } finally {
    stop.abort();
    await working;
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
