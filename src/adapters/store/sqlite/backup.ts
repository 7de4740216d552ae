import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../../../core/rules/refusal.ts';
import { databaseError } from './database-error.ts';
import { createPrivateFile, fileError, mustHaveFolder } from './database-file.ts';
import { PRIVATE_MODE } from './file-codes.ts';
import { openForReading } from './open-file.ts';

const BUSY_TIMEOUT_MS = 5_000;

/** Only for files that no connection of this process has open: closing them would drop its locks. */
const sync = (path: string): void => {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

const vacuumInto = (path: string, part: string): void => {
  const db = openForReading(path, BUSY_TIMEOUT_MS);
  try {
    db.prepare('vacuum into ?').run(part);
  } catch (error) {
    throw databaseError(error, part);
  } finally {
    db.close();
  }
};

/**
 * Copies one state of the database at `path` to `file`, private and on disk when this returns; others may write
 * meanwhile. A file that exists is refused (DATABASE_EXISTS), and so is a folder that is not there (FOLDER_MISSING); a copy
 * that failed leaves nothing behind.
 */
export const backup = async (path: string, file: string): Promise<void> => {
  mustHaveFolder(file);
  const part = `${file}.part`;
  if (!createPrivateFile(file)) throw new Refusal('DATABASE_EXISTS', { path: file });
  try {
    // SQLite would make the copy readable for everybody; an empty file that exists keeps its mode.
    rmSync(part, { force: true });
    closeSync(openSync(part, 'wx', PRIVATE_MODE));
    vacuumInto(path, part);
    sync(part);
    renameSync(part, file);
    sync(dirname(file));
  } catch (error) {
    rmSync(part, { force: true });
    rmSync(file, { force: true });
    throw fileError(error, file);
  }
};
