import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { PATIENT } from '../support/patient.ts';
import { OSS } from '../support/real-process.ts';
import { dropDatabase, IS_ON_SERVER, newDatabaseNow } from '../support/test-database.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const TECHNICIANS = join(ROOT, 'data/samples/technicians.csv');
export const ORDERS = join(ROOT, 'data/samples/orders.csv');

/** Monday, 10:00 in Seoul: within working and calling hours. */
export const MONDAY = '2026-11-23T10:00:00+09:00';

export type Ran = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Wall clock, in ms. */
  readonly ms: number;
};

export type Options = {
  readonly env?: NodeJS.ProcessEnv;
  /** Text on stdin; default: nothing, as from /dev/null. */
  readonly stdin?: string;
};

/** A process that runs on. */
export type Running = {
  readonly pid: number;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** What it has printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<Ran>;
};

/** A folder of its own with the real program in it: `bin/oss`, spawned, with nothing of the caller's environment. */
export type House = {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly oss: (line: readonly string[], options?: Options) => Promise<Ran>;
  /** The same with `--json`: exit 0 or the one given, stdout parsed. */
  readonly json: (line: readonly string[], options?: Options & { readonly exit?: number }) => Promise<Json>;
  readonly start: (line: readonly string[], options?: Options) => Running;
  /** The simulators' own truth of an embedded house. */
  readonly ledger: () => Ledger;
  /** The head of the log as `oss db verify` tells it. */
  readonly head: () => Promise<string>;
  readonly close: () => Promise<void>;
};

/** What JSON may be, read without a type each time: tests look at single fields. */
// biome-ignore lint/suspicious/noExplicitAny: the output of another process has no static type
export type Json = any;

/**
 * Short timings, for tests in which time-outs and late look-ups are waited for: what takes seconds in the field takes
 * tenths of them here. What a busy machine makes fail is done again by a drain, which such a test must wait for.
 */
export const QUICK: Readonly<Record<string, string>> = {
  OSS_INLINE_MAX_MS: '60000',
  OSS_NE_TIMEOUT_MS: '1500',
  OSS_NE_WINDOW_MS: '600',
  OSS_NE_SETTLE_MS: '200',
  OSS_NE_POLL_MS: '100',
  OSS_TM_TIMEOUT_MS: '1500',
  OSS_TM_WINDOW_MS: '600',
  OSS_TM_SETTLE_MS: '200',
  OSS_TM_POLL_MS: '100',
};

/** Patient, unless told otherwise. `now: null` leaves the clock alone. */
export const openHouse = (extra: NodeJS.ProcessEnv = {}, now: string | null = MONDAY): House => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-acceptance-'));
  const url = IS_ON_SERVER && extra.OSS_DB === undefined ? newDatabaseNow() : null;
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: folder,
    OSS_HOME: folder,
    OSS_TZ: 'Asia/Seoul',
    OSS_LANG: 'en',
    OSS_ACTOR: 'supervisor:kim',
    ...PATIENT,
    ...(url === null ? {} : { OSS_DB: url }),
    ...(now === null ? {} : { OSS_NOW: now }),
    ...extra,
  };
  const running = new Set<Running>();
  const start: House['start'] = (line, options = {}) => {
    const one = startProcess(OSS, line, { ...env, ...options.env }, options.stdin);
    running.add(one);
    void one.ended.then(() => running.delete(one));
    return one;
  };
  const oss: House['oss'] = (line, options) => start(line, options).ended;
  const json: House['json'] = async (line, { exit = 0, ...options } = {}) => {
    const ran = await oss([...line, '--json'], options);
    if (ran.code !== exit) throw new Error(`${line.join(' ')}: exit ${ran.code}\n${ran.stdout}${ran.stderr}`);
    return JSON.parse(ran.stdout);
  };
  return {
    folder,
    env,
    start,
    oss,
    json,
    ledger: () => readLedger(ledgerIn(folder)),
    head: async () => (await json(['db', 'verify'])).head,
    close: async () => {
      for (const one of running) one.kill('SIGKILL');
      await Promise.all([...running].map((one) => one.ended));
      await until(() => isRemoved(folder), Boolean, 10_000);
      if (url !== null) await dropDatabase(url);
    },
  };
};

/** Three lines of options of an order that the sample technicians can serve. */
export const HONG = [
  ...['--name', '홍길동', '--phone', '010-1234-5678'],
  ...['--address', '서울특별시 강남구 역삼로 12, 101동 202호', '--internet', '1', '--tv', '1'],
] as const;

export const startProcess = (
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  stdin = '',
): Running => {
  const begun = performance.now();
  const child = spawn(process.execPath, [file, ...args], { env, cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // A program that never reads its stdin closes it: that is its right.
  child.stdin.on('error', () => undefined).end(stdin);
  const ended = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr, ms: performance.now() - begun }));
  });
  return {
    pid: child.pid ?? -1,
    kill: (signal) => {
      child.kill(signal);
    },
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
  };
};

/** Its name begins as that of the database, whichever it is. */
const ledgerIn = (folder: string): string =>
  join(folder, readdirSync(folder).find((name) => name.endsWith('.ledger')) ?? 'oss.db.ledger');

export type LedgerService = {
  readonly id: number;
  readonly key: string;
  readonly spec: string;
  readonly state: string;
  readonly deleted: number;
};

type Request = {
  readonly peer: 'ne' | 'tm';
  readonly key: string;
  readonly operation: string;
  readonly count: number;
};

export type Ledger = {
  readonly services: readonly LedgerService[];
  readonly live: readonly string[];
  /** Creates that had an effect, by service key. */
  readonly created: ReadonlyMap<string, number>;
  readonly appointments: readonly { readonly call_key: string; readonly status: string }[];
  readonly calls: readonly { readonly call_key: string }[];
  /** Requests in all, by peer and operation. */
  readonly requests: readonly Request[];
};

const NO_LEDGER: Ledger = {
  services: [],
  live: [],
  created: new Map(),
  appointments: [],
  calls: [],
  requests: [],
};

export const readLedger = (path: string): Ledger => {
  if (!existsSync(path)) return NO_LEDGER;
  const db = new Database(path, { readonly: true });
  try {
    const all = <T>(sql: string): readonly T[] => db.prepare<[], T>(sql).all();
    // Its tables are made in one go; until then there is nothing to read.
    if (all("SELECT 1 FROM sqlite_master WHERE name = 'requests'").length === 0) return NO_LEDGER;
    const services = all<LedgerService>('SELECT id, key, spec, state, deleted FROM services ORDER BY id');
    const created = all<{ key: string; n: number }>(
      "SELECT key, count(*) AS n FROM effects WHERE peer = 'ne' AND effect = 'create' GROUP BY key",
    );
    return {
      services,
      live: services.filter((one) => one.state === 'active' && one.deleted === 0).map((one) => one.key),
      created: new Map(created.map(({ key, n }) => [key, n])),
      appointments: all('SELECT call_key, status FROM appointments ORDER BY id'),
      calls: all('SELECT call_key FROM calls'),
      requests: all('SELECT peer, key, operation, count FROM requests'),
    };
  } finally {
    db.close();
  }
};

/** A port of this machine on which nobody listens, found by listening on it a moment. */
export const closedPort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

/**
 * Removes a folder; false: a process whose terminal was closed still wrote its last words there. Node's own retries only try
 * to remove the folder again, not what came into it.
 */
const isRemoved = (folder: string): boolean => {
  try {
    rmSync(folder, { recursive: true, force: true });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY') return false;
    throw error;
  }
};

/** Waits until the condition holds; throws with what it last saw after `withinMs`. */
export const until = async <T>(
  look: () => T | Promise<T>,
  holds: (seen: T) => boolean,
  withinMs = 120_000,
): Promise<T> => {
  const end = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (performance.now() > end) throw new Error(`waited in vain; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};
