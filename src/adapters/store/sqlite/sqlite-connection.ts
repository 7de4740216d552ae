import type Database from 'better-sqlite3';
import type { CompiledQuery } from 'kysely';

/** One connection that runs what kysely compiled, keeps its prepared statements, and knows the words of a transaction. */
export type SqliteConnection = {
  /** Rows of a query, or of a change with RETURNING. */
  readonly rows: <R>(compiled: CompiledQuery<R>) => readonly R[];
  /** Rows as lists of their values, in the order of the query's columns: for what is read most. */
  readonly tuples: (compiled: CompiledQuery) => readonly (readonly unknown[])[];
  /** The first row: half the cost of `rows` where one is enough. */
  readonly first: <R>(compiled: CompiledQuery<R>) => R | undefined;
  /** Runs a change; returns how many rows it changed. */
  readonly change: (compiled: CompiledQuery) => number;
  /** Runs an insert; returns the number that SQLite gave the row. */
  readonly insert: (compiled: CompiledQuery) => number;
  /**
   * 'immediate' takes the write lock at once: a deferred transaction that reads and then writes fails with
   * SQLITE_BUSY_SNAPSHOT, whatever the time-out.
   */
  readonly begin: (mode: 'immediate' | 'deferred') => void;
  readonly commit: () => void;
  /** Does nothing when SQLite has rolled back by itself. */
  readonly rollback: () => void;
  readonly savepoint: () => void;
  readonly releaseSavepoint: () => void;
  readonly rollbackToSavepoint: () => void;
  /** How often something was taken back. */
  readonly rollbacks: () => number;
  /** PRAGMA data_version: changes when another connection has committed. */
  readonly dataVersion: () => number;
  readonly close: () => void;
};

/** Queries whose text varies (lists with filters) are few, but not bounded: past this the cache starts anew. */
const MAX_STATEMENTS = 500;

type Reader = {
  readonly tuples: (parameters: readonly unknown[]) => readonly (readonly unknown[])[];
  readonly all: (parameters: readonly unknown[]) => readonly object[];
  readonly get: (parameters: readonly unknown[]) => object | undefined;
};

/** Reads rows as lists, which cost half as much as objects whose names are looked up for each row. */
const rowReader = (statement: Database.Statement): Reader => {
  const names = statement.columns().map(({ name }) => name);
  const raw = statement.raw();
  const toRow = (values: readonly unknown[]): object => {
    const row: Record<string, unknown> = {};
    let i = 0;
    for (const name of names) {
      row[name] = values[i];
      i += 1;
    }
    return row;
  };
  return {
    tuples: (parameters) => raw.all(parameters) as unknown[][],
    all: (parameters) => (raw.all(parameters) as unknown[][]).map(toRow),
    get: (parameters) => {
      const values = raw.get(parameters) as unknown[] | undefined;
      return values === undefined ? undefined : toRow(values);
    },
  };
};

/** Takes over a connection of better-sqlite3. */
export const sqliteConnection = (db: Database.Database): SqliteConnection => {
  const statements = new Map<string, Database.Statement>();
  const readers = new Map<string, Reader>();
  const prepare = (sql: string): Database.Statement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    if (statements.size >= MAX_STATEMENTS) statements.clear();
    const statement = db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const reader = (sql: string): Reader => {
    const known = readers.get(sql);
    if (known !== undefined) return known;
    if (readers.size >= MAX_STATEMENTS) readers.clear();
    const made = rowReader(db.prepare(sql));
    readers.set(sql, made);
    return made;
  };
  const exec = (sql: string) => (): void => {
    prepare(sql).run();
  };
  let rollbacks = 0;

  return {
    // SQLite's rows have the shape that kysely derived from the same query.
    rows: <R>({ sql, parameters }: CompiledQuery<R>) => reader(sql).all(parameters) as R[],
    tuples: ({ sql, parameters }) => reader(sql).tuples(parameters),
    first: <R>({ sql, parameters }: CompiledQuery<R>) => reader(sql).get(parameters) as R | undefined,
    change: ({ sql, parameters }) => prepare(sql).run(parameters).changes,
    insert: ({ sql, parameters }) => Number(prepare(sql).run(parameters).lastInsertRowid),
    begin: (mode) => {
      prepare(mode === 'immediate' ? 'begin immediate' : 'begin deferred').run();
    },
    commit: exec('commit'),
    rollback: () => {
      rollbacks += 1;
      if (db.inTransaction) prepare('rollback').run();
    },
    savepoint: exec('savepoint one_write'),
    releaseSavepoint: exec('release one_write'),
    rollbackToSavepoint: () => {
      rollbacks += 1;
      prepare('rollback to one_write').run();
      prepare('release one_write').run();
    },
    rollbacks: () => rollbacks,
    dataVersion: () => Number(db.pragma('data_version', { simple: true })),
    close: () => {
      db.close();
    },
  };
};
