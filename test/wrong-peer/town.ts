import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type LedgerContents, readLedger } from '../../src/adapters/simulators/ledger.ts';
import { startSimulators } from '../../src/adapters/simulators/simulators.ts';
import { type CliRun, runCli } from '../../src/testing/cli/run-cli.ts';
import { type Json, QUICK, TECHNICIANS } from '../acceptance/house.ts';
import { type Front, frontOf, type Page } from './front.ts';

/** A network and a desk, each at a URL of its own. */
export type Peers = {
  readonly urls: { readonly OSS_NE_URL: string; readonly OSS_TM_URL: string };
  readonly ledger: () => LedgerContents;
  /** The gateway on the way to them has lost its routes and answers everything itself; null: all is well. */
  readonly misroute: (page: Page | null) => void;
  /** Rules as `--fault` takes them, from now on; none: all is well. */
  readonly faults: (...rules: readonly string[]) => Promise<void>;
};

export type Urls = Partial<Peers['urls']>;

/** An operator with real peers (over HTTP), and everything that was opened for it. */
export type Town = {
  readonly folder: string;
  readonly right: Peers;
  /** Other peers, where nothing of ours is. */
  readonly other: () => Promise<Peers>;
  readonly oss: (line: readonly string[], urls?: Urls) => Promise<CliRun>;
  readonly json: (line: readonly string[], urls?: Urls) => Promise<Json>;
  /** An order whose services are on, with an agreed visit. */
  readonly visited: () => Promise<string>;
  /** The orders' own steps, for about so long; whatever comes of it. */
  readonly work: (urls?: Urls, wait?: string) => Promise<CliRun>;
  readonly rebind: (urls: Urls) => Promise<void>;
  readonly types: (orderId?: string) => readonly string[];
  readonly stageOf: (orderId: string) => Promise<string>;
  readonly cancel: (orderId: string, urls?: Urls) => Promise<CliRun>;
  /** Keys of what lives at the right network. */
  readonly live: () => readonly string[];
  /** How many the right desk has. */
  readonly openAppointments: () => number;
  /** What doctor finds under this name. */
  readonly check: (name: string, urls?: Urls) => Promise<Json>;
  readonly holds: (orderId: string, urls?: Urls) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

/** No URL at all: the simulators inside the program. */
export const NONE: Urls = { OSS_NE_URL: '', OSS_TM_URL: '' };

export const HONG = [
  ...['--name', '홍길동', '--phone', '010-1234-5678', '--internet', '1'],
  ...['--address', '서울특별시 강남구 역삼로 12', '--duplicate-ok'],
];

export const newTown = async (): Promise<Town> => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-wrong-'));
  const closers: (() => Promise<void>)[] = [];
  const peers = async (name: string): Promise<Peers> => {
    const ledgerPath = join(folder, `${name}.ledger`);
    const served = await startSimulators({ which: 'all', ledgerPath, seed: 1, now: Date.now });
    closers.push(served.close);
    const { ne, tm, adminToken } = served;
    if (ne === null || tm === null) throw new Error('both were asked for');
    const fronts: readonly Front[] = [await frontOf(ne.url), await frontOf(tm.url)];
    for (const front of fronts) closers.unshift(front.close);
    const headers = { 'content-type': 'application/json', 'x-admin-token': adminToken };
    return {
      urls: { OSS_NE_URL: fronts[0]?.url ?? '', OSS_TM_URL: fronts[1]?.url ?? '' },
      misroute: (page) => {
        for (const front of fronts) front.misroute(page);
      },
      ledger: () => readLedger(ledgerPath),
      faults: async (...rules) => {
        for (const { url } of [ne, tm]) {
          const admin = new URL('/admin/faults', url);
          await fetch(admin, { method: 'DELETE', headers });
          if (rules.length === 0) continue;
          const put = await fetch(admin, {
            method: 'POST',
            headers,
            body: JSON.stringify({ faults: rules }),
          });
          if (!put.ok) throw new Error(await put.text());
        }
      },
    };
  };
  const right = await peers('right');
  const env = (urls: Urls): NodeJS.ProcessEnv => ({
    HOME: folder,
    OSS_HOME: folder,
    OSS_TZ: 'Asia/Seoul',
    OSS_LANG: 'en',
    OSS_ACTOR: 'supervisor:kim',
    OSS_SCHEDULE_CALLING_HOURS: '00:00-24:00',
    // What a wrong peer answers is looked at, not what a breaker keeps from it.
    OSS_BREAKER_FAILURES: '100',
    ...QUICK,
    // Nothing here is ever too slow: they are short only because late look-ups are waited for.
    OSS_NE_TIMEOUT_MS: '3000',
    OSS_NE_WINDOW_MS: '2500',
    OSS_TM_TIMEOUT_MS: '3000',
    OSS_TM_WINDOW_MS: '2500',
    ...right.urls,
    ...urls,
  });
  const oss: Town['oss'] = (line, urls = {}) => runCli(line, { env: env(urls) });
  const json: Town['json'] = async (line, urls) => {
    const ran = await oss([...line, '--json'], urls);
    if (ran.stdout === '') throw new Error(`${line.join(' ')}: ${ran.stderr}`);
    return ran.json();
  };
  const imported = await oss(['technician', 'import', TECHNICIANS]);
  if (imported.exitCode !== 0) throw new Error(imported.stderr);
  return {
    folder,
    right,
    other: () => peers('other'),
    oss,
    json,
    visited: async () => {
      const { orderId } = await json(['order', 'new', ...HONG]);
      const agreed = await oss(['schedule', 'assign', orderId, '--at', 'next', '--agreed']);
      if (agreed.exitCode !== 0) throw new Error(agreed.stderr);
      return orderId;
    },
    work: (urls, wait = '1s') => oss(['worker', '--drain', '--wait', wait], urls),
    rebind: async (urls) => {
      const bound = await oss(['db', 'bind', '--reason', 'the URL is another now', '-y'], urls);
      if (bound.exitCode !== 0) throw new Error(bound.stderr);
    },
    types: (orderId) => typesOf(join(folder, 'oss.db'), orderId),
    stageOf: async (orderId) => (await json(['status', orderId])).stage,
    cancel: (orderId, urls) => oss(['order', 'cancel', orderId, '--code', 'TEST', '-y'], urls),
    live: () => right.ledger().services.flatMap(({ key, state }) => (state === 'active' ? [key] : [])),
    openAppointments: () => right.ledger().appointments.filter(({ status }) => status === 'confirmed').length,
    check: async (name, urls) =>
      (await json(['doctor'], urls)).items.find((item: Json) => item.name === name),
    holds: async (orderId, urls) =>
      (await json(['order', 'show', orderId], urls)).holds.map((hold: Json) => `${hold.step} ${hold.cause}`),
    close: async () => {
      for (const close of closers.splice(0)) await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const typesOf = (path: string, orderId: string | undefined): readonly string[] => {
  if (!existsSync(path)) return [];
  const db = new Database(path, { readonly: true });
  try {
    return db
      .prepare<[string], string>('select type from events where order_id like ? order by position')
      .pluck()
      .all(orderId ?? '%');
  } finally {
    db.close();
  }
};
