import type Database from 'better-sqlite3';
import type { Ids } from '../../../core/ports/runtime.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import { connect } from './connect.ts';
import { databaseError, writerError } from './database-error.ts';
import { createPrivateFile, fileSize, makePrivate } from './database-file.ts';
import { type Migrator, recordMigration } from './migration-row.ts';
import { APPLICATION_ID, KNOWN_SCHEMA, migrate, schemaOf } from './migrations/migrate.ts';
import { deadline, retryBusy } from './retry-busy.ts';
import { mustBeOurs } from './schema-check.ts';
import { isScrubbed, scrub } from './scrub.ts';
import { ensureMarked } from './stored-marks.ts';

/** Nothing was ever written to it. */
export const isEmpty = (db: Database.Database): boolean =>
  db.prepare('select count(*) from sqlite_schema').pluck().get() === 0 && schemaOf(db) === 0;

/**
 * Refuses what is not a database of ours (DATABASE_FOREIGN), is of a newer program (DATABASE_NEWER), or has nothing in
 * it yet (DATABASE_MISSING). Returns its schema.
 */
export const checkIdentity = (db: Database.Database, path: string): number => {
  if (isEmpty(db)) throw new Refusal('DATABASE_MISSING', { database: path });
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new Refusal('DATABASE_FOREIGN', { database: path, cause: { code: 'OTHER_PROGRAM' } });
  }
  const schema = schemaOf(db);
  if (schema > KNOWN_SCHEMA)
    throw new Refusal('DATABASE_NEWER', { database: path, schema, known: KNOWN_SCHEMA });
  return schema;
};

type Preparing = Pick<OpenFileOptions, 'create' | 'ids' | 'asFound' | 'by'>;

const prepare = (
  db: Database.Database,
  path: string,
  { create, ids, asFound = false, by }: Preparing,
): void => {
  const schema = create && isEmpty(db) ? 0 : checkIdentity(db, path);
  // Not before it is known to be ours: the rights of another program's file are none of our business.
  makePrivate(path);
  if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal') {
    throw new Refusal('DATABASE_FOREIGN', { database: path, cause: { code: 'NO_WRITE_AHEAD_LOG' } });
  }
  if (schema < KNOWN_SCHEMA)
    migrate(db, KNOWN_SCHEMA, (from) => by !== null && recordMigration(db, from, by()));
  if (!asFound) mustBeOurs(db, path);
  ensureMarked(db, ids);
};

export type OpenFileOptions = {
  readonly create: boolean;
  readonly busyTimeoutMs: number;
  /** What the mark of a database without one is drawn from. */
  readonly ids: Ids;
  /** Not refused when its schema is not as this program made it. */
  readonly asFound?: boolean;
  /** Who is written down when it is brought up to date; null: who restores it writes that down. */
  readonly by: (() => Migrator) | null;
};

const connectAnd = (
  path: string,
  options: Parameters<typeof connect>[1],
  check: (db: Database.Database) => void,
): Database.Database => {
  const db = connect(path, options);
  try {
    check(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/** A connection that may write, to a database of the known schema: made or brought up to date when needed. */
export const openForWriting = async (
  path: string,
  { create, busyTimeoutMs, ids, asFound = false, by }: OpenFileOptions,
): Promise<Database.Database> => {
  const size = fileSize(path);
  if (size === null && !create) throw new Refusal('DATABASE_MISSING', { database: path });
  if (size === null) createPrivateFile(path);
  // The writer never blocks the process: a write that waits for the lock retries (group-commit.ts).
  const attempt = () =>
    connectAnd(path, { readonly: false, timeoutMs: 0 }, (db) =>
      prepare(db, path, { create, ids, asFound, by }),
    );
  try {
    const db = await retryBusy(attempt, deadline(busyTimeoutMs));
    await workOff(db, path);
    return db;
  } catch (error) {
    throw writerError(error, path);
  }
};

/** What an erasure could not do beside a reader. No process waits for it: the next one that opens the file tries again. */
const workOff = async (db: Database.Database, path: string): Promise<void> => {
  try {
    if (!isScrubbed(db)) await scrub(path, { waitMs: 0 });
  } catch (error) {
    db.close();
    throw error;
  }
};

/**
 * A connection that cannot write, to a database of ours of any schema up to the known one: for the log, which is the
 * same in all of them, and for copies. Changes nothing.
 */
export const openAnySchema = (path: string, busyTimeoutMs: number): Database.Database =>
  openAnd(path, busyTimeoutMs, checkIdentity);

/** A connection that cannot write, to a database of the known schema that is as this program made it. Changes nothing. */
export const openForReading = (
  path: string,
  busyTimeoutMs: number,
  { asFound = false }: Pick<OpenFileOptions, 'asFound'> = {},
): Database.Database =>
  openAnd(path, busyTimeoutMs, (db) => {
    const check = db.transaction(() => {
      const schema = checkIdentity(db, path);
      if (schema < KNOWN_SCHEMA)
        throw new Refusal('DATABASE_OLDER', { database: path, schema, known: KNOWN_SCHEMA });
      if (!asFound) mustBeOurs(db, path);
    });
    // In one state: another process may bring it up to date meanwhile.
    check.deferred();
  });

const openAnd = (
  path: string,
  busyTimeoutMs: number,
  check: (db: Database.Database, path: string) => void,
): Database.Database => {
  if ((fileSize(path) ?? 0) === 0) throw new Refusal('DATABASE_MISSING', { database: path });
  try {
    return connectAnd(path, { readonly: true, timeoutMs: busyTimeoutMs }, (db) => check(db, path));
  } catch (error) {
    throw databaseError(error, path);
  }
};
