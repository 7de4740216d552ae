import { type MemoryClock, memoryClock } from '../../src/adapters/memory/memory-clock.ts';
import { memoryIds } from '../../src/adapters/memory/memory-ids.ts';
import { type MemoryNe, type MemoryNeOptions, memoryNe } from '../../src/adapters/memory/memory-ne.ts';
import { memoryProcesses } from '../../src/adapters/memory/memory-processes.ts';
import { memoryStore } from '../../src/adapters/memory/memory-store.ts';
import { type MemoryTm, type MemoryTmOptions, memoryTm } from '../../src/adapters/memory/memory-tm.ts';
import { type Change, changeOrder, type Decide } from '../../src/core/app/change-order.ts';
import type { SagaDeps } from '../../src/core/app/deps.ts';
import { LEASE_MS } from '../../src/core/app/order-run.ts';
import { type NewOrder, placeOrder } from '../../src/core/app/place-order.ts';
import { runOrder } from '../../src/core/app/run-order.ts';
import { readOrder } from '../../src/core/app/write-order.ts';
import type { Envelope, EventType } from '../../src/core/events.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/policy.ts';
import type { OrderProcess } from '../../src/core/process.ts';
import type { Technician } from '../../src/core/technician.ts';

/** A whole operator in memory: store, NE, desk and a clock that the test moves. */
export type SagaWorld = {
  readonly deps: SagaDeps;
  readonly clock: MemoryClock;
  readonly ne: MemoryNe;
  readonly tm: MemoryTm;
  readonly place: (order?: Partial<NewOrder>) => Promise<string>;
  /** One command, without its inline steps. */
  readonly change: (orderId: string, decide: Decide) => Promise<Change>;
  /** Claims the order and runs what is due now; the clock moves only while a call waits. */
  readonly run: (orderId: string) => Promise<OrderProcess>;
  /** Runs until nothing is due within `horizonMs` (default 5 minutes), moving the clock to each due time. */
  readonly settle: (orderId: string, horizonMs?: number) => Promise<OrderProcess>;
  readonly events: (orderId: string) => Promise<readonly Envelope[]>;
  readonly types: (orderId: string) => Promise<readonly EventType[]>;
  readonly order: (orderId: string) => Promise<OrderProcess>;
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

export const sagaWorld = async (
  options: {
    readonly policy?: Partial<Policy>;
    readonly ne?: MemoryNeOptions;
    readonly tm?: MemoryTmOptions;
    readonly technicians?: readonly Technician[];
    readonly start?: string;
  } = {},
): Promise<SagaWorld> => {
  const clock = memoryClock(options.start ?? '2026-11-24T01:00:00.000Z');
  const ne = memoryNe({ clock, ...options.ne });
  const tm = memoryTm({ clock, ...options.tm });
  const store = memoryStore();
  const auto = { ...DEFAULT_POLICY.schedule, auto: true };
  const policy: Policy = { ...DEFAULT_POLICY, schedule: auto, ...options.policy };
  const deps: SagaDeps = {
    store,
    clock,
    ids: memoryIds(),
    processes: memoryProcesses(),
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
  const run = async (orderId: string): Promise<OrderProcess> => {
    const claim = await store.write((tx) =>
      tx.work.claimOne(orderId, { now: clock.now(), owner: deps.processes.self, leaseMs: LEASE_MS }),
    );
    if (claim === null) throw new Error(`${orderId} is claimed`);
    return awaiting(runOrder(deps, claim));
  };
  const settle = async (orderId: string, horizonMs = 300_000): Promise<OrderProcess> => {
    const end = clock.now() + horizonMs;
    while (true) {
      const row = await store.read((tx) => tx.work.get(orderId));
      const dues = Object.values(row?.lanes ?? {}).flatMap(({ due }) => (due === null ? [] : [due]));
      const due = Math.min(...dues);
      if (due > end) return order(orderId);
      if (due > clock.now()) await clock.advance(due - clock.now());
      await run(orderId);
    }
  };
  const events = (orderId: string) => store.read((tx) => tx.events.load(orderId));
  return {
    deps,
    clock,
    ne,
    tm,
    place: async (changes = {}) => {
      const { process } = await placeOrder(deps, { ...ORDER, ...changes }, { duplicateOk: true });
      return process.orderId;
    },
    change: (orderId, decide) => changeOrder(deps, orderId, { command: 'test' }, decide),
    run,
    settle,
    events,
    types: async (orderId) => (await events(orderId)).map(({ type }) => type),
    order,
  };
};
