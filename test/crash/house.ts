import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose } from '../../src/adapters/compose.ts';
import { iso } from '../../src/core/time/iso.ts';
import { shownKey } from '../../src/core/values/keys.ts';
import { brokenInvariants } from '../support/invariants.ts';
import { type Ended, type Env, envOf, oss } from '../support/real-process.ts';
import { recordOf } from '../support/run-record.ts';
import { copyDatabase, dropDatabase, IS_ON_SERVER } from '../support/test-database.ts';
import type { Line } from './lives.ts';

const TECHNICIANS = `id,name,phone,skills,areas,hours,daysOff,dailyLimit
T-01,이준호,010-9764-2471,internet|tv,강남구,Mon-Sat 09:00-18:00,,5
T-02,박서진,010-4995-9548,internet|tv,강남구,Mon-Sat 09:00-18:00,,5
`;

/** Tuesday 10:00 in Seoul; each line of a life begins ten minutes after the one before. */
const BEGINS = Date.parse('2026-11-24T01:00:00.000Z');
export const LINE_MS = 600_000;

/** Peers as quick as a machine that is busy, or stands still for a while, can be waited for; and no breaker in the way. */
export const QUICK: Env = {
  OSS_NE_TIMEOUT_MS: '2000',
  OSS_NE_WINDOW_MS: '1000',
  OSS_NE_SETTLE_MS: '50',
  OSS_NE_POLL_MS: '50',
  OSS_TM_TIMEOUT_MS: '2000',
  OSS_TM_WINDOW_MS: '1000',
  OSS_TM_SETTLE_MS: '50',
  OSS_TM_POLL_MS: '100',
  // A call that was killed may have rung: nobody waits an hour here for the next one.
  OSS_SCHEDULE_CALL_AGAIN_MINUTES: '0',
  OSS_INLINE_MAX_MS: '60000',
  OSS_BREAKER_FAILURES: '50',
};

/** A folder with a database and its simulators' ledger, in which real processes live and die. */
export type House = {
  readonly folder: string;
  /** What its processes know of the outside beside the folder. */
  readonly env: Env;
  /** Runs the line as the `index`-th of its life, `laterMs` after it began there. */
  readonly play: (line: Line, index: number, options?: { laterMs?: number; env?: Env }) => Promise<Ended>;
  /** A copy of it as it is now. No process may be running in it. */
  readonly copy: () => Promise<House>;
  readonly remove: () => Promise<void>;
};

/** `url`: of its database on a server; null: that is a file in the folder. */
const houseIn = (folder: string, url: string | null): House => ({
  folder,
  env: url === null ? {} : { OSS_DB: url },
  play: ({ argv, env }, index, { laterMs = 0, env: extra } = {}) =>
    oss(
      argv,
      envOf(folder, {
        ...QUICK,
        ...(url === null ? {} : { OSS_DB: url }),
        ...env,
        ...extra,
        OSS_NOW: iso(BEGINS + index * LINE_MS + laterMs),
      }),
    ),
  copy: async () => {
    const other = mkdtempSync(join(tmpdir(), 'oss-crash-'));
    cpSync(folder, other, { recursive: true });
    if (url === null) return houseIn(other, null);
    const copied = await copyDatabase(url);
    renameLedger(other, url, copied);
    return houseIn(other, copied);
  },
  remove: async () => {
    rmSync(folder, { recursive: true, force: true });
    if (url !== null) await dropDatabase(url);
  },
});

/** Its name begins with that of the database. */
const renameLedger = (folder: string, from: string, to: string): void => {
  const [before, after] = [from, to].map((url) => new URL(url).pathname.slice(1));
  for (const name of readdirSync(folder).filter((one) => before !== undefined && one.includes(before)))
    renameSync(join(folder, name), join(folder, name.replace(before ?? '', after ?? '')));
};

export const newHouse = async (): Promise<House> => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-crash-'));
  const house = houseIn(folder, IS_ON_SERVER ? await copyDatabase() : null);
  const file = join(folder, 'technicians.csv');
  writeFileSync(file, TECHNICIANS);
  const { code, stderr } = await house.play({ argv: ['technician', 'import', file] }, -1);
  if (code !== 0) throw new Error(stderr);
  return house;
};

/** The names of the places that a traced process passed. */
export const traceOf = ({ folder }: House): readonly string[] => {
  const file = join(folder, 'trace');
  const names = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  rmSync(file, { force: true });
  return names;
};

export const tracing = ({ folder }: House): Env => ({ OSS_CRASH_TRACE: join(folder, 'trace') });

/** What an order came to, without what differs from run to run (times, versions, ids of texts). */
export type Come = {
  readonly broken: readonly string[];
  readonly orders: readonly object[];
  readonly services: readonly string[];
  readonly appointments: readonly string[];
  readonly calls: readonly string[];
};

/** Reads log, views and the simulators' ledger, and judges them. */
export const comeTo = async ({ folder, env }: House, index: number): Promise<Come> => {
  const now = BEGINS + (index + 1) * LINE_MS;
  const services = compose({ env: envOf(folder, { ...QUICK, ...env, OSS_NOW: iso(now) }) });
  try {
    const store = await services.store('read');
    const ledger = await services.ledger();
    const ids = await store.read((tx) => tx.events.orderIds('', 1_000));
    const record = await recordOf(store, {
      acknowledged: ids,
      policy: services.policy,
      now,
      ne: { services: ledger?.services ?? [], effects: ledger?.effects ?? [] },
      tm: { appointments: ledger?.appointments ?? [], calls: ledger?.calls ?? [] },
    });
    return {
      broken: brokenInvariants(record),
      orders: [...record.views.values()].map((view) => ({
        orderId: view.orderId,
        stage: view.stage,
        inDoubt: view.inDoubt,
        visit: view.visit === null ? null : [view.visit.start, view.visit.technicianId, view.visit.status],
        outcome: view.outcome,
        holds: view.holds.map(({ step, cause }) => [step, cause]),
      })),
      services: (ledger?.services ?? []).map(({ key, state }) => `${shownKey(key)} ${state}`).sort(),
      appointments: (ledger?.appointments ?? [])
        .map(({ status, start, technicianId }) => `${status} ${start} ${technicianId}`)
        .sort(),
      calls: (ledger?.calls ?? []).map(({ count, outcome }) => `${count} ${outcome}`),
    };
  } finally {
    await services.close();
  }
};
