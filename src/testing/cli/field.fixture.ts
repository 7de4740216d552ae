import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PATIENT } from '../../../test/support/patient.ts';
import { compose, type Services } from '../../adapters/compose.ts';
import { assignVisit } from '../../core/app/desk/assign-visit.ts';
import { LEASE_MS } from '../../core/app/due/lease.ts';
import { runOrder } from '../../core/app/engine/order-loop.ts';
import { placeOrder } from '../../core/app/orders/place-order.ts';
import type { Envelope } from '../../core/process/events.ts';
import type { Technician } from '../../core/technicians/technician.ts';
import type { Lines } from '../../core/values/lines.ts';
import { type CliOptions, type CliRun, runCli } from './run-cli.ts';

/** Tuesday 24 November 2026, 09:00 in Seoul. */
const MORNING = '2026-11-24T00:00:00.000Z';

/** A look-up tells in the morning what became of a request of this time. */
const EARLIER = '2026-11-23T23:45:00.000Z';

const technician = (technicianId: string, name: string): Technician => ({
  technicianId,
  name,
  phone: '010-0000-0001',
  skills: ['internet', 'tv'],
  areas: ['분당구'],
  hours: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY },
  daysOff: [],
  dailyLimit: 8,
  active: true,
});
const DAY = { from: 540, to: 1080 };

/** A folder with a database of its own on the built-in simulators, and the program to run on it. */
export type FieldHome = {
  readonly env: NodeJS.ProcessEnv;
  readonly oss: (line: readonly string[], options?: Partial<CliOptions>) => Promise<CliRun>;
  readonly withServices: <T>(
    work: (services: Services) => Promise<T>,
    moreEnv?: NodeJS.ProcessEnv,
  ) => Promise<T>;
  /** Takes an order and runs it once; `faults`: what the simulators do wrong then, a quarter of an hour ago. */
  readonly place: (lines: Lines, faults?: string) => Promise<string>;
  /** Takes an order, switches it on, and agrees a visit at this operator-local time of that day. */
  readonly scheduled: (at: string, options?: { lines?: Lines; technicianId?: string }) => Promise<string>;
  /** The events of an order. */
  readonly events: (orderId: string) => Promise<readonly Envelope[]>;
  readonly close: () => Promise<void>;
};

/** `extra`: more of the environment, e.g. faults of the simulators. */
export const fieldHome = async (extra: NodeJS.ProcessEnv = {}): Promise<FieldHome> => {
  const home = await mkdtemp(join(tmpdir(), 'oss-field-'));
  const env = {
    HOME: home,
    OSS_HOME: home,
    OSS_NOW: MORNING,
    OSS_ACTOR: 'supervisor:kim',
    ...PATIENT,
    ...extra,
  };
  const withServices: FieldHome['withServices'] = async (work, moreEnv = {}) => {
    const services = compose({ env: { ...env, ...moreEnv } });
    try {
      return await work(services);
    } finally {
      await services.close();
    }
  };
  await withServices(async (services) => {
    const store = await services.store('write');
    await store.write(async (tx) => {
      await tx.technicians.put(technician('T-01', '이준호'));
      await tx.technicians.put(technician('T-02', '박서진'));
    });
  });
  const placeIn = async (services: Services, lines: Lines): Promise<string> => {
    const deps = { ...(await services.saga()), actor: 'cs:lee' };
    const { process } = await placeOrder(
      deps,
      {
        name: '정하은',
        phone: '010-5577-8157',
        address: '경기도 성남시 분당구 황새울로 117, 126동 202호',
        area: '분당구',
        lines,
        channel: 'desk',
        priority: 'normal',
        wishes: {},
        note: '현관 비밀번호는 전화로',
      },
      { duplicateOk: true },
    );
    await runOnce(services, process.orderId);
    return process.orderId;
  };
  return {
    env,
    oss: (line, options = {}) => runCli(line, { ...options, env: { ...env, ...options.env } }),
    withServices,
    place: async (lines, faults) => {
      if (faults === undefined) return withServices((services) => placeIn(services, lines));
      const orderId = await withServices((services) => placeIn(services, lines), {
        OSS_SIMULATE_FAULTS: faults,
        OSS_NOW: EARLIER,
      });
      // What was answered meanwhile is looked up before it is believed.
      await withServices((services) => runOnce(services, orderId));
      return orderId;
    },
    scheduled: (at, { lines = { internet: 1, tv: 1 }, technicianId = 'T-01' } = {}) =>
      withServices(async (services) => {
        const orderId = await placeIn(services, lines);
        const wish = {
          technician: technicianId,
          at: Date.parse(`${at}:00+09:00`),
          via: 'agreed',
          call: 'now',
        } as const;
        await assignVisit({ ...(await services.saga()), actor: 'dispatcher:kim' }, orderId, { wish });
        await runOnce(services, orderId);
        return orderId;
      }),
    events: (orderId) =>
      withServices(async (services) => (await services.store('read')).read((tx) => tx.events.load(orderId))),
    close: () => rm(home, { recursive: true, force: true }),
  };
};

const runOnce = async (services: Services, orderId: string): Promise<void> => {
  const deps = await services.saga();
  const claim = await deps.store.write((tx) =>
    tx.work.claimOne(orderId, { now: deps.clock.now(), owner: deps.processes.self, leaseMs: LEASE_MS }),
  );
  if (claim === null) throw new Error(`${orderId} is worked on by another`);
  await runOrder(deps, claim);
};
