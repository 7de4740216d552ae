import { afterEach, beforeEach } from 'vitest';
import type { OrderPlaced } from '../../order/events.ts';
import type { BreakerRow } from '../../peers/breaker-row.ts';
import type { Envelope, NewEvent, WriteMeta } from '../../process/events.ts';
import type { Lane } from '../../rules/lanes.ts';
import type { Technician } from '../../technicians/technician.ts';
import type { Batch, BatchRow } from '../batches.ts';
import type { OrderView } from '../order-view.ts';
import type { Store, Tx } from '../store.ts';
import type { LaneWork, WorkRow } from '../work.ts';

/** Opens an empty store of its own for one test; `close` also removes what it left behind. */
export type OpenStore = () => Promise<{ readonly store: Store; readonly close: () => Promise<void> }>;

/** One empty store for each test of the enclosing describe. */
export const useStore = (open: OpenStore): (() => Store) => {
  let opened: Awaited<ReturnType<OpenStore>> | undefined;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });
  return () => {
    if (opened === undefined) throw new Error('no store is open');
    return opened.store;
  };
};

export const META: WriteMeta = { at: '2026-11-24T05:00:00.000Z', actor: 'cs:kim' };

/** UTC ISO on one day: `at(9, 30)` is 09:30. */
export const at = (hour: number, minute = 0): string =>
  `2026-11-24T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00.000Z`;

export const placed = (data: Partial<OrderPlaced['data']> = {}): OrderPlaced => ({
  type: 'OrderPlaced',
  data: {
    customerId: 'CUS-000001',
    internetCount: 1,
    tvCount: 0,
    area: 'Mapo',
    channel: 'desk',
    priority: 'normal',
    wishes: {},
    ...data,
  },
});

export const note = (textId: string): NewEvent => ({ type: 'NoteAdded', data: { textId } });

/** Appends to whatever version the order has. */
export const appendTo = async (
  tx: Tx,
  orderId: string,
  ...events: readonly NewEvent[]
): Promise<readonly Envelope[]> => {
  const { length } = await tx.events.load(orderId);
  return await tx.events.append(orderId, length === 0 ? 'none' : length, events, META);
};

export const view = (orderId: string, changes: Partial<OrderView> = {}): OrderView => ({
  orderId,
  version: 1,
  key: null,
  customerId: 'CUS-000001',
  stage: 'placed',
  stageSince: at(5),
  milestone: 'OrderPlaced',
  open: true,
  outcome: null,
  priority: 'normal',
  wishes: {},
  area: 'Mapo',
  internetCount: 1,
  tvCount: 0,
  equipmentId: null,
  inDoubt: 0,
  holds: [],
  calls: { attempts: 0, lastOutcome: null, lastAt: null, nextAt: null },
  visit: null,
  promise: null,
  visits: 0,
  pendingSince: null,
  cancelCode: null,
  returnCode: null,
  placedAt: at(5),
  updatedAt: at(5),
  ...changes,
});

export const visitOf = (technicianId: string, start: string, end: string): OrderView['visit'] => ({
  start,
  end,
  technicianId,
  appointmentId: null,
  status: 'held',
  expiresAt: null,
});

export const IDLE: LaneWork = { due: null, tries: 0, retryAt: 0, error: null };
export const dueAt = (due: number): LaneWork => ({ ...IDLE, due });

export const workRow = (
  orderId: string,
  lanes: Partial<Record<Lane, LaneWork>> = {},
  changes: Partial<Omit<WorkRow, 'orderId' | 'lanes'>> = {},
): WorkRow => ({
  orderId,
  undo: false,
  priority: 1,
  lanes: { local: IDLE, ne: IDLE, tm: IDLE, ...lanes },
  waits: [],
  plannedAt: 1_000,
  ...changes,
});

export const technician = (technicianId: string, changes: Partial<Technician> = {}): Technician => ({
  technicianId,
  name: 'Park Min-su',
  phone: '010-2222-3333',
  skills: ['internet', 'tv'],
  areas: ['Mapo', 'Seodaemun'],
  hours: { 1: { from: 540, to: 1080 }, 6: { from: 600, to: 900 } },
  daysOff: ['2026-12-25'],
  dailyLimit: 6,
  active: true,
  ...changes,
});

export const breaker = (name: string, gen: number, changes: Partial<BreakerRow> = {}): BreakerRow => ({
  name,
  configHash: 'c0ffee',
  state: 'closed',
  gen,
  failures: 0,
  lastFailureAt: null,
  lastError: null,
  openUntil: null,
  reopened: 0,
  probeOwner: null,
  probeUntil: null,
  forced: null,
  ...changes,
});

export const batch = (batchId: string, changes: Partial<Batch> = {}): Batch => ({
  batchId,
  file: 'orders.csv',
  fileHash: 'ab12',
  op: 'order.new',
  state: 'running',
  rows: 3,
  startedAt: at(5),
  finishedAt: null,
  actor: 'batch:night',
  owner: null,
  leaseUntil: 0,
  ...changes,
});

export const batchRow = (batchId: string, line: number, changes: Partial<BatchRow> = {}): BatchRow => ({
  batchId,
  line,
  op: 'order.new',
  key: `K${line}`,
  state: 'pending',
  orderId: null,
  error: null,
  ...changes,
});
