import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileFault } from '../../core/codes/file-fault.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** What paths are relative to; tests give their own. */
export type Places = {
  readonly env: Env;
  readonly cwd: string;
  /** The user's home folder. */
  readonly home: string;
  /** Root of the checkout this program runs from; null: installed elsewhere. */
  readonly checkout: string | null;
};

/** An empty variable counts as not set, as everywhere in a shell. */
export const variable = (env: Env, name: string): string | undefined => {
  const value = env[name];
  return value === undefined || value === '' ? undefined : value;
};

/** Absolute path of what a person wrote; `~/` works in files and variables too, where no shell expands it. */
export const expandPath = (path: string, base: string, home: string): string =>
  path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : resolve(base, path);

/** $OSS_HOME as an absolute path. */
const ossHome = ({ env, cwd, home }: Places): string | null => {
  const given = variable(env, 'OSS_HOME');
  return given === undefined ? null : expandPath(given, cwd, home);
};

const xdg = ({ env, home }: Places, name: string, fallback: string): string => {
  const given = variable(env, name);
  // The XDG rules: a relative path is invalid and must be ignored.
  return join(given !== undefined && isAbsolute(given) ? given : join(home, fallback), 'oss');
};

/** The configuration file: `--config` or OSS_CONFIG (named: it must exist), else $OSS_HOME, else the XDG folder. */
export const configFilePath = (
  places: Places,
  flag: string | undefined,
): { readonly path: string; readonly named: boolean } => {
  const given = flag ?? variable(places.env, 'OSS_CONFIG');
  if (given !== undefined) return { path: expandPath(given, places.cwd, places.home), named: true };
  const folder = ossHome(places) ?? xdg(places, 'XDG_CONFIG_HOME', '.config');
  return { path: join(folder, 'config.yaml'), named: false };
};

const writable = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** Where the database is when no setting names it: $OSS_HOME, else the checkout's data folder, else the XDG data folder. */
export const defaultDatabasePath = (places: Places): string => {
  const home = ossHome(places);
  if (home !== null) return join(home, 'oss.db');
  if (places.checkout !== null) {
    const path = join(places.checkout, 'data', 'oss.db');
    if (existsSync(path) || writable(dirname(path))) return path;
  }
  return join(xdg(places, 'XDG_DATA_HOME', '.local/share'), 'oss.db');
};

/**
 * The checkout that a file of this program lies in: the nearest folder above with a package.json and a data folder.
 * null when the program is installed as a package, whose folder the next installation replaces.
 */
export const findCheckout = (moduleUrl: string): string | null => {
  if (moduleUrl.includes('/node_modules/')) return null;
  for (let folder = dirname(fileURLToPath(moduleUrl)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return existsSync(join(folder, 'data')) ? folder : null;
  }
  return null;
};

/** As many as the kernel follows. */
const MOST_LINKS = 40;

/**
 * Where a file is, or will be, when a link stands in its place: what lies beside it (the ledger of the simulators) must be
 * the same for everybody, by whatever name they come.
 */
export const realFile = (path: string): string => {
  let file = path;
  try {
    for (let links = 0; links < MOST_LINKS; links += 1) {
      if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return file;
      file = resolve(realpathSync(dirname(file)), readlinkSync(file));
    }
  } catch {
    // Opening it tells better why it cannot be opened.
  }
  return path;
};

/** Why this is no place for a file, or null when it is one or does not exist yet. Never opens it: a FIFO would block. */
export const notAFile = (path: string): FileFault | null => {
  let stat: Stats | undefined;
  try {
    stat = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return { code: 'AS_TOLD', text: error instanceof Error ? error.message : String(error) };
  }
  if (stat === undefined || stat.isFile()) return null;
  return { code: stat.isDirectory() ? 'DIRECTORY' : 'NOT_REGULAR' };
};
