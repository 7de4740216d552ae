import { chmodSync, closeSync, mkdirSync, openSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../../../core/rules/refusal.ts';
import { hasCode, isFull, isOutOfFiles, PRIVATE_MODE } from './file-codes.ts';

const PRIVATE_FOLDER_MODE = 0o700;

const statOf = (path: string): Stats | undefined => {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw fileError(error, path);
  }
};

/** Bytes of the file; null: there is none. Only `stat`: opening it would drop SQLite's locks of this process. */
export const fileSize = (path: string): number | null => {
  const stats = statOf(path);
  if (stats === undefined) return null;
  if (!stats.isFile())
    throw new Refusal('DATABASE_FOREIGN', { database: path, cause: { code: 'NOT_A_FILE' } });
  return stats.size;
};

/** Refuses a file whose folder is not there. Throws FOLDER_MISSING. */
export const mustHaveFolder = (path: string): void => {
  const folder = dirname(path);
  if (statOf(folder) === undefined) throw new Refusal('FOLDER_MISSING', { folder });
};

/** Makes an empty private file, and the folders above it. False: another process made it first. */
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
    const stats = statOf(file);
    if (stats === undefined || (stats.mode & 0o077) === 0) continue;
    try {
      chmodSync(file, PRIVATE_MODE);
    } catch (error) {
      // The last process that had the database open has just taken its log away.
      if (!hasCode(error, 'ENOENT')) throw fileError(error, path);
    }
  }
};

/** What the file system says, in the words of the console. */
export const fileError = (error: unknown, path: string): unknown => {
  if (isFull(error)) return new Refusal('DISK_FULL', { path });
  if (isOutOfFiles(error)) return new Refusal('TOO_MANY_FILES', { path });
  if (hasCode(error, 'EIO'))
    return new Refusal('DISK_ERROR', { path, cause: { code: 'AS_TOLD', text: String(error) } });
  if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM') || hasCode(error, 'EROFS')) {
    return new Refusal('DATABASE_READONLY', { database: path });
  }
  if (hasCode(error, 'ENOENT')) return new Refusal('DATABASE_MISSING', { database: path });
  if (hasCode(error, 'ENOTDIR') || hasCode(error, 'EISDIR')) {
    return new Refusal('DATABASE_FOREIGN', { database: path, cause: { code: 'NOT_A_FILE' } });
  }
  return error;
};
