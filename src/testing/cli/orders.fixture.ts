import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PATIENT } from '../../../test/support/patient.ts';
import { compose, type Services } from '../../adapters/compose.ts';
import type { Technician } from '../../core/technicians/technician.ts';
import { iso } from '../../core/time/iso.ts';
import { MINUTE_MS } from '../../core/time/units.ts';
import { type CliOptions, type CliRun, runCli } from './run-cli.ts';

/** Tuesday 24 November 2026, 10:00 in Seoul. */
export const MORNING = Date.UTC(2026, 10, 24, 1);

export const HONG = [
  ...['--name', '홍길동', '--phone', '010-1234-5678'],
  ...['--address', '서울특별시 강남구 역삼로 12, 101동 202호'],
] as const;

/** A desk of its own: an empty database on the built-in simulators, and a clock that goes on a minute a command. */
export type Desk = {
  readonly oss: (line: readonly string[], options?: Partial<CliOptions>) => Promise<CliRun>;
  /** The same command line with `-o json`, parsed. */
  readonly json: (line: readonly string[], options?: Partial<CliOptions>) => Promise<unknown>;
  readonly open: <T>(work: (services: Services) => Promise<T>) => Promise<T>;
  /** The clock goes on. */
  readonly later: (minutes: number) => void;
  readonly env: () => NodeJS.ProcessEnv;
  readonly close: () => Promise<void>;
};

export const newDesk = async (extra: NodeJS.ProcessEnv = {}): Promise<Desk> => {
  const home = await mkdtemp(join(tmpdir(), 'oss-orders-'));
  let now = MORNING;
  const env = (): NodeJS.ProcessEnv => ({
    HOME: home,
    OSS_HOME: home,
    OSS_NOW: iso(now),
    OSS_TZ: 'Asia/Seoul',
    OSS_ACTOR: 'cs:kim',
    NO_COLOR: '1',
    ...PATIENT,
    ...extra,
  });
  const oss: Desk['oss'] = async (line, options = {}) => {
    const run = await runCli(line, { ...options, env: { ...env(), ...options.env } });
    now += MINUTE_MS;
    return run;
  };
  return {
    oss,
    json: async (line, options) => {
      const run = await oss([...line, '-o', 'json'], options);
      if (run.stdout === '') throw new Error(`${line.join(' ')} printed nothing: ${run.stderr}`);
      return run.json();
    },
    open: async (work) => {
      const services = compose({ env: env() });
      try {
        return await work(services);
      } finally {
        await services.close();
      }
    },
    later: (minutes) => {
      now += minutes * MINUTE_MS;
    },
    env,
    close: () => rm(home, { recursive: true, force: true }),
  };
};

const DAY = { from: 540, to: 1080 };

export const technician = (technicianId: string, areas: readonly string[]): Technician => ({
  technicianId,
  name: '이준호',
  phone: '010-9764-2471',
  skills: ['internet', 'tv'],
  areas,
  hours: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY },
  daysOff: [],
  dailyLimit: 5,
  active: true,
});

export const hire = (desk: Desk, ...technicians: readonly Technician[]): Promise<void> =>
  desk.open(async (services) => {
    const store = await services.store('write');
    await store.write(async (tx) => {
      for (const one of technicians) await tx.technicians.put(one);
    });
  });

/** Agrees a visit of a technician, booked without a call. */
export const agree = async (desk: Desk, orderId: string, at: string): Promise<void> => {
  const { assignVisit } = await import('../../core/app/desk/assign-visit.ts');
  const { runOrder } = await import('../../core/app/engine/order-loop.ts');
  await desk.open(async (services) => {
    const deps = { ...(await services.saga()), actor: 'dispatcher:kim' };
    const wish = { technician: 'T-01', at: Date.parse(at), via: 'agreed', call: 'now' } as const;
    const { claim } = await assignVisit(deps, orderId, { wish, claim: true });
    if (claim === null) throw new Error('the order is worked on');
    await runOrder(deps, claim);
  });
};
