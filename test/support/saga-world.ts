import type { CommitAnswer } from '../../src/adapters/memory/commit-answer.ts';
import { type MemoryClock, memoryClock } from '../../src/adapters/memory/memory-clock.ts';
import { type FaultScript, faultScript } from '../../src/adapters/memory/memory-faults.ts';
import { memoryIds } from '../../src/adapters/memory/memory-ids.ts';
import {
  type MemoryNe,
  type MemoryNeOptions,
  memoryNe,
  type NeOperation,
} from '../../src/adapters/memory/memory-ne.ts';
import { type MemoryProcesses, memoryProcesses } from '../../src/adapters/memory/memory-processes.ts';
import { memoryStore } from '../../src/adapters/memory/memory-store.ts';
import {
  type MemoryTm,
  type MemoryTmOptions,
  memoryTm,
  type TmOperation,
} from '../../src/adapters/memory/memory-tm.ts';
import { type Change, changeOrder, type Decide } from '../../src/core/app/change-order.ts';
import type { SagaDeps } from '../../src/core/app/deps.ts';
import { LEASE_MS } from '../../src/core/app/due/lease.ts';
import type { RunOptions } from '../../src/core/app/engine/claimed-order.ts';
import { runOrder } from '../../src/core/app/engine/order-loop.ts';
import { type NewOrder, placeOrder } from '../../src/core/app/orders/place-order.ts';
import { readOrder } from '../../src/core/app/write-order.ts';
import { completeFieldWork } from '../../src/core/fieldwork/decide.ts';
import { cancelOrder } from '../../src/core/order/decide.ts';
import type { OrderView } from '../../src/core/ports/order-view.ts';
import type { Claim, WorkRow } from '../../src/core/ports/work.ts';
import type { Envelope, EventType } from '../../src/core/process/events.ts';
import type { OrderProcess } from '../../src/core/process/process.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/rules/policy.ts';
import type { Technician } from '../../src/core/technicians/technician.ts';
import { iso } from '../../src/core/time/iso.ts';
import type { KeyMarks } from '../../src/core/values/keys.ts';
import { brokenInvariants, type InvariantOptions } from './invariants.ts';
import { EVIDENCE } from './stories.ts';

/** A whole operator in memory: store, NE, desk and a clock that the test moves. */
export type SagaWorld = {
  readonly deps: SagaDeps;
  readonly clock: MemoryClock;
  readonly ne: MemoryNe;
  readonly tm: MemoryTm;
  readonly processes: MemoryProcesses;
  /** What goes wrong at the peers, written as the test goes. */
  readonly neFaults: FaultScript<NeOperation | 'admit'>;
  readonly tmFaults: FaultScript<TmOperation | 'admit'>;
  readonly place: (order?: Partial<NewOrder>) => Promise<string>;
  /** One command, without its inline steps. */
  readonly change: (orderId: string, decide: Decide) => Promise<Change>;
  readonly cancel: (orderId: string) => Promise<Change>;
  /** The visit ended with the service working. */
  readonly complete: (orderId: string) => Promise<Change>;
  /** Takes the order's lease. Throws when another holds it. */
  readonly claim: (orderId: string) => Promise<Claim>;
  /** Claims the order and runs what is due now; the clock moves only while a call waits. */
  readonly run: (orderId: string, options?: RunOptions) => Promise<OrderProcess>;
  /** Moves the clock for whatever waits, until the work is done. */
  readonly awaiting: <T>(work: Promise<T>) => Promise<T>;
  /** Runs until nothing is due within `horizonMs` (default 5 minutes), moving the clock to each due time. */
  readonly settle: (orderId: string, horizonMs?: number) => Promise<OrderProcess>;
  readonly events: (orderId: string) => Promise<readonly Envelope[]>;
  readonly types: (orderId: string) => Promise<readonly EventType[]>;
  readonly order: (orderId: string) => Promise<OrderProcess>;
  readonly row: (orderId: string) => Promise<WorkRow>;
  readonly view: (orderId: string) => Promise<OrderView>;
  /** The invariants that do not hold now, as sentences. */
  readonly broken: (options?: InvariantOptions) => Promise<readonly string[]>;
};

export const TECHNICIAN: Technician = {
  technicianId: 'T-01',
  name: '이준호',
  phone: '010-0000-0001',
  skills: ['internet', 'tv'],
  areas: ['분당구'],
  hours: {
    1: { from: 540, to: 1080 },
    2: { from: 540, to: 1080 },
    3: { from: 540, to: 1080 },
    4: { from: 540, to: 1080 },
    5: { from: 540, to: 1080 },
  },
  daysOff: [],
  dailyLimit: 5,
  active: true,
};

const ORDER: NewOrder = {
  name: '정하은',
  phone: '010-5577-8157',
  address: '경기도 성남시 분당구 황새울로 117, 126동 202호',
  area: '분당구',
  lines: { internet: 1, tv: 0 },
  channel: 'desk',
  priority: 'normal',
  wishes: {},
};

/** More than any honest story needs. */
const MOST_ROUNDS = 2_000;

export const sagaWorld = async (
  options: {
    readonly policy?: Partial<Policy>;
    readonly ne?: MemoryNeOptions;
    readonly tm?: MemoryTmOptions;
    readonly technicians?: readonly Technician[];
    readonly start?: string;
    /** Marks of the names of services and calls; by default these have none. */
    readonly keyMarks?: KeyMarks;
    /** What becomes of each COMMIT; by default it answers. */
    readonly answers?: () => CommitAnswer;
  } = {},
): Promise<SagaWorld> => {
  const clock = memoryClock(options.start ?? '2026-11-24T01:00:00.000Z');
  const neFaults = faultScript<NeOperation | 'admit'>();
  const tmFaults = faultScript<TmOperation | 'admit'>();
  const ne = memoryNe({ clock, nextFault: neFaults.nextFault, ...options.ne });
  const tm = memoryTm({ clock, nextFault: tmFaults.nextFault, ...options.tm });
  const { keyMarks, answers } = options;
  const store = memoryStore({
    ...(keyMarks === undefined ? {} : { keyMarks }),
    ...(answers === undefined ? {} : { answers }),
  });
  const processes = memoryProcesses();
  const acknowledged: string[] = [];
  const auto = { ...DEFAULT_POLICY.schedule, auto: true };
  const policy: Policy = { ...DEFAULT_POLICY, schedule: auto, ...options.policy };
  const deps: SagaDeps = {
    store,
    clock,
    ids: memoryIds(),
    processes,
    policy,
    actor: 'supervisor:test',
    ne,
    tm,
    crashPoint: () => {},
  };
  const technicians = options.technicians ?? [
    TECHNICIAN,
    { ...TECHNICIAN, technicianId: 'T-02', name: '박서진' },
  ];
  await store.write(async (tx) => {
    for (const technician of technicians) await tx.technicians.put(technician);
  });

  /** Moves the clock for whatever waits, until the work is done. */
  const awaiting = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    const watched = work.finally(() => {
      isDone = true;
    });
    watched.catch(() => {});
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!isDone) await clock.toNext();
    }
    return watched;
  };
  const order = (orderId: string) => store.read((tx) => readOrder(tx, orderId));
  const claim = async (orderId: string): Promise<Claim> => {
    const claimed = await store.write((tx) =>
      tx.work.claimOne(orderId, { now: clock.now(), owner: processes.self, leaseMs: LEASE_MS }),
    );
    if (claimed === null) throw new Error(`${orderId} is claimed`);
    return claimed;
  };
  const run = async (orderId: string, runOptions?: RunOptions): Promise<OrderProcess> =>
    awaiting(runOrder(deps, await claim(orderId), runOptions));
  const row = async (orderId: string): Promise<WorkRow> => {
    const found = await store.read((tx) => tx.work.get(orderId));
    if (found === null) throw new Error(`${orderId} has no work row`);
    return found;
  };
  const settle = async (orderId: string, horizonMs = 300_000): Promise<OrderProcess> => {
    const end = clock.now() + horizonMs;
    for (let rounds = 0; rounds < MOST_ROUNDS; rounds += 1) {
      const { lanes } = await row(orderId);
      const due = Math.min(...Object.values(lanes).map((lane) => lane.due ?? Number.POSITIVE_INFINITY));
      if (due > end) return order(orderId);
      if (due > clock.now()) await clock.advance(due - clock.now());
      await run(orderId);
    }
    throw new Error(`${orderId} does not come to rest: ${JSON.stringify(await row(orderId))}`);
  };
  const events = (orderId: string) => store.read((tx) => tx.events.load(orderId));
  const change = (orderId: string, decide: Decide) =>
    changeOrder(deps, orderId, { command: 'order note' }, decide);
  const broken = (invariants?: InvariantOptions): Promise<readonly string[]> =>
    store.read(async (tx) => {
      const ids = await tx.events.orderIds('', 100_000);
      const logs = new Map<string, readonly Envelope[]>();
      const views = new Map<string, OrderView>();
      const work = new Map<string, WorkRow>();
      for (const orderId of ids) {
        logs.set(orderId, await tx.events.load(orderId));
        const found = { view: await tx.views.get(orderId), row: await tx.work.get(orderId) };
        if (found.view !== null) views.set(orderId, found.view);
        if (found.row !== null) work.set(orderId, found.row);
      }
      const { leased } = await tx.work.counts(clock.now());
      const occupied = await tx.calendar.between('2000-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z');
      const record = { acknowledged, events: logs, views, work, occupied, leased, policy, now: clock.now() };
      const permits = ne.outstanding() + tm.outstanding();
      return [
        ...brokenInvariants({ ...record, ne: ne.ledger(), tm: tm.ledger() }, invariants),
        ...(permits === 0 ? [] : [`${permits} permits were not given back`]),
      ];
    });
  return {
    deps,
    clock,
    ne,
    tm,
    processes,
    neFaults,
    tmFaults,
    place: async (changes = {}) => {
      const { process } = await placeOrder(deps, { ...ORDER, ...changes }, { duplicateOk: true });
      acknowledged.push(process.orderId);
      return process.orderId;
    },
    change,
    cancel: (orderId) =>
      change(orderId, (process) => cancelOrder(process, { code: 'CUSTOMER_CHANGED_MIND' })),
    complete: (orderId) =>
      change(orderId, (process) => completeFieldWork(process, EVIDENCE, { occurredAt: iso(clock.now()) })),
    claim,
    run,
    awaiting,
    settle,
    events,
    types: async (orderId) => (await events(orderId)).map(({ type }) => type),
    order,
    row,
    view: async (orderId) => {
      const found = await store.read((tx) => tx.views.get(orderId));
      if (found === null) throw new Error(`${orderId} has no view`);
      return found;
    },
    broken,
  };
};
