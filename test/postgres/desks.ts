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
import { ORDER } from './programs.ts';

const PROGRAMS = 2;
const DESKS = 6;

/** Desks that place one order after another, each with a key, and say the same again until it is acknowledged. */
export type Desks = {
  readonly stores: readonly Store[];
  /** The order that each key was acknowledged with. */
  readonly placed: ReadonlyMap<string, string>;
  /** The codes of what they were refused with meanwhile. */
  readonly refused: ReadonlySet<string>;
  /** Resolves when so many more were acknowledged. */
  readonly more: (orders: number) => Promise<void>;
  /** They place what they have begun, and no more. */
  readonly stop: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export const openDesks = async (url: string): Promise<Desks> => {
  const stores = await Promise.all(
    Array.from({ length: PROGRAMS }, () => openPgStore({ url, mode: 'write', create: true, doubtMs: 100 })),
  );
  const clock = systemClock();
  const placed = new Map<string, string>();
  const refused = new Set<string>();
  let isOver = false;
  let next = 0;
  const desk = async (store: Store): Promise<void> => {
    const processes = memoryProcesses();
    const parts = { store, clock, ids: uuidIds(clock.now), processes, policy: DEFAULT_POLICY };
    const deps = operation(parts).as('cs:kim');
    while (!isOver) {
      next += 1;
      const key = `K-${next}`;
      const order = { ...ORDER, phone: `010-0000-${1_000 + next}` };
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
  const working = Promise.all(Array.from({ length: DESKS }, (_, i) => desk(stores[i % PROGRAMS] as Store)));
  return {
    stores,
    placed,
    refused,
    more: async (orders) => {
      const before = placed.size;
      while (placed.size < before + orders) await Promise.race([pause(5), working]);
    },
    stop: async () => {
      isOver = true;
      await working;
    },
    close: async () => {
      isOver = true;
      await Promise.all(stores.map((store) => store.close()));
    },
  };
};

/** All orders of a log by id, and those that its feed tells of, event by event. */
export const ordersOf = (
  store: Store,
): Promise<{ readonly log: readonly string[]; readonly feed: readonly string[] }> =>
  store.read(async ({ events }) => ({
    log: [...(await events.orderIds('', 100_000))].sort(),
    feed: (await events.page({ after: { epoch: 0, n: 0 }, limit: 100_000 }))
      .map(({ orderId }) => orderId)
      .sort(),
  }));
