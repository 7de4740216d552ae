import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../../../core/rules/refusal.ts';

/** Personal data is inside: nobody but the owner reads it. SQLite gives -wal and -shm the mode of the database. */
export const PRIVATE_MODE = 0o600;

const PRIVATE_FOLDER_MODE = 0o700;

/** No space, a quota, a limit of file sizes. */
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** Bytes of the file; null: there is none. Only `stat`: opening it would drop SQLite's locks of this process. */
export const fileSize = (path: string): number | null => {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  if (!stats.isFile()) throw new Refusal('DATABASE_FOREIGN', { path, cause: 'it is not a file' });
  return stats.size;
};

/** Makes an empty private file, and the folders above it. False: somebody else made it first. */
export const createPrivateFile = (path: string): boolean => {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: PRIVATE_FOLDER_MODE });
  } catch (error) {
    throw fileError(error, path);
  }
  try {
    closeSync(openSync(path, 'wx', PRIVATE_MODE));
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw fileError(error, path);
  }
};

/** Takes the rights of others away, from the log files beside it too. */
export const makePrivate = (path: string): void => {
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats !== undefined && (stats.mode & 0o077) !== 0) chmodSync(file, PRIVATE_MODE);
  }
};

/** What the file system says, in the words of the console. */
export const fileError = (error: unknown, path: string): unknown => {
  if (FULL.some((code) => hasCode(error, code))) return new Refusal('DISK_FULL', { path });
  if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM') || hasCode(error, 'EROFS')) {
    return new Refusal('DATABASE_READONLY', { path });
  }
  if (hasCode(error, 'ENOENT')) return new Refusal('DATABASE_MISSING', { path });
  if (hasCode(error, 'ENOTDIR') || hasCode(error, 'EISDIR')) {
    return new Refusal('DATABASE_FOREIGN', { path, cause: 'it is not a file' });
  }
  return error;
};
