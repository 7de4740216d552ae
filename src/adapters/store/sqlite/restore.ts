import { renameSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { Refusal } from '../../../core/rules/refusal.ts';
import { connect } from './connect.ts';
import { databaseError } from './database-error.ts';
import { createPrivateFile, fileSize, makePrivate } from './database-file.ts';
import { checkIdentity, isEmpty, openAnySchema, openForWriting } from './open-file.ts';
import { verify } from './verify.ts';

const BUSY_TIMEOUT_MS = 5_000;
const PAGES_A_STEP = 5_000;

export type Restored = {
  readonly events: number;
  readonly orders: number;
  /** Where the old file was put, when it was too damaged to be replaced in place. */
  readonly setAside: string | null;
};

/** The last number of orders and of customers that was given away. */
type Numbers = readonly { readonly name: string; readonly value: number }[];

/** How many numbers are passed over when nobody can read any more which ones were given away. */
const UNKNOWN_NUMBERS = 10_000;

/**
 * A number that was given away since the backup is never given again: the network and the desk know services and calls
 * by it, and would answer a new order with those of a customer whom the restored log does not know. `null`: not known.
 */
const passOver = (db: Database.Database, given: Numbers | null): void => {
  if (given === null) {
    db.prepare('update sequences set value = value + ?').run(UNKNOWN_NUMBERS);
    return;
  }
  const raise = db.prepare('update sequences set value = max(value, @value) where name = @name');
  for (const number of given) raise.run(number);
};

/** Proves that the file is a whole database. Throws DATABASE_DAMAGED, DATABASE_FOREIGN, DATABASE_NEWER, DATABASE_MISSING. */
export const checkBackup = async (file: string): Promise<{ events: number; orders: number }> => {
  const { events, orders, problems, problemCount } = await verify(file, {});
  const [first] = problems;
  if (first === undefined) return { events, orders };
  const at = first.orderId === null ? null : { orderId: first.orderId, version: first.version };
  throw new Refusal('DATABASE_DAMAGED', {
    path: file,
    cause: { code: 'PROBLEMS', problems: problemCount, first: first.problem, at },
  });
};

/**
 * Leaving the write-ahead log works only for the last connection, so it proves that nobody else has the database open.
 * Returns the numbers that it has given away. Throws SQLITE_BUSY while somebody has it open.
 */
const takeOver = (path: string): Numbers => {
  const db = connect(path, { readonly: false, timeoutMs: 0 });
  try {
    const isNew = isEmpty(db);
    if (!isNew) checkIdentity(db, path);
    db.pragma('journal_mode = DELETE');
    return isNew ? [] : db.prepare<[], Numbers[number]>('select name, value from sequences').all();
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

type Room = { readonly given: Numbers | null; readonly aside: string | null };

/** Makes `path` ready to be written over: what it had given away, or where a damaged file went. */
const makeRoom = (path: string): Room => {
  if (fileSize(path) === null) {
    createPrivateFile(path);
    return { given: [], aside: null };
  }
  try {
    return { given: takeOver(path), aside: null };
  } catch (error) {
    if (!isBeyondRepair(error)) throw databaseError(error, path);
    const aside = setAside(path);
    createPrivateFile(path);
    return { given: null, aside };
  }
};

/** SQLite's own copy into `path`: one transaction, so that a crash leaves the old content or the new. */
const copyInto = async (file: string, path: string): Promise<void> => {
  const source = openAnySchema(file, BUSY_TIMEOUT_MS);
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
 * checked first. Order and customer numbers go on after the last that the replaced database gave away. Refusals: DATABASE_BUSY while any process has the database open, DATABASE_DAMAGED, DATABASE_FOREIGN,
 * DATABASE_NEWER, DATABASE_MISSING of the backup, DISK_FULL. Nothing is changed then.
 */
export const restore = async (file: string, path: string): Promise<Restored> => {
  const checked = await checkBackup(file);
  const { given, aside } = makeRoom(path);
  try {
    await copyInto(file, path);
    const db = await openForWriting(path, { create: false, busyTimeoutMs: BUSY_TIMEOUT_MS });
    try {
      passOver(db, given);
    } finally {
      db.close();
    }
    makePrivate(path);
  } catch (error) {
    throw databaseError(error, path);
  }
  return { ...checked, setAside: aside };
};
