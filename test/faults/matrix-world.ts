import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peerPlace } from '../../src/adapters/http/peer-url.ts';
import { createPeers, type Peers } from '../../src/adapters/http/peers.ts';
import { memoryIds } from '../../src/adapters/memory/memory-ids.ts';
import { memoryProcesses } from '../../src/adapters/memory/memory-processes.ts';
import { systemClock } from '../../src/adapters/runtime/system-clock.ts';
import { readLedger } from '../../src/adapters/simulators/ledger.ts';
import { type Simulators, startSimulators } from '../../src/adapters/simulators/simulators.ts';
import { placeOrder } from '../../src/core/app/orders/place-order.ts';
import { DEFAULT_BREAKER } from '../../src/core/peers/breaker.ts';
import type { Envelope } from '../../src/core/process/events.ts';
import { processOf } from '../../src/core/process/process.ts';
import { DEFAULT_POLICY, type PeerTiming, type Policy } from '../../src/core/rules/policy.ts';
import { brokenInvariants } from '../support/invariants.ts';
import { recordOf } from '../support/run-record.ts';
import { TECHNICIAN } from '../support/saga-world.ts';
import { openTestStore } from '../support/test-database.ts';
import { aimAt } from './aim.ts';
import { workAndCompare } from './as-worker.ts';
import { type Ending, live, type World } from './matrix-life.ts';
import { type Cell, type FaultName, MOMENTS, OPERATIONS, rulesOf } from './operations.ts';
import { repeatedBeyond } from './repeated.ts';
import { skippingClock } from './skipping-clock.ts';

/** What became of one cell's order. */
export type Lived = {
  readonly cell: Cell;
  readonly orderId: string;
  /** How the step was settled when the fault struck: done, again, or not at all. */
  readonly settled: string;
  readonly stage: string;
  readonly events: readonly Envelope[];
};

/** Nobody waits for these, the clock skips them; a machine that is busy with other things must not come to their end. */
const TIMING: PeerTiming = {
  windowMs: 30_000,
  timeoutMs: 30_000,
  settleMs: 2_000,
  pollMs: 40,
  pollMaxMs: 60_000,
};
const POLICY: Policy = {
  ...DEFAULT_POLICY,
  ne: { ...DEFAULT_POLICY.ne, ...TIMING },
  tm: TIMING,
  // Whether the pauses between two calls are kept is for others to prove: nobody waits for them here.
  schedule: { ...DEFAULT_POLICY.schedule, auto: true, callAgainMinutes: 0, callsPerDay: 100 },
};
export type LifeOptions = {
  readonly honoursKeys: boolean;
  readonly ending: Ending;
  /** Missing: every cell is lived. */
  readonly isLived?: (cell: Cell) => boolean;
};

export type Outcome = {
  readonly lived: readonly Lived[];
  /** What a comparison with the peers found after all had ended, by kind and key. */
  readonly found: readonly string[];
  /** Promises that were broken, in sentences; empty: all were kept. */
  readonly broken: readonly string[];
};

/** All cells of one fault, each an order of its own with a way to the peers of its own, beside each other. */
export const liveThrough = async (
  fault: FaultName,
  { honoursKeys, ending, isLived = () => true }: LifeOptions,
): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-faults-'));
  const ledgerPath = join(folder, 'ledger');
  const clock = skippingClock(systemClock({ now: '2026-11-24T01:00:00.000Z' }));
  const cells = OPERATIONS.flatMap((operation) =>
    MOMENTS.map((moment): Cell => ({ operation, moment, fault })),
  ).filter(isLived);
  const idOf = (index: number): string => `ORD-${String(index + 1).padStart(6, '0')}`;
  const simulators = await startSimulators({
    which: 'all',
    ledgerPath,
    seed: 1,
    now: clock.now,
    faults: [
      ...cells.flatMap((cell, index) => rulesOf(cell, idOf(index))),
      ...(honoursKeys ? [] : ['no-idempotency@POST']),
    ],
  });
  // The same peers once more, at an address where nobody listens.
  const closed =
    fault === 'refuse'
      ? await startSimulators({ which: 'all', ledgerPath, seed: 1, now: clock.now, faults: ['refuse'] })
      : null;
  const store = await openTestStore();
  const ids = memoryIds();
  const opened: Peers[] = [];
  const peersAt = (at: Simulators, index: number): Peers => {
    const breaker = { ...DEFAULT_BREAKER, failures: 1_000 };
    const place = (kind: 'ne' | 'tm') => ({
      ...peerPlace(kind, at[kind]?.url ?? '', { embedded: true }),
      breakerName: `${kind}:${index}`,
      timeoutMs: TIMING.timeoutMs,
      breaker,
    });
    const peers = createPeers({
      ne: place('ne'),
      tm: place('tm'),
      breakers: {
        readRow: (name) => store.read((tx) => tx.breakers.get(name)),
        compareAndSet: (row, gen) => store.write((tx) => tx.breakers.compareAndSet(row, gen), {}),
      },
      clock,
      self: `matrix/${index}/0`,
    });
    opened.push(peers);
    return peers;
  };
  const worldOf = (cell: Cell, index: number): World => {
    const processes = memoryProcesses(`matrix/${index}/0`);
    const app = { store, clock, ids, processes, policy: POLICY, actor: 'supervisor:test' };
    const aimed = aimAt(cell, {
      open: peersAt(simulators, index),
      closed: closed === null ? null : peersAt(closed, index),
    });
    const deps = { ...app, ne: aimed.ne, tm: aimed.tm, crashPoint: () => {} };
    return { cell, orderId: idOf(index), deps, hits: aimed.hits, clock };
  };
  try {
    await store.write(async (tx) => {
      for (let index = 0; index < cells.length; index += 1) {
        await tx.technicians.put({ ...TECHNICIAN, technicianId: `T-${index + 10}` });
      }
    });
    const worlds = cells.map(worldOf);
    // One after the other, so that each order has the id that its rules name.
    for (const { deps } of worlds) await placeOrder(deps, ORDER, { duplicateOk: true });
    for (const _ of worlds) clock.join();
    const settled = await Promise.all(worlds.map((world) => live(world, ending)));
    const [first] = worlds;
    const found = first === undefined ? [] : await workAndCompare(first.deps);
    const lived = await Promise.all(
      worlds.map(async ({ cell, orderId }, index) => {
        const events = await store.read((tx) => tx.events.load(orderId));
        const { stage } = processOf(orderId, events);
        return { cell, orderId, settled: settled[index] ?? 'never', stage, events };
      }),
    );
    const ledger = readLedger(ledgerPath);
    const record = await recordOf(store, {
      acknowledged: cells.map((_, index) => idOf(index)),
      policy: POLICY,
      now: clock.now(),
      ne: ledger,
      tm: ledger,
    });
    const isTwice = fault === 'duplicate';
    const broken = brokenInvariants(record, { peersRepeat: isTwice });
    return { lived, found, broken: isTwice ? [...broken, ...repeatedBeyond(worlds, ledger)] : broken };
  } finally {
    await Promise.all(opened.map((peers) => peers.close()));
    await Promise.all([simulators.close(), closed?.close()]);
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const ORDER = {
  name: '정하은',
  phone: '010-5577-8157',
  address: '경기도 성남시 분당구 황새울로 117',
  area: '분당구',
  lines: { internet: 1, tv: 0 },
  channel: 'desk',
  priority: 'normal',
  wishes: {},
} as const;
