import {
  type Dialect,
  type Driver,
  type Expression,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';

/** The databases that the queries of this folder are compiled for. */
export type DialectName = 'sqlite' | 'postgres';

const refuse = async (): Promise<never> => {
  throw new Error('a query was run outside a transaction of the store');
};

/** A query on an outer handle while a transaction is open hangs for ever; so kysely is given no connection at all. */
const noDriver: Driver = {
  init: async () => undefined,
  acquireConnection: refuse,
  beginTransaction: refuse,
  commitTransaction: refuse,
  rollbackTransaction: refuse,
  releaseConnection: refuse,
  destroy: async () => undefined,
};

/**
 * What differs between the databases: all of it is in this file and in the folder of each (how a transaction begins, the
 * connection, the migrations).
 */
export const COMPILE_ONLY: Readonly<Record<DialectName, Dialect>> = {
  sqlite: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => noDriver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
  postgres: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => noDriver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
};

let current: DialectName = 'sqlite';

/** The database for which a query is being built. */
export const dialect = (): DialectName => current;

/** Builds and compiles queries for a database. `build` never awaits. */
export const inDialect = <T>(name: DialectName, build: () => T): T => {
  const outer = current;
  current = name;
  try {
    return build();
  } finally {
    current = outer;
  }
};

/** `text` contains `part`. Both are taken as they are: no wildcards. */
export const contains = (text: Expression<string>, part: string): RawBuilder<boolean> =>
  dialect() === 'sqlite'
    ? sql<boolean>`instr(${text}, ${part}) > 0`
    : sql<boolean>`strpos(${text}, ${part}) > 0`;

/** `text` has syllables that follow each other and lie within these ranges. */
export const hasSyllables = (
  text: Expression<string>,
  ranges: readonly (readonly [first: string, last: string])[],
): RawBuilder<boolean> => {
  const classes = ranges.map(([first, last]) => `[${first}-${last}]`).join('');
  return dialect() === 'sqlite'
    ? sql<boolean>`${text} glob ${`*${classes}*`}`
    : sql<boolean>`${text} collate "C" ~ ${classes}`;
};

/** A column's value is one of the texts of a JSON array; one SQL text whatever the array's length. */
export const oneOf = (column: Expression<string>, jsonArray: string): RawBuilder<boolean> =>
  dialect() === 'sqlite'
    ? sql<boolean>`${column} in (select value from json_each(${jsonArray}))`
    : sql<boolean>`${column} in (select jsonb_array_elements_text(${jsonArray}::jsonb))`;

/** A text in the JSON of a column `doc`. Each of `path` is a name of ours. */
export const textIn = (...path: readonly string[]): RawBuilder<string> =>
  dialect() === 'sqlite'
    ? sql<string>`doc ->> ${sql.lit(`$.${path.join('.')}`)}`
    : sql<string>`(doc::jsonb #>> ${sql.lit(`{${path.join(',')}}`)}) collate "C"`;

/** For a row that is there already: these columns are set to what was to be inserted, so each value is bound once. */
export const incoming = <C extends string>(columns: readonly C[]): Readonly<Record<C, RawBuilder<never>>> =>
  Object.fromEntries(columns.map((column) => [column, sql.ref(`excluded.${column}`)])) as Record<
    C,
    RawBuilder<never>
  >;

/** For a row that is there already: a column is not what was to be inserted. */
export const differs = (table: string, column: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${table}.${column}`)} is distinct from ${sql.ref(`excluded.${column}`)}`;
