import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Ids } from '../../../core/ports/runtime.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import { partName } from '../../runtime/part-name.ts';
import { SCRUB } from '../sql/scrub-mark.ts';
import { connect } from './connect.ts';
import { databaseError } from './database-error.ts';
import { createPrivateFile, fileError, mustHaveFolder } from './database-file.ts';
import { PRIVATE_MODE } from './file-codes.ts';
import { openForReading } from './open-file.ts';
import { drawAnew } from './stored-marks.ts';

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

/** A process that works on a copy as on a database of its own makes names of its own. */
const drawFor = (part: string, ids: Ids): void => {
  const db = connect(part, { readonly: false, timeoutMs: BUSY_TIMEOUT_MS });
  try {
    drawAnew(db, ids);
    // Of the pages of the original; those of the copy are new.
    db.prepare('delete from meta where name = ?').run(SCRUB);
  } catch (error) {
    throw databaseError(error, part);
  } finally {
    db.close();
  }
};

const erasedIn = (path: string): readonly unknown[] => {
  const db = openForReading(path, BUSY_TIMEOUT_MS);
  try {
    return db.prepare('select customer_id from customers where erased_at is not null').pluck().all();
  } finally {
    db.close();
  }
};

/** Whether a customer was erased while the copy was made. */
const isOvertaken = (path: string, part: string): boolean => {
  const there = new Set(erasedIn(part));
  return erasedIn(path).some((customerId) => !there.has(customerId));
};

const MAX_COPIES = 10;

/** A copy that is there when an erasure has been acknowledged must not hold the customer. */
const copyTo = (path: string, part: string): void => {
  for (let copies = 1; ; copies += 1) {
    // SQLite would make the copy readable for everybody; an empty file that exists keeps its mode.
    closeSync(openSync(part, 'wx', PRIVATE_MODE));
    vacuumInto(path, part);
    if (!isOvertaken(path, part)) return;
    if (copies === MAX_COPIES) throw new Refusal('DATABASE_BUSY', { database: path });
    rmSync(part);
  }
};

/**
 * Makes `file`, private and on disk when this returns, out of the database that `make` leaves in a part beside it. A file that exists is
 * refused (DATABASE_EXISTS), and so is a folder that is not there (FOLDER_MISSING); what failed leaves nothing behind.
 */
export const intoNewFile = async (
  file: string,
  make: (part: string) => void | Promise<void>,
): Promise<void> => {
  mustHaveFolder(file);
  const part = partName(file);
  if (!createPrivateFile(file)) throw new Refusal('DATABASE_EXISTS', { file });
  try {
    await make(part);
    sync(part);
    renameSync(part, file);
    sync(dirname(file));
  } catch (error) {
    rmSync(part, { force: true });
    rmSync(file, { force: true });
    throw fileError(error, file);
  }
};

/**
 * Copies one state of the database at `path` to `file`; others may write meanwhile. The copy draws a mark of its own for the
 * names of services and calls. Refusals: those of `intoNewFile`.
 */
export const backup = async (path: string, file: string, ids: Ids): Promise<void> =>
  intoNewFile(file, (part) => {
    copyTo(path, part);
    drawFor(part, ids);
  });
