import { renameSync } from 'node:fs';
import { Refusal } from '../../core/refusal.ts';
import { connect } from './connect.ts';
import { databaseError } from './database-error.ts';
import { createPrivateFile, fileSize, makePrivate } from './database-file.ts';
import { checkIdentity, isEmpty, openForReading, openForWriting } from './open-file.ts';
import { verify } from './verify.ts';

const BUSY_TIMEOUT_MS = 5_000;
const PAGES_A_STEP = 5_000;

export type Restored = {
  readonly events: number;
  readonly orders: number;
  /** Where the old file was put, when it was too damaged to be replaced in place. */
  readonly setAside: string | null;
};

const checkBackup = async (file: string): Promise<{ events: number; orders: number }> => {
  const { events, orders, problems, problemCount } = await verify(file, {});
  const [first] = problems;
  if (first === undefined) return { events, orders };
  const where = first.orderId === null ? '' : ` in event ${first.version} of ${first.orderId}`;
  throw new Refusal('DATABASE_DAMAGED', {
    path: file,
    cause: `${problemCount} problems, the first: ${first.problem}${where}`,
  });
};

/**
 * Leaving the write-ahead log works only for the last connection, so it proves that nobody else has the database open.
 * Throws SQLITE_BUSY otherwise.
 */
const assertUnused = (path: string): void => {
  const db = connect(path, { readonly: false, timeoutMs: 0 });
  try {
    if (!isEmpty(db)) checkIdentity(db, path);
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
};

/** SQLite itself cannot make sense of the file; a database that is whole, but another's or newer, is left alone. */
const isBeyondRepair = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^SQLITE_(NOTADB|CORRUPT)/.test(String(error.code));

const freeName = (path: string): string => {
  for (let n = 1; ; n += 1) {
    const name = `${path}.damaged-${n}`;
    if (fileSize(name) === null) return name;
  }
};

const setAside = (path: string): string => {
  const aside = freeName(path);
  renameSync(path, aside);
  for (const suffix of ['-wal', '-shm']) {
    if (fileSize(`${path}${suffix}`) !== null) renameSync(`${path}${suffix}`, `${aside}${suffix}`);
  }
  return aside;
};

/** Makes `path` ready to be written over; returns where a damaged file went. */
const makeRoom = (path: string): string | null => {
  if (fileSize(path) === null) {
    createPrivateFile(path);
    return null;
  }
  try {
    assertUnused(path);
    return null;
  } catch (error) {
    if (!isBeyondRepair(error)) throw databaseError(error, path);
    const aside = setAside(path);
    createPrivateFile(path);
    return aside;
  }
};

/** SQLite's own copy into `path`: one transaction, so that a crash leaves the old content or the new. */
const copyInto = async (file: string, path: string): Promise<void> => {
  const source = openForReading(file, BUSY_TIMEOUT_MS);
  const end = performance.now() + BUSY_TIMEOUT_MS;
  let remaining = Number.POSITIVE_INFINITY;
  try {
    await source.backup(path, {
      progress: ({ remainingPages, totalPages }) => {
        if (remainingPages >= remaining && remainingPages < totalPages && performance.now() > end) {
          throw new Refusal('DATABASE_BUSY', { path });
        }
        remaining = remainingPages;
        return PAGES_A_STEP;
      },
    });
  } finally {
    source.close();
  }
};

/**
 * Replaces the content of the database at `path` (made if there is none) with that of the backup `file`, which is
 * checked first. Refusals: DATABASE_BUSY while any process has the database open, DATABASE_DAMAGED, DATABASE_FOREIGN,
 * DATABASE_NEWER, DATABASE_MISSING of the backup, DISK_FULL. Nothing is changed then.
 */
export const restore = async (file: string, path: string): Promise<Restored> => {
  const checked = await checkBackup(file);
  const aside = makeRoom(path);
  try {
    await copyInto(file, path);
    const db = await openForWriting(path, { create: false, busyTimeoutMs: BUSY_TIMEOUT_MS });
    db.close();
    makePrivate(path);
  } catch (error) {
    throw databaseError(error, path);
  }
  return { ...checked, setAside: aside };
};
