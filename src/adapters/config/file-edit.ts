import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../../core/rules/refusal.ts';
import { nearest } from '../../core/values/nearest.ts';
import { pathOfDatabaseUrl, serverAddress } from './database-path.ts';
import { ALL_KEYS, KEYS, settingOf } from './keys.ts';
import { expandPath } from './paths.ts';
import { isServerUrl } from './server-url.ts';
import { loadYaml, parseConfig, readConfigText } from './yaml-file.ts';

/** Where the caller is: what a relative path and `~` mean. */
export type CallerPlaces = { readonly cwd: string; readonly home: string };

const PATH_KEYS: readonly string[] = [
  KEYS.postgres.passwordFile.key,
  KEYS.ne.tokenFile.key,
  KEYS.tm.tokenFile.key,
];

/**
 * Sets one key in the configuration file, keeps the comments and the order of everything else, and replaces the file
 * in one step: a reader sees the old or the new one. A missing file is made (mode 0600).
 * Refusal CONFIG_UNKNOWN_KEY, CONFIG_INVALID or CONFIG_FILE; then the file is as it was.
 */
export const setInFile = (path: string, key: string, value: string, places: CallerPlaces): void =>
  preparedSetting(path, key, value, places)();

/** The same in two steps: what it refuses it refuses now, and what it returns replaces the file. */
export const preparedSetting = (
  path: string,
  key: string,
  value: string,
  places: CallerPlaces,
): (() => void) => {
  const setting = settingOf(key);
  if (setting === undefined) {
    const suggestion = nearest(
      key,
      ALL_KEYS.map((known) => known.key),
    );
    throw new Refusal('CONFIG_UNKNOWN_KEY', { key, origin: 'config set', suggestion });
  }
  const read = setting.read(value);
  // Before the value is repeated anywhere: it may hold a password.
  const isServer = key === KEYS.db.key && isServerUrl(value);
  if (isServer) serverAddress(value.trim(), { raw: value, origin: { from: 'flag', name: 'config set' } });
  const isNoPath = key === KEYS.db.key && !isServer && pathOfDatabaseUrl(value) === undefined;
  if (read === undefined || isNoPath) {
    throw new Refusal('CONFIG_INVALID', { key, origin: 'config set', value, expected: setting.expected });
  }
  const text = withValue(
    path,
    existsSync(path) ? readConfigText(path) : '',
    key,
    fileValue(key, value, read, places),
  );
  return () => replaceFile(path, text);
};

/**
 * Numbers, switches and lists are written as such. A path is written whole: the file would read a relative one from its
 * own folder, the person meant the working directory.
 */
const fileValue = (key: string, value: string, read: unknown, { cwd, home }: CallerPlaces): unknown => {
  if (typeof read === 'object' && !Array.isArray(read)) return value.trim();
  if (typeof read !== 'string') return read;
  if (PATH_KEYS.includes(key)) return expandPath(read, cwd, home);
  if (key !== KEYS.db.key || isServerUrl(read)) return read;
  return expandPath(pathOfDatabaseUrl(read) ?? read, cwd, home);
};

const withValue = (path: string, source: string, key: string, value: unknown): string => {
  const yaml = loadYaml();
  const { doc } = parseConfig(path, source);
  if (!yaml.isMap(doc.contents)) doc.contents = doc.createNode({});
  // A file may write `ne.timeoutMs:` or nest it under `ne:`; the way it has is kept.
  if (doc.has(key)) {
    doc.set(key, value);
    return doc.toString({ lineWidth: 0 });
  }
  const [section = key, ...rest] = key.split('.');
  if (rest.length > 0 && !yaml.isMap(doc.get(section))) doc.set(section, doc.createNode({}));
  doc.setIn([section, ...rest], value);
  return doc.toString({ lineWidth: 0 });
};

const replaceFile = (path: string, text: string): void => {
  let temporary: string | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // A file that is a link stays one: what it points to is replaced.
    const target = existsSync(path) ? realpathSync(path) : path;
    const mode = existsSync(target) ? statSync(target).mode & 0o777 : 0o600;
    temporary = `${target}.${randomUUID()}.new`;
    writeDurably(temporary, text, mode);
    renameSync(temporary, target);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    throw new Refusal('CONFIG_FILE', {
      path,
      cause: { code: 'AS_TOLD', text: error instanceof Error ? error.message : String(error) },
    });
  }
};

const writeDurably = (path: string, text: string, mode: number): void => {
  const file = openSync(path, 'wx', mode);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};
