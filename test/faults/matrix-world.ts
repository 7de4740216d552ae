import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peerPlace } from '../../src/adapters/http/peer-url.ts';
import { createPeers, type Peers } from '../../src/adapters/http/peers.ts';
import { memoryIds } from '../../src/adapters/memory/memory-ids.ts';
import { memoryProcesses } from '../../src/adapters/memory/memory-processes.ts';
import { memoryStore } from '../../src/adapters/memory/memory-store.ts';
import { systemClock } from '../../src/adapters/runtime/system-clock.ts';
import { readLedger } from '../../src/adapters/simulators/ledger.ts';
import { startSimulators } from '../../src/adapters/simulators/simulators.ts';
import { cancelOrder } from '../../src/core/app/change-terms.ts';
import type { SagaDeps } from '../../src/core/app/deps.ts';
import { moveVisit } from '../../src/core/app/desk.ts';
import { LEASE_MS } from '../../src/core/app/order-run.ts';
import { placeOrder } from '../../src/core/app/place-order.ts';
import { reconcile } from '../../src/core/app/reconcile.ts';
import { runOrder } from '../../src/core/app/run-order.ts';
import { readOrder } from '../../src/core/app/write-order.ts';
import { DEFAULT_BREAKER } from '../../src/core/breaker.ts';
import type { Envelope } from '../../src/core/events.ts';
import { DEFAULT_POLICY, type PeerTiming, type Policy } from '../../src/core/policy.ts';
import { brokenInvariants } from '../support/invariants.ts';
import { recordOf } from '../support/run-record.ts';
import { TECHNICIAN } from '../support/saga-world.ts';
import { type Cell, type FaultName, MOMENTS, OPERATIONS, rulesOf } from './operations.ts';

/** What became of one cell's order. */
export type Lived = {
  readonly cell: Cell;
  readonly orderId: string;
  /** How the step was settled when the fault struck: done, again, or not at all. */
  readonly settled: string;
  readonly stage: string;
  readonly events: readonly Envelope[];
};

const TIMING: PeerTiming = { windowMs: 600, timeoutMs: 1_000, settleMs: 400, pollMs: 40, pollMaxMs: 60_000 };
const POLICY: Policy = {
  ...DEFAULT_POLICY,
  ne: TIMING,
  tm: TIMING,
  schedule: { ...DEFAULT_POLICY.schedule, auto: true },
};
/** What is due later than this waits for people or other days, not for the network. */
const SOON_MS = 30_000;
const MOST_RUNS = 200;

class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

/** All cells of one fault, each an order of its own with a way to the peers of its own, beside each other. */
export const liveThrough = async (
  fault: FaultName,
  { honoursKeys }: { readonly honoursKeys: boolean },
): Promise<{ readonly lived: readonly Lived[]; readonly broken: readonly string[] }> => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-faults-'));
  const ledgerPath = join(folder, 'ledger');
  const clock = systemClock({ now: '2026-11-24T01:00:00.000Z' });
  const cells = OPERATIONS.flatMap((operation) =>
    MOMENTS.map((moment): Cell => ({ operation, moment, fault })),
  );
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
  const store = memoryStore();
  const ids = memoryIds();
  const opened: Peers[] = [];
  const depsOf = (index: number): SagaDeps => {
    const breaker = { ...DEFAULT_BREAKER, failures: 1_000 };
    const place = (kind: 'ne' | 'tm') => ({
      ...peerPlace(kind, simulators[kind]?.url ?? '', { embedded: true }),
      breakerName: `${kind}:${index}`,
      timeoutMs: TIMING.timeoutMs,
      breaker,
    });
    const peers = createPeers({
      ne: place('ne'),
      tm: place('tm'),
      breakers: {
        readRow: (name) => store.read((tx) => tx.breakers.get(name)),
        compareAndSet: (row, gen) => store.write((tx) => tx.breakers.compareAndSet(row, gen)),
      },
      clock,
      self: `matrix/${index}/0`,
    });
    opened.push(peers);
    const processes = memoryProcesses(`matrix/${index}/0`);
    const app = { store, clock, ids, processes, policy: POLICY, actor: 'supervisor:test' };
    return { ...app, ne: peers.ne, tm: peers.tm, crashPoint: () => {} };
  };
  try {
    await store.write(async (tx) => {
      for (let index = 0; index < cells.length; index += 1) {
        await tx.technicians.put({ ...TECHNICIAN, technicianId: `T-${index + 10}` });
      }
    });
    const deps = cells.map((_, index) => depsOf(index));
    // One after the other, so that each order has the id that its rules name.
    for (const one of deps) await placeOrder(one, ORDER, { duplicateOk: true });
    const lived = await Promise.all(
      cells.map((cell, index) => live(deps[index] ?? depsOf(index), { cell, orderId: idOf(index) })),
    );
    // What the network doubles by itself no answer ever told: reconcile is there to find it.
    const [first] = deps;
    if (fault === 'duplicate' && first !== undefined) {
      for await (const _ of reconcile(first, { fix: true }));
    }
    const ledger = readLedger(ledgerPath);
    const record = await recordOf(store, {
      acknowledged: cells.map((_, index) => idOf(index)),
      policy: POLICY,
      now: clock.now(),
      ne: ledger,
      tm: ledger,
    });
    return { lived, broken: brokenInvariants(record, { peersRepeat: fault === 'duplicate' }) };
  } finally {
    await Promise.all(opened.map((peers) => peers.close()));
    await simulators.close();
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

type Living = { readonly cell: Cell; readonly orderId: string };

/** Places it, lets the fault strike, comes to rest, and is cancelled in the end: nothing may be left of it. */
const live = async (deps: SagaDeps, { cell, orderId }: Living): Promise<Lived> => {
  const { operation, moment } = cell;
  const settled: string[] = [];
  const watch = async (doomed = false): Promise<void> => {
    for (let runs = 0; runs < MOST_RUNS; runs += 1) {
      if (!(await runOnce(deps, { cell, orderId, settled, doomed: doomed && runs < 1 }))) return;
    }
    throw new Error(`${orderId} does not come to rest`);
  };
  const dies = moment === 'after a crash';
  await watch(dies && operation.after === 'place');
  if (operation.after === 'move') {
    const { scheduling } = await deps.store.read((tx) => readOrder(tx, orderId));
    const at = Date.parse(scheduling.visit?.slot.start ?? '') + 86_400_000;
    await moveVisit(deps, orderId, { move: { at, agreed: true, code: 'CUSTOMER_RESCHEDULE' } });
    await watch(dies);
  }
  await cancelOrder(deps, orderId, { code: 'TEST' });
  await watch(dies && operation.after === 'cancel');
  const process = await deps.store.read((tx) => readOrder(tx, orderId));
  const events = await deps.store.read((tx) => tx.events.load(orderId));
  return {
    cell,
    orderId,
    settled: settled[moment === 'retry' ? 1 : 0] ?? 'never',
    stage: process.stage,
    events,
  };
};

/** Runs what is due, after waiting for it. false: nothing is due soon. */
const runOnce = async (
  deps: SagaDeps,
  { cell, orderId, settled, doomed }: Living & { readonly settled: string[]; readonly doomed: boolean },
): Promise<boolean> => {
  const { store, clock, processes } = deps;
  const row = await store.read((tx) => tx.work.get(orderId));
  const dues = Object.values(row?.lanes ?? {}).map(({ due }) => due ?? Number.POSITIVE_INFINITY);
  const wait = Math.min(...dues) - clock.now();
  if (wait > SOON_MS) return false;
  if (wait > 0) await clock.wait(wait);
  const claim = await store.write((tx) =>
    tx.work.claimOne(orderId, { now: clock.now(), owner: processes.self, leaseMs: LEASE_MS }),
  );
  if (claim === null) throw new Error(`${orderId} is claimed`);
  const { step } = cell.operation;
  const crashPoint = (name: string): void => {
    if (doomed && name === `${step}:before-settle`) throw new PowerCut();
  };
  try {
    await runOrder({ ...deps, crashPoint }, claim, {
      onStep: (done, retry) => {
        if (done.name !== step || !isAimedAt(cell, done.subject)) return;
        settled.push(retry === null ? 'done' : 'again');
      },
    });
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    await store.write((tx) => tx.work.reclaim(processes.self));
  }
  return true;
};

/** Of the services, the fault is aimed at one. */
const isAimedAt = ({ operation }: Cell, subject: string | null): boolean =>
  operation.asks === 'create' || operation.step === 'RevertService'
    ? subject?.includes('internet.hsi') === true
    : true;
