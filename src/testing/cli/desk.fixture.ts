import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PATIENT } from '../../../test/support/patient.ts';
import { compose, type Services } from '../../adapters/compose.ts';
import { LEASE_MS } from '../../core/app/due/lease.ts';
import { runOrder } from '../../core/app/engine/order-loop.ts';
import { type NewOrder, placeOrder } from '../../core/app/orders/place-order.ts';
import type { Envelope, EventType } from '../../core/process/events.ts';
import type { Occupied, Technician } from '../../core/technicians/technician.ts';
import { type CliOptions, type CliRun, runCli } from './run-cli.ts';

/** Tuesday 24 November 2026, 09:00 in Seoul. */
const MORNING = '2026-11-24T00:00:00.000Z';

const DAY = { from: 540, to: 1080 };

export const technician = (technicianId: string, other: Partial<Technician> = {}): Technician => ({
  technicianId,
  name: technicianId === 'T-01' ? '이준호' : '박서진',
  phone: '010-0000-0001',
  skills: ['internet', 'tv'],
  areas: ['분당구'],
  hours: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY },
  daysOff: [],
  dailyLimit: 5,
  active: true,
  ...other,
});

export type DeskHome = {
  readonly home: string;
  /** Runs the program; a line of words, or a list when a word holds a space. */
  readonly oss: (line: string | readonly string[], options?: Partial<CliOptions>) => Promise<CliRun>;
  readonly withServices: <T>(work: (services: Services) => Promise<T>) => Promise<T>;
  /** Takes an order, switches it on, and has slots from the desk: it waits for a call. */
  readonly place: (order?: Partial<NewOrder>) => Promise<string>;
  readonly events: (orderId: string) => Promise<readonly Envelope[]>;
  readonly types: (orderId: string) => Promise<readonly EventType[]>;
  /** What stands in the technicians' calendar. */
  readonly calendar: () => Promise<readonly Occupied[]>;
  readonly close: () => Promise<void>;
};

/** A folder with a database of its own on the built-in simulators, with technicians T-01 and T-02. */
export const deskHome = async (
  technicians: readonly Technician[] = [technician('T-01'), technician('T-02')],
): Promise<DeskHome> => {
  const home = await mkdtemp(join(tmpdir(), 'oss-desk-'));
  const env = { HOME: home, OSS_HOME: home, OSS_NOW: MORNING, OSS_ACTOR: 'supervisor:kim', ...PATIENT };
  const withServices: DeskHome['withServices'] = async (work) => {
    const services = compose({ env });
    try {
      return await work(services);
    } finally {
      await services.close();
    }
  };
  await withServices(async (services) => {
    const store = await services.store('write');
    await store.write(async (tx) => {
      for (const one of technicians) await tx.technicians.put(one);
    });
  });
  const events: DeskHome['events'] = (orderId) =>
    withServices(async (services) => (await services.store('read')).read((tx) => tx.events.load(orderId)));
  return {
    home,
    withServices,
    oss: (line, options = {}) =>
      runCli(typeof line === 'string' ? line.split(' ') : line, {
        ...options,
        env: { ...env, ...options.env },
      }),
    place: (order = {}) => withServices((services) => place(services, order)),
    events,
    types: async (orderId) => (await events(orderId)).map(({ type }) => type),
    calendar: () =>
      withServices(async (services) =>
        (await services.store('read')).read((tx) => tx.calendar.between('2000-01-01', '2100-01-01')),
      ),
    close: () => rm(home, { recursive: true, force: true }),
  };
};

const place = async (services: Services, order: Partial<NewOrder>): Promise<string> => {
  const deps = await services.saga();
  const placed = await placeOrder(
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
      ...order,
    },
    { duplicateOk: true },
  );
  const { orderId } = placed.process;
  const claim = await deps.store.write((tx) =>
    tx.work.claimOne(orderId, { now: deps.clock.now(), owner: deps.processes.self, leaseMs: LEASE_MS }),
  );
  if (claim === null) throw new Error(`${orderId} is worked on by another`);
  await runOrder(deps, claim);
  return orderId;
};
