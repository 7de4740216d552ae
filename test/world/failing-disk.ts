import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose } from '../../src/adapters/compose.ts';
import { type CliRun, runCli } from '../../src/testing/cli/run-cli.ts';
import { HONG, type House, MONDAY, openHouse, TECHNICIANS } from '../acceptance/house.ts';
import { brokenIn } from '../support/judge-home.ts';
import { type Ended, oss } from '../support/real-process.ts';
import { buildPreload, NO_PRELOAD } from './preload.ts';

export const CALLS = ['open', 'read', 'write', 'sync', 'truncate', 'map', 'lock', 'unlink', 'stat'] as const;
export type Call = (typeof CALLS)[number];

export const EIO = 5;
export const ENOSPC = 28;

/** What fails: the nth call of a kind on the files of the database, and so many after it. */
export type Failure = {
  readonly call: Call;
  readonly nth: number;
  readonly errno: number;
  readonly times?: number;
};

export type FailingDisk = {
  /** A home of its own, a copy of one with an order in it. */
  readonly newHome: () => string;
  /** What the program is told there, so many minutes after Monday began. */
  readonly env: (home: string, minutes?: number) => Readonly<Record<string, string>>;
  /** Runs it there, on a disk that fails. */
  readonly runFailing: (line: readonly string[], failure: Failure, home: string) => Promise<Ended>;
  /** How many calls of each kind a command makes on the files of its database. */
  readonly count: (line: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  readonly close: () => Promise<void>;
};

/** A house whose disk can be made to fail. `reason` says why not. */
export const failingDisk = async (): Promise<FailingDisk | { readonly reason: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-failing-'));
  const shim = buildPreload('fail-io', folder);
  if (shim === null) {
    rmSync(folder, { recursive: true });
    return { reason: NO_PRELOAD };
  }
  const house: House = openHouse();
  await house.json(['technician', 'import', TECHNICIANS]);
  await house.json(['order', 'new', ...HONG, '--key', 'before']);
  let homes = 0;
  const newHome = (): string => {
    homes += 1;
    const home = join(folder, `home-${homes}`);
    cpSync(house.folder, home, { recursive: true });
    return home;
  };
  const env: FailingDisk['env'] = (home, minutes = 0) => ({
    ...(house.env as Record<string, string>),
    HOME: home,
    OSS_HOME: home,
    OSS_NOW: new Date(Date.parse(MONDAY) + minutes * 60_000).toISOString(),
  });
  const runFailing: FailingDisk['runFailing'] = (line, { call, nth, errno, times = 1 }, home) =>
    oss(line, {
      ...env(home),
      LD_PRELOAD: shim,
      FAIL_IO_PATH: join(home, 'oss.db'),
      FAIL_IO_CALL: call,
      FAIL_IO_NTH: String(nth),
      FAIL_IO_TIMES: String(times),
      FAIL_IO_ERRNO: String(errno),
      FAIL_IO_TRACE: join(home, 'trace'),
    });
  return {
    newHome,
    env,
    runFailing,
    count: async (line) => {
      const home = newHome();
      await runFailing(line, { call: 'open', nth: 0, errno: EIO }, home);
      const counts = new Map<string, number>();
      for (const call of readFileSync(join(home, 'trace'), 'utf8').trimEnd().split('\n')) {
        counts.set(call, (counts.get(call) ?? 0) + 1);
      }
      rmSync(home, { recursive: true });
      return counts;
    },
    close: async () => {
      await house.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export const NEW = ['order', 'new', ...HONG, '--duplicate-ok', '--key', 'k-1', '-o', 'id'] as const;

const problemsIn = async (env: NodeJS.ProcessEnv): Promise<readonly string[]> => {
  const services = compose({ env });
  try {
    const { problems } = await (await services.database('read')).verify();
    return problems.map(({ problem, orderId }) => `${orderId}: ${problem}`);
  } finally {
    await services.close();
  }
};

/**
 * Places an order on a failing disk and says what is wrong with how that went: an exit code that means nothing, a
 * failure told as another one, an acknowledged order that is gone, an order that is there twice, a broken log.
 */
export const faultsOf = async (disk: FailingDisk, failure: Failure): Promise<readonly string[]> => {
  const home = disk.newHome();
  const faults: string[] = [];
  const wrong = (what: string, ended: Ended | CliRun): void => {
    const code = 'code' in ended ? ended.code : ended.exitCode;
    faults.push(`${JSON.stringify(failure)}: ${what}; exit ${code}\n${ended.stdout}${ended.stderr}`);
  };
  const struck = await disk.runFailing(NEW, failure, home);
  if (![0, 8, 75, 78].includes(struck.code ?? -1)) wrong('the exit code', struck);
  if (/^\s+at .*:\d+:\d+/m.test(struck.stderr)) wrong('a stack trace', struck);
  if (/damaged|restore|read-only/.test(struck.stderr)) wrong('told as damaged or read-only', struck);
  if (failure.errno === EIO && /disk is full/.test(struck.stderr)) wrong('told as full', struck);
  const isRefused = struck.code === 75 || struck.code === 78;
  if (isRefused && !/^error: [\s\S]*^next: /m.test(struck.stderr)) wrong('no words', struck);
  if (isRefused !== (struck.stdout === '')) wrong('acknowledged and refused, or neither', struck);
  // A whole disk again, and no process of its own: the sources do on it what the program does.
  const again = await runCli(NEW, { env: disk.env(home, 10) });
  if (again.exitCode !== 0 || again.stdout !== 'ORD-000002\n') wrong('not the same order again', again);
  const drained = await runCli(['worker', '--drain', '--wait', '60s'], { env: disk.env(home, 10) });
  if (drained.exitCode !== 0) wrong('not gone on with', drained);
  const later = disk.env(home, 15);
  const broken = [...(await problemsIn(later)), ...(await brokenIn(later, ['ORD-000002']))];
  if (broken.length > 0) wrong(broken.join('; '), struck);
  rmSync(home, { recursive: true });
  return faults;
};
