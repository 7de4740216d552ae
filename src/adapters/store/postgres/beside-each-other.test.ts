import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { operation } from '../../../core/app/deps.ts';
import { type NewOrder, placeOrder } from '../../../core/app/orders/place-order.ts';
import { appendTo, breaker, note, placed } from '../../../core/ports/contract/samples.contract.ts';
import { START } from '../../../core/ports/cursor.ts';
import type { Store } from '../../../core/ports/store.ts';
import { DEFAULT_POLICY } from '../../../core/rules/policy.ts';
import { type PostgresServer, startPostgres } from '../../../testing/store/postgres-server.fixture.ts';
import { memoryProcesses } from '../../memory/memory-processes.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import { uuidIds } from '../../runtime/uuid-ids.ts';
import { turn } from '../../runtime/waits.ts';
import { openPgStore } from './open-store.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.end());

const stores: Store[] = [];
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
});

/** Several programs of one database, each with connections of its own. `setting`: of their sessions, as `timezone=UTC`. */
const programs = async (count: number, setting?: string): Promise<readonly Store[]> => {
  const place = await server.newPlace();
  const url = setting === undefined ? place : `${place}${encodeURIComponent(` -c ${setting}`)}`;
  // All at once: one makes the tables and the others wait.
  stores.push(
    ...(await Promise.all(
      Array.from({ length: count }, () => openPgStore({ url, mode: 'write', create: true })),
    )),
  );
  return stores;
};

/** Until a program of the server waits for a lock. */
const someoneWaits = async (): Promise<void> => {
  const client = new Client({ connectionString: await server.newPlace() });
  await client.connect();
  try {
    for (;;) {
      const { rowCount } = await client.query(
        "select 1 from pg_locks where locktype = 'advisory' and not granted",
      );
      if (rowCount !== 0) return;
      await turn();
    }
  } finally {
    await client.end();
  }
};

const gate = () => {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
};

const ORDER: NewOrder = {
  name: '정하은',
  phone: '010-5577-8157',
  address: '황새울로 117',
  area: '분당구',
  lines: { internet: 1, tv: 0 },
  channel: 'desk',
  priority: 'normal',
  wishes: {},
};

const ROUNDS = 15;

/** Each round, every program at once; what those got that were not refused. */
const race = async <T>(all: readonly Store[], act: (store: Store, round: number) => Promise<T>) => {
  const rounds: (readonly T[])[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const results = await Promise.allSettled(all.map((store) => act(store, round)));
    rounds.push(results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
  }
  return rounds;
};

const place = (store: Store, order: Partial<NewOrder>, key?: string) => {
  const clock = systemClock({ now: null });
  const parts = {
    store,
    clock,
    ids: uuidIds(clock.now),
    processes: memoryProcesses(),
    policy: DEFAULT_POLICY,
  };
  const deps = operation(parts).as('cs:kim');
  return placeOrder(deps, { ...ORDER, ...order }, key === undefined ? {} : { key });
};

describe('programs beside each other', () => {
  test('place an order once for each key', async () => {
    const all = await programs(4);
    const rounds = await race(all, async (store, round) => {
      const change = await place(store, { phone: `010-0000-${1_000 + round}` }, `K-${round}`);
      return [change.status, change.process.orderId] as const;
    });
    for (const changes of rounds) {
      expect(new Set(changes.map(([, orderId]) => orderId)).size).toBe(1);
      expect(changes.map(([status]) => status).sort()).toEqual(['already', 'already', 'already', 'done']);
    }
    expect(await all[0]?.read((tx) => tx.events.orderIds('', 1_000))).toHaveLength(ROUNDS);
  });

  test('place an order once for the same customer at the same address', async () => {
    const all = await programs(4);
    const rounds = await race(all, (store, round) => place(store, { phone: `010-0000-${1_000 + round}` }));
    for (const changes of rounds) expect(changes).toHaveLength(1);
  });

  test('lose no event of one order', async () => {
    const all = await programs(4);
    const [first] = all;
    await first?.write((tx) => appendTo(tx, 'ORD-000001', placed()));
    await race(all, (store) =>
      store.write((tx) => appendTo(tx, 'ORD-000001', note('T')), { orders: ['ORD-000001'] }),
    );
    const events = await first?.read((tx) => tx.events.load('ORD-000001'));
    expect(events?.map(({ version }) => version)).toEqual(
      Array.from({ length: 4 * ROUNDS + 1 }, (_, i) => i + 1),
    );
  });

  test('of the same generation of a breaker one writes', async () => {
    const all = await programs(4);
    const won = await race(all, async (store, round) => {
      const expected = round === 0 ? null : round;
      const isFirst = await store.write(
        (tx) => tx.breakers.compareAndSet(breaker('ne:simulated', round + 1), expected),
        {},
      );
      return isFirst ? [store] : [];
    });
    for (const winners of won) expect(winners.flat()).toHaveLength(1);
  });

  test('keep one chain of the audit of a machine', async () => {
    const all = await programs(4);
    const entry = {
      at: '2026-11-24T05:00:00.000Z',
      actor: 'cs:kim',
      action: 'pii.read',
      subject: 'x',
      detail: {},
    };
    const rounds = await race(all, (store) => store.write((tx) => tx.audit.add(entry), {}));
    for (const kept of rounds) expect(kept).toHaveLength(4);
    const rows = await all[0]?.read((tx) => tx.audit.list(1_000));
    expect(rows?.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 4 * ROUNDS }, (_, i) => i + 1),
    );
  });

  test('write at the same time where they decide about other things', async () => {
    const [one, other] = await programs(2);
    const { opened, open } = gate();
    const slow = one?.write(
      async (tx) => {
        await appendTo(tx, 'ORD-000001', placed());
        await opened;
      },
      { orders: ['ORD-000001'] },
    );
    // Would wait for ever, were it behind the first.
    await other?.write((tx) => appendTo(tx, 'ORD-000002', placed()), { orders: ['ORD-000002'] });
    open();
    await slow;
  });

  test.each(['serializable', 'repeatable read'])(
    'see what was written while they waited, whatever isolation the server begins with: %s',
    async (isolation) => {
      const all = await programs(4, `default_transaction_isolation=${isolation.replace(' ', '\\ ')}`);
      const [one, other] = all;
      const { opened, open } = gate();
      const begun = gate();
      const slow = one?.write(
        async (tx) => {
          await appendTo(tx, 'ORD-000001', placed());
          begun.open();
          await opened;
        },
        { orders: ['ORD-000001'] },
      );
      await begun.opened;
      let runs = 0;
      const after = other?.write(
        async (tx) => {
          runs += 1;
          await appendTo(tx, 'ORD-000001', note('T'));
        },
        { orders: ['ORD-000001'] },
      );
      await someoneWaits();
      open();
      await Promise.all([slow, after]);
      expect(runs).toBe(1);
      const rounds = await race(all, (store, round) => place(store, { phone: `010-0000-${1_000 + round}` }));
      for (const changes of rounds) expect(changes).toHaveLength(1);
      const ids = (await one?.read((tx) => tx.events.page({ after: START, limit: 1_000 })))?.map(
        ({ cursor }) => cursor,
      );
      expect(new Set(ids).size).toBe(ROUNDS + 2);
    },
  );

  test('let a reader of the feed miss nothing, though what was begun first is committed last', async () => {
    const [one, other] = await programs(2);
    if (one === undefined || other === undefined) throw new Error('two programs');
    const { opened, open } = gate();
    const begun = gate();
    const slow = one.write(
      async (tx) => {
        await appendTo(tx, 'ORD-000001', placed());
        begun.open();
        await opened;
      },
      { orders: ['ORD-000001'] },
    );
    await begun.opened;
    await other.write((tx) => appendTo(tx, 'ORD-000002', placed()), { orders: ['ORD-000002'] });
    const page = (after = START) => other.read((tx) => tx.events.page({ after, limit: 10 }));
    const before = await page();
    expect(before.map(({ orderId }) => orderId)).toEqual(['ORD-000002']);
    open();
    await slow;
    expect((await page(before.at(-1)?.cursor)).map(({ orderId }) => orderId)).toEqual(['ORD-000001']);
    expect((await page()).map(({ orderId }) => orderId)).toEqual(['ORD-000002', 'ORD-000001']);
  });

  test('hear of what another one has committed', async () => {
    const [one, other] = await programs(2);
    const over = new AbortController();
    const changes = (await other?.changes(over.signal))?.[Symbol.asyncIterator]();
    await one?.write((tx) => appendTo(tx, 'ORD-000001', placed()));
    expect((await changes?.next())?.done).toBe(false);
    over.abort();
  });

  test('a write that holds what two others want in another order ends all the same', async () => {
    const [one, other] = await programs(2);
    let crossed = 0;
    const both = gate();
    // Each takes a row first and then the other's, as no scope of ours would: the server ends one, which runs again.
    const cross = (store: Store | undefined, ids: readonly [string, string]) =>
      store?.write(async (tx) => {
        await tx.breakers.compareAndSet(breaker(ids[0], 2), 1);
        crossed += 1;
        if (crossed >= 2) both.open();
        await both.opened;
        await tx.breakers.compareAndSet(breaker(ids[1], 2), 1);
        return true;
      }, {});
    await one?.write(async (tx) => {
      await tx.breakers.compareAndSet(breaker('a', 1), null);
      await tx.breakers.compareAndSet(breaker('b', 1), null);
    });
    expect(await Promise.all([cross(one, ['a', 'b']), cross(other, ['b', 'a'])])).toEqual([true, true]);
    expect(crossed).toBeGreaterThan(2);
  });
});
