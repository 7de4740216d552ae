import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MemoryNe, memoryNe } from '../../src/adapters/memory/memory-ne.ts';
import { memoryProcesses } from '../../src/adapters/memory/memory-processes.ts';
import { type MemoryTm, memoryTm } from '../../src/adapters/memory/memory-tm.ts';
import { systemClock } from '../../src/adapters/runtime/system-clock.ts';
import { uuidIds } from '../../src/adapters/runtime/uuid-ids.ts';
import { pause } from '../../src/adapters/runtime/waits.ts';
import { openPgStore } from '../../src/adapters/store/postgres/open-store.ts';
import { operation, type SagaDeps } from '../../src/core/app/deps.ts';
import { drain } from '../../src/core/app/engine/drain.ts';
import { placeOrder } from '../../src/core/app/orders/place-order.ts';
import { readOrder } from '../../src/core/app/write-order.ts';
import type { Store } from '../../src/core/ports/store.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/rules/policy.ts';
import { type CutLine, cutLine } from '../../src/testing/store/cut-line.fixture.ts';
import { type PostgresServer, startPostgres } from '../../src/testing/store/postgres-server.fixture.ts';
import { brokenInvariants } from '../support/invariants.ts';
import { recordOf } from '../support/run-record.ts';
import { TECHNICIAN } from '../support/saga-world.ts';
import { NOW, ORDER } from './programs.ts';

/** A request that may still have an effect is waited for: here not for long. */
const SHORT = { windowMs: 300, timeoutMs: 200, settleMs: 50, pollMs: 50 };
const POLICY: Policy = {
  ...DEFAULT_POLICY,
  ne: { ...DEFAULT_POLICY.ne, ...SHORT },
  tm: { ...DEFAULT_POLICY.tm, ...SHORT },
  schedule: { ...DEFAULT_POLICY.schedule, auto: true },
};

const LEASE_OVER_MS = 61_000;

/** The clock of a server that the test sets: a function of that name that stands before the server's own. */
const CLOCK = `
create table set_clock (by_ms bigint not null);
insert into set_clock values (0);
create function clock_timestamp() returns timestamptz language sql volatile as
  $$ select pg_catalog.clock_timestamp() + (select by_ms from set_clock) * interval '1 ms' $$;`;

type Host = { readonly store: Store; readonly deps: SagaDeps };

type Town = {
  readonly ne: MemoryNe;
  readonly tm: MemoryTm;
  /** A worker of a host; `line`: by which it reaches the server, `aheadMs`: of its wall clock. */
  readonly host: (
    name: string,
    how?: { readonly line?: CutLine; readonly aheadMs?: number },
  ) => Promise<Host>;
  readonly setClock: (byMs: number) => Promise<void>;
  readonly broken: (host: Host, orderIds: readonly string[]) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

const openTown = async (server: PostgresServer): Promise<Town> => {
  const place = new URL(await server.newPlace());
  const schema = /search_path=(\w+)/.exec(place.searchParams.get('options') ?? '')?.[1];
  place.searchParams.set('options', `-c search_path=${schema},pg_catalog`);
  const clock = systemClock({ now: NOW });
  const [ne, tm] = [memoryNe({ clock }), memoryTm({ clock })];
  const stores: Store[] = [];
  const host: Town['host'] = async (name, { line, aheadMs = 0 } = {}) => {
    const url = new URL(place);
    if (line !== undefined) url.searchParams.set('host', line.socket);
    const store = await openPgStore({
      url: url.href,
      mode: 'write',
      create: true,
      doubtMs: 300,
      wall: () => Date.now() + aheadMs,
    });
    stores.push(store);
    const own = { ...clock, now: () => clock.now() + aheadMs };
    const processes = memoryProcesses(`${name}~00000000/1/1`);
    const parts = { store, clock: own, ids: uuidIds(own.now), processes, policy: POLICY };
    return { store, deps: { ...operation(parts).as('supervisor:test'), ne, tm, crashPoint: () => {} } };
  };
  const first = await host('first');
  const admin = new Client({ connectionString: place.href });
  await admin.connect();
  await admin.query(CLOCK);
  await first.store.write((tx) => tx.technicians.put(TECHNICIAN));
  return {
    ne,
    tm,
    host,
    setClock: async (byMs) => {
      await admin.query('update set_clock set by_ms = by_ms + $1', [byMs]);
    },
    broken: async ({ store, deps }, acknowledged) => {
      const others = {
        acknowledged,
        policy: POLICY,
        now: deps.clock.now(),
        ne: ne.ledger(),
        tm: tm.ledger(),
      };
      return brokenInvariants(await recordOf(store, others));
    },
    close: async () => {
      await admin.end();
      await Promise.all(stores.map((store) => store.close()));
    },
  };
};

const work = (deps: SagaDeps, waitMs: number) =>
  drain(deps, {
    concurrency: 4,
    drain: true,
    waitMs,
    patienceMs: waitMs,
    signal: new AbortController().signal,
    closedLanes: async () => new Map(),
    places: { local: 4, ne: 4, tm: 4 },
  });

/** How often each service was made and each call was rung. */
const doubled = ({ ne, tm }: Town): readonly string[] => {
  const created = ne
    .ledger()
    .effects.filter(({ effect }) => effect === 'create')
    .map(({ key }) => key);
  const rung = tm
    .ledger()
    .calls.filter(({ count }) => count > 1)
    .map(({ callKey }) => callKey);
  return [...created.filter((key, at) => created.indexOf(key) !== at), ...rung];
};

/** Workers of several hosts on one server; one is cut off from it at message `from`, and at each `step`th after that. */
export const severalHosts = ({ from, step }: { readonly from: number; readonly step: number }): void => {
  let server: PostgresServer;
  let line: CutLine;
  let folder: string;
  beforeAll(async () => {
    server = await startPostgres();
    folder = mkdtempSync(join(tmpdir(), 'oss-hosts-'));
    line = await cutLine(folder, server.socket);
  });
  afterAll(async () => {
    await line.end();
    await server.end();
    rmSync(folder, { recursive: true });
  });

  const placed = async ({ deps }: Host): Promise<string> =>
    (await placeOrder(deps, ORDER, { key: 'WEB-1' })).process.orderId;

  /** One life; false: the worker has no so many messages. */
  const cutOff = async (n: number, isDone: boolean): Promise<boolean> => {
    const town = await openTown(server);
    try {
      const there = await town.host('there');
      const orderId = await placed(there);
      const away = await town.host('away', { line });
      const before = line.cuts();
      line.cutOffAt(n, isDone);
      let hasEnded = false;
      const leaving = work(away.deps, 1_500)
        .catch(() => {})
        .finally(() => {
          hasEnded = true;
        });
      while (!hasEnded && line.cuts() === before) await pause(5);
      const wasCut = line.cuts() > before;
      if (wasCut) {
        // Whoever was there before the clock was set leaves its leases alone; who comes after does not.
        await work(there.deps, 0);
        await town.setClock(LEASE_OVER_MS);
        const back = await town.host('back');
        await work(back.deps, 20_000);
        line.let(true);
      }
      await leaving;
      // What it took anew when it was back, and could not bring to its end, waits for the end of that lease.
      await town.setClock(LEASE_OVER_MS);
      await work((await town.host('last')).deps, 20_000);
      const { store } = there;
      // A call whose intent was kept and which nobody was told of is looked up, and made again an hour later.
      expect(['dispatched', 'tm-queue'], `cut at ${n}`).toContain(
        (await store.read((tx) => readOrder(tx, orderId))).stage,
      );
      expect(await town.broken(there, [orderId])).toEqual([]);
      expect(doubled(town)).toEqual([]);
      return wasCut;
    } finally {
      line.cutAt(Number.POSITIVE_INFINITY, false);
      line.let(true);
      await town.close();
    }
  };

  describe.each([false, true])(
    'a worker that is cut off from the database (its message arrives: %s)',
    (isDone) => {
      test('has its order finished by another host after its lease, and nothing is doubled', async () => {
        let cuts = 0;
        for (let n = from; await cutOff(n, isDone); n += step) cuts += 1;
        expect(cuts).toBeGreaterThan(40 / step);
      });
    },
  );

  test.each([600_000, -600_000])(
    'a host whose clock is %i ms off works as the others do',
    async (aheadMs) => {
      const town = await openTown(server);
      try {
        const [right, wrong] = [await town.host('right'), await town.host('wrong', { aheadMs })];
        const orderId = await placed(wrong);
        await Promise.all([work(wrong.deps, 10_000), work(right.deps, 10_000)]);
        const events = await right.store.read((tx) => tx.events.load(orderId));
        // By the server's clock, which is that of the other host here.
        for (const { at } of events)
          expect(Math.abs(Date.parse(at) - right.deps.clock.now())).toBeLessThan(60_000);
        expect((await right.store.read((tx) => readOrder(tx, orderId))).stage).toBe('dispatched');
        expect(await town.broken(right, [orderId])).toEqual([]);
        expect(doubled(town)).toEqual([]);
      } finally {
        await town.close();
      }
    },
  );

  test('a server whose clock is set ahead in mid-work takes no order from who works on it', async () => {
    const town = await openTown(server);
    try {
      const [one, other] = [await town.host('one'), await town.host('other')];
      const orderId = await placed(one);
      const now = one.deps.clock.now();
      const claim = await one.store.write(
        (tx) => tx.work.claimOne(orderId, { now, owner: one.deps.processes.self, leaseMs: 60_000 }),
        {},
      );
      if (claim === null) throw new Error('not claimed');
      await town.setClock(600_000);
      await work(other.deps, 0);
      expect(await one.store.read((tx) => tx.work.holds(claim))).toBe(true);
      await one.store.write((tx) => tx.work.release(claim), {});
      await work(other.deps, 10_000);
      expect((await one.store.read((tx) => readOrder(tx, orderId))).stage).toBe('dispatched');
      expect(await town.broken(other, [orderId])).toEqual([]);
    } finally {
      await town.close();
    }
  });
};
