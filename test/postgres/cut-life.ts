import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { memoryNe } from '../../src/adapters/memory/memory-ne.ts';
import { memoryProcesses } from '../../src/adapters/memory/memory-processes.ts';
import { memoryTm } from '../../src/adapters/memory/memory-tm.ts';
import { systemClock } from '../../src/adapters/runtime/system-clock.ts';
import { uuidIds } from '../../src/adapters/runtime/uuid-ids.ts';
import { openPgStore } from '../../src/adapters/store/postgres/open-store.ts';
import { operation, type SagaDeps } from '../../src/core/app/deps.ts';
import { drain } from '../../src/core/app/engine/drain.ts';
import { placeOrder } from '../../src/core/app/orders/place-order.ts';
import { readOrder } from '../../src/core/app/write-order.ts';
import type { Store } from '../../src/core/ports/store.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/rules/policy.ts';
import { Refusal } from '../../src/core/rules/refusal.ts';
import { type CutLine, cutLine } from '../../src/testing/store/cut-line.fixture.ts';
import { type PostgresServer, startPostgres } from '../../src/testing/store/postgres-server.fixture.ts';
import { brokenInvariants } from '../support/invariants.ts';
import { TECHNICIAN } from '../support/saga-world.ts';

let server: PostgresServer;
let line: CutLine;
let folder: string;
beforeAll(async () => {
  server = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), 'oss-cut-'));
  line = await cutLine(folder, server.socket);
});
afterAll(async () => {
  await line.end();
  await server.end();
  rmSync(folder, { recursive: true });
});

let opened: Store | null = null;
afterEach(async () => {
  await opened?.close();
  opened = null;
});

const POLICY: Policy = { ...DEFAULT_POLICY, schedule: { ...DEFAULT_POLICY.schedule, auto: true } };
const patiently = async <T>(act: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'unavailable' || tries > 5) throw error;
    }
  }
};

/** A whole life as far as people come next, its line cut at message number n; false: it has no so many. */
const life = async (n: number, isDone: boolean): Promise<boolean> => {
  const url = (await server.newPlace()).replace(
    encodeURIComponent(server.socket),
    encodeURIComponent(line.socket),
  );
  const store = await openPgStore({ url, mode: 'write', create: true });
  opened = store;
  // At an hour at which customers are phoned.
  const clock = systemClock({ now: '2026-11-24T01:00:00.000Z' });
  const [ne, tm] = [memoryNe({ clock }), memoryTm({ clock })];
  const parts = { store, clock, ids: uuidIds(clock.now), processes: memoryProcesses(), policy: POLICY };
  const deps: SagaDeps = { ...operation(parts).as('supervisor:test'), ne, tm, crashPoint: () => {} };
  await store.write((tx) => tx.technicians.put(TECHNICIAN));
  const before = line.cuts();
  line.cutAt(n, isDone);
  const { process } = await patiently(() =>
    placeOrder(
      deps,
      {
        name: '정하은',
        phone: '010-5577-8157',
        address: '경기도 성남시 분당구 황새울로 117',
        area: '분당구',
        lines: { internet: 1, tv: 0 },
        channel: 'desk',
        priority: 'normal',
        wishes: {},
      },
      { key: 'WEB-1' },
    ),
  );
  await drain(deps, {
    concurrency: 4,
    drain: true,
    waitMs: 20_000,
    signal: new AbortController().signal,
    closedLanes: async () => new Map(),
    places: { local: 4, ne: 4, tm: 4 },
    patienceMs: 20_000,
  });
  const wasCut = line.cuts() > before;
  line.cutAt(Number.POSITIVE_INFINITY, false);
  await store.read(async (tx) => {
    const { orderId } = process;
    expect(await tx.events.orderIds('', 10)).toEqual([orderId]);
    // A call whose intent was kept and which nobody was told of is looked up, and made again an hour later.
    const { stage } = await readOrder(tx, orderId);
    expect(['dispatched', 'tm-queue']).toContain(stage);
    if (!wasCut) expect(stage).toBe('dispatched');
    const [view, row] = [await tx.views.get(orderId), await tx.work.get(orderId)];
    if (view === null || row === null) throw new Error('no view or no row');
    const { leased } = await tx.work.counts(deps.clock.now());
    const broken = brokenInvariants({
      acknowledged: [orderId],
      events: new Map([[orderId, await tx.events.load(orderId)]]),
      views: new Map([[orderId, view]]),
      work: new Map([[orderId, row]]),
      occupied: await tx.calendar.between('2000-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z'),
      leased,
      policy: POLICY,
      now: deps.clock.now(),
      ne: ne.ledger(),
      tm: tm.ledger(),
    });
    expect(broken).toEqual([]);
    expect(ne.outstanding() + tm.outstanding()).toBe(0);
  });
  await store.close();
  opened = null;
  return wasCut;
};

/** Cuts the line of a whole life at each `step`th of its messages, one a life. */
export const cutLives = (step: number): void => {
  describe.each([false, true])(
    'a line that is cut at one message of a life (it has arrived: %s)',
    (isDone) => {
      test('loses nothing and doubles nothing', async () => {
        let cuts = 0;
        for (let n = 1 + (isDone ? Math.floor(step / 2) : 0); await life(n, isDone); n += step) cuts += 1;
        expect(cuts).toBeGreaterThan(100 / step);
      });
    },
  );
};
