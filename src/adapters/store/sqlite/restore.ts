import { renameSync, rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { Restored } from '../../../core/ports/maintenance.ts';
import type { Ids } from '../../../core/ports/runtime.ts';
import type { Store } from '../../../core/ports/store.ts';
import { isRefusal, Refusal } from '../../../core/rules/refusal.ts';
import type { KeyMarks } from '../../../core/values/keys.ts';
import { partName } from '../../runtime/part-name.ts';
import type { Epoch } from '../sql/epochs.ts';
import { markOfLost, PASSED_OVER } from '../sql/restored.ts';
import { beside, type ErasedCustomer, erasedSince, keepAccessTokens, keepAudit } from './carry-over.ts';
import { connect } from './connect.ts';
import { databaseError } from './database-error.ts';
import { createPrivateFile, fileSize, makePrivate } from './database-file.ts';
import { KNOWN_SCHEMA, migrate, schemaOf } from './migrations/migrate.ts';
import { checkIdentity, isEmpty, openAnySchema, openForWriting } from './open-file.ts';
import { openStore } from './open-store.ts';
import { sealIn } from './seal-mark.ts';
import { beginEpoch, storedEpochs } from './stored-epochs.ts';
import { drawAnew, storedMarks } from './stored-marks.ts';
import { verify } from './verify.ts';

const BUSY_TIMEOUT_MS = 5_000;
const PAGES_A_STEP = 5_000;

export type RestoreOptions = {
  readonly ids: Ids;
  /**
   * Tells the open orders of the copy, before it is put in its place, what they may have lost; returns how many there were.
   * `mark`: of the names that were made in what is lost; null: they had none.
   */
  readonly tell: (store: Store, mark: string | null) => Promise<number>;
};

/** What the replaced database knows and has given away: the last number of orders and of customers, the marks of its names, its epochs. */
type Given = {
  readonly numbers: readonly { readonly name: string; readonly value: number }[];
  readonly marks: KeyMarks | null;
  readonly epochs: readonly Epoch[];
  /** Where the rest of it can be read; null: there is nothing. */
  readonly database: string | null;
};

const NOTHING_GIVEN: Given = { numbers: [], marks: null, epochs: [], database: null };

/** What the copy gets of the time since the backup. `erased` is still to be done. */
type CarriedOver = { readonly erased: readonly ErasedCustomer[] | null; readonly auditKept: number | null };

const NOTHING_CARRIED: CarriedOver = { erased: null, auditKept: null };

/** Makes a copy of the backup fit to go on: nothing that it gives away from now on was given away before. */
const renew = (db: Database.Database, given: Given, ids: Ids): CarriedOver => {
  const raise = db.prepare('update sequences set value = max(value, @value) where name = @name');
  const all = db.transaction(() => {
    for (const number of given.numbers) raise.run(number);
    db.prepare('update sequences set value = value + ?').run(PASSED_OVER);
    drawAnew(db, ids, [given.marks]);
    beginEpoch(db, ids, given.epochs);
  });
  all.immediate();
  if (given.database === null) return NOTHING_CARRIED;
  return beside(db, given.database, () => {
    keepAccessTokens(db);
    return { erased: erasedSince(db), auditKept: keepAudit(db) };
  });
};

/** Proves that the file is a whole database. Throws NOT_A_BACKUP, DATABASE_NEWER. */
export const checkBackup = async (file: string): Promise<{ events: number; orders: number }> => {
  const { events, orders, problems, problemCount } = await verify(file, {}).catch((error: unknown) => {
    throw notABackup(error, file);
  });
  const [first] = problems;
  if (first === undefined) return { events, orders };
  const at = first.orderId === null ? null : { orderId: first.orderId, version: first.version };
  throw new Refusal('NOT_A_BACKUP', {
    path: file,
    cause: { code: 'PROBLEMS', problems: problemCount, first: first.problem, at },
  });
};

/** What is wrong with the file is no fault of the database: its refusals say what to do about that one. */
const notABackup = (error: unknown, path: string): unknown => {
  if (isRefusal(error, 'DATABASE_MISSING')) return new Refusal('NOT_A_BACKUP', { path, cause: null });
  if (isRefusal(error, 'DATABASE_FOREIGN') || isRefusal(error, 'DATABASE_DAMAGED'))
    return new Refusal('NOT_A_BACKUP', { path, cause: error.detail.cause });
  return error;
};

/**
 * Leaving the write-ahead log works only for the last connection, so it proves that no other process has the database open.
 * Returns what it has given away. Throws SQLITE_BUSY while a process has it open.
 */
const takeOver = (path: string): Given => {
  const db = connect(path, { readonly: false, timeoutMs: 0 });
  try {
    const isNew = isEmpty(db);
    if (!isNew) checkIdentity(db, path);
    const seal = isNew ? null : sealIn(db);
    // What has moved is never written to again.
    if (seal !== null) throw new Refusal('DATABASE_SEALED', { database: path, to: seal.to });
    db.pragma('journal_mode = DELETE');
    if (isNew) return NOTHING_GIVEN;
    // So that the same queries read it and the copy.
    if (schemaOf(db) < KNOWN_SCHEMA) migrate(db);
    const numbers = db.prepare<[], Given['numbers'][number]>('select name, value from sequences').all();
    return { numbers, marks: storedMarks(db), epochs: storedEpochs(db), database: path };
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

type Room = { readonly given: Given; readonly aside: string | null };

/** Makes `path` ready to be written over: what it had given away, or where a damaged file went. */
const makeRoom = (path: string): Room => {
  if (fileSize(path) === null) {
    createPrivateFile(path);
    return { given: NOTHING_GIVEN, aside: null };
  }
  try {
    return { given: takeOver(path), aside: null };
  } catch (error) {
    if (!isBeyondRepair(error)) throw databaseError(error, path);
    const aside = setAside(path);
    createPrivateFile(path);
    return { given: NOTHING_GIVEN, aside };
  }
};

/** SQLite's own copy into `path`: one transaction, so that a crash leaves the old content or the new. */
export const copyInto = async (file: string, path: string): Promise<void> => {
  const source = openAnySchema(file, BUSY_TIMEOUT_MS);
  const end = performance.now() + BUSY_TIMEOUT_MS;
  let remaining = Number.POSITIVE_INFINITY;
  try {
    await source.backup(path, {
      progress: ({ remainingPages, totalPages }) => {
        if (remainingPages >= remaining && remainingPages < totalPages && performance.now() > end) {
          throw new Refusal('DATABASE_BUSY', { database: path });
        }
        remaining = remainingPages;
        return PAGES_A_STEP;
      },
    });
  } finally {
    source.close();
  }
};

const remove = (path: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
};

/**
 * Replaces the content of the database at `path` (made if there is none) with that of the backup `file`, which is
 * checked first. It draws a new mark for the names of services and calls, begins an epoch of the feed, passes over ten thousand numbers of orders and
 * customers, erases the customers again who were erased since the backup, keeps the audit since then, and tells each open
 * order that its history may be lost. All of that is done to a copy beside it, so that
 * there is never a restored database without it. Refusals: DATABASE_BUSY while any process has the
 * database open, NOT_A_BACKUP and DATABASE_NEWER of the backup, DISK_FULL. Nothing is changed then.
 */
export const restore = async (
  file: string,
  path: string,
  { ids, tell }: RestoreOptions,
): Promise<Restored> => {
  const checked = await checkBackup(file);
  const { given, aside } = makeRoom(path);
  const part = partName(path);
  try {
    createPrivateFile(part);
    await copyInto(file, part);
    const told = await renewed(part, given, { ids, tell });
    await copyInto(part, path);
    makePrivate(path);
    return { ...checked, ...told, setAside: aside };
  } catch (error) {
    throw databaseError(error, path);
  } finally {
    remove(part);
  }
};

/** As they are in the file: a process that opens it to write draws one if there is none. */
const marksOf = (path: string): KeyMarks | null => {
  const db = openAnySchema(path, BUSY_TIMEOUT_MS);
  try {
    return storedMarks(db);
  } finally {
    db.close();
  }
};

/** Erases whom the replaced database has erased, so that no page of the copy holds them. */
const eraseAgain = async (store: Store, erased: readonly ErasedCustomer[]): Promise<void> => {
  if (erased.length === 0) return;
  await store.write(async (tx) => {
    for (const { customerId, at } of erased) await tx.vault.erase(customerId, at);
  });
  if (!(await store.scrub())) throw new Error('somebody reads the copy that is to be restored');
};

/** Renews the copy and tells its open orders. */
const renewed = async (
  part: string,
  given: Given,
  { ids, tell }: RestoreOptions,
): Promise<Pick<Restored, 'openOrders' | 'erasedAgain' | 'auditKept'>> => {
  const mark = markOfLost(marksOf(part), given.marks);
  const db = await openForWriting(part, { create: false, busyTimeoutMs: BUSY_TIMEOUT_MS, ids, by: null });
  let carried: CarriedOver;
  try {
    carried = renew(db, given, ids);
  } finally {
    db.close();
  }
  const store = await openStore({ path: part, mode: 'write', create: false, ids });
  try {
    const { erased, auditKept } = carried;
    await eraseAgain(store, erased ?? []);
    return { openOrders: await tell(store, mark), erasedAgain: erased?.length ?? null, auditKept };
  } finally {
    await store.close();
  }
};
