import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type CliRun, runCli } from '../../src/testing/cli/run-cli.ts';
import { type Json, TECHNICIANS } from '../acceptance/house.ts';
import { type DeskWays, type WorldDesk, worldDesk } from './desk-of-the-world.ts';
import { type Kept, type Ways, type WorldNe, worldNe } from './ne-of-the-world.ts';

/** How long a read of this world may lag behind its writes, as configured. ms */
export const CONSISTENCY_MS = 1_200;

/** Time-outs of tenths of seconds, for tests that wait for them. */
const SHORT: NodeJS.ProcessEnv = {
  OSS_INLINE_MAX_MS: '60000',
  OSS_NE_TIMEOUT_MS: '900',
  OSS_NE_WINDOW_MS: '600',
  OSS_NE_SETTLE_MS: '200',
  OSS_NE_POLL_MS: '100',
  OSS_NE_POLL_MAX_MS: '2500',
  OSS_NE_CONSISTENCY_MS: String(CONSISTENCY_MS),
  OSS_UNDO_HOLD_AFTER: '2',
  OSS_TM_TIMEOUT_MS: '900',
  OSS_TM_WINDOW_MS: '600',
  OSS_TM_SETTLE_MS: '200',
  OSS_TM_POLL_MS: '100',
  // What a peer answers is looked at, not what a breaker keeps from it.
  OSS_BREAKER_FAILURES: '100',
  OSS_SCHEDULE_CALLING_HOURS: '00:00-24:00',
};

export type Town = {
  readonly folder: string;
  readonly ne: WorldNe;
  readonly desk: WorldDesk;
  readonly env: NodeJS.ProcessEnv;
  readonly oss: (line: readonly string[], env?: NodeJS.ProcessEnv) => Promise<CliRun>;
  readonly json: (line: readonly string[]) => Promise<Json>;
  /** A new order of one Internet line; its id. Whatever came of its activation. */
  readonly place: (more?: readonly string[]) => Promise<string>;
  /** The same, activated, and so that absence by key proves something at this NE from now on. */
  readonly active: (more?: readonly string[]) => Promise<string>;
  readonly cancel: (orderId: string) => Promise<CliRun>;
  /** The orders' own steps until nothing is due within `wait`. */
  readonly work: (wait?: string) => Promise<CliRun>;
  /** Works until the order is so; throws with what it is when it does not come to that. */
  readonly until: (orderId: string, is: (order: Json) => boolean, wait?: string) => Promise<Json>;
  readonly order: (orderId: string) => Promise<Json>;
  /** Types of the order's events, in order. */
  readonly types: (orderId: string) => readonly string[];
  /** What lives at the NE of what this order asked for. */
  readonly live: (orderId: string) => readonly Kept[];
  readonly close: () => Promise<void>;
};

const HONG = [
  ...['--name', '홍길동', '--phone', '010-1234-5678', '--internet', '1'],
  ...['--address', '서울특별시 강남구 역삼로 12', '--duplicate-ok'],
];

export type TownOptions = {
  readonly desk?: Partial<DeskWays>;
  readonly env?: NodeJS.ProcessEnv;
  /** What stands before the network and has the URL that is configured. */
  readonly before?: (url: string) => Promise<{ readonly url: string }>;
};

export const openTown = async (
  ways: Partial<Ways> = {},
  { desk: deskWays, env: extra, before }: TownOptions = {},
): Promise<Town> => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-world-'));
  const ne = await worldNe(ways);
  const desk = await worldDesk(deskWays);
  const env: NodeJS.ProcessEnv = {
    HOME: folder,
    OSS_HOME: folder,
    OSS_TZ: 'Asia/Seoul',
    OSS_LANG: 'en',
    OSS_ACTOR: 'supervisor:kim',
    OSS_NE_URL: (await before?.(ne.url))?.url ?? ne.url,
    OSS_TM_URL: desk.url,
    ...(ways.deletes === true ? { OSS_NE_REVERT_VERB: 'delete' } : {}),
    ...SHORT,
    ...extra,
  };
  const oss: Town['oss'] = (line, more = {}) => runCli(line, { env: { ...env, ...more } });
  const json: Town['json'] = async (line) => {
    const ran = await oss([...line, '--json']);
    if (ran.stdout === '') throw new Error(`${line.join(' ')}: ${ran.stderr}`);
    return ran.json();
  };
  const imported = await oss(['technician', 'import', TECHNICIANS]);
  if (imported.exitCode !== 0) throw new Error(imported.stderr);
  const order = (orderId: string): Promise<Json> => json(['order', 'show', orderId]);
  const work: Town['work'] = (wait = '3s') => oss(['worker', '--drain', '--wait', wait]);
  const until: Town['until'] = async (orderId, is, wait) => {
    for (let left = 12; ; left -= 1) {
      const seen = await order(orderId);
      if (is(seen)) return seen;
      if (left === 0) throw new Error(`${orderId} did not come to it: ${JSON.stringify(seen, null, 1)}`);
      await work(wait);
    }
  };
  const place: Town['place'] = async (more = []) => (await json(['order', 'new', ...HONG, ...more])).orderId;
  return {
    folder,
    ne,
    desk,
    env,
    oss,
    json,
    order,
    place,
    active: async (more) => {
      const orderId = await place(more);
      await until(orderId, ({ stage }) => stage === 'tm-queue');
      return orderId;
    },
    cancel: (orderId) => oss(['order', 'cancel', orderId, '--code', 'TEST', '-y']),
    work,
    until,
    types: (orderId) => {
      const db = new Database(join(folder, 'oss.db'), { readonly: true });
      try {
        return db
          .prepare<[string], string>('select type from events where order_id = ? order by version')
          .pluck()
          .all(orderId);
      } finally {
        db.close();
      }
    },
    live: (orderId) => ne.live().filter(({ asked }) => asked.startsWith(orderId)),
    close: async () => {
      await ne.close();
      await desk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
