import { memoryNe } from '../../src/adapters/memory/memory-ne.ts';
import { memoryProcesses } from '../../src/adapters/memory/memory-processes.ts';
import { memoryTm } from '../../src/adapters/memory/memory-tm.ts';
import { systemClock } from '../../src/adapters/runtime/system-clock.ts';
import { uuidIds } from '../../src/adapters/runtime/uuid-ids.ts';
import { openPgStore } from '../../src/adapters/store/postgres/open-store.ts';
import { operation, type SagaDeps } from '../../src/core/app/deps.ts';
import { drain } from '../../src/core/app/engine/drain.ts';
import type { NewOrder } from '../../src/core/app/orders/place-order.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/rules/policy.ts';
import { Refusal } from '../../src/core/rules/refusal.ts';

/** Tuesday 10:00 in Seoul, when customers are phoned. */
export const NOW = '2026-11-24T01:00:00.000Z';

export const ORDER: NewOrder = {
  name: '정하은',
  phone: '010-5577-8157',
  address: '경기도 성남시 분당구 황새울로 117',
  area: '분당구',
  lines: { internet: 1, tv: 0 },
  channel: 'desk',
  priority: 'normal',
  wishes: {},
};

/** Programs of one database, each with connections and a name of its own; their peers are the same. */
export type Programs = {
  readonly all: readonly SagaDeps[];
  readonly first: SagaDeps;
  readonly close: () => Promise<void>;
};

export const openPrograms = async (
  url: string,
  count: number,
  policy: Policy = DEFAULT_POLICY,
): Promise<Programs> => {
  const clock = systemClock({ now: NOW });
  const [ne, tm] = [memoryNe({ clock }), memoryTm({ clock })];
  // All at once: one makes the tables and the others wait.
  const stores = await Promise.all(
    Array.from({ length: count }, () => openPgStore({ url, mode: 'write', create: true })),
  );
  const all = stores.map((store, n): SagaDeps => {
    const parts = {
      store,
      clock,
      ids: uuidIds(clock.now),
      processes: memoryProcesses(`h/${n + 1}/0`),
      policy,
    };
    return { ...operation(parts).as('supervisor:test'), ne, tm, crashPoint: () => {} };
  });
  const [first] = all;
  if (first === undefined) throw new Error('no program');
  return {
    all,
    first,
    close: async () => {
      await Promise.all(stores.map((store) => store.close()));
    },
  };
};

/** Does what is due until nothing technical is left. */
export const drained = async (deps: SagaDeps): Promise<void> => {
  const places = { local: 16, ne: 16, tm: 16 };
  const { signal } = new AbortController();
  const closedLanes = async () => new Map();
  await drain(deps, { concurrency: 16, drain: true, waitMs: 60_000, signal, closedLanes, places });
};

/** What those got who were not refused in words; whatever else went wrong is thrown. */
export const fairly = async <T>(all: readonly Promise<T>[]): Promise<readonly T[]> => {
  const won: T[] = [];
  for (const result of await Promise.allSettled(all)) {
    if (result.status === 'fulfilled') won.push(result.value);
    else if (!(result.reason instanceof Refusal)) throw result.reason;
  }
  return won;
};
