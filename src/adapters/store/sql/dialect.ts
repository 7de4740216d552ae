import {
  type Dialect,
  type Driver,
  type Expression,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';

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
 * What differs between SQLite and another database: all of it is in this file and in ../sqlite/ (how a transaction
 * begins, the file itself, the migrations).
 */
export const compileOnly: Dialect = {
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => noDriver,
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
};

/** `text` contains `part`. Both are taken as they are: no wildcards. */
export const contains = (text: Expression<string>, part: string): RawBuilder<boolean> =>
  sql<boolean>`instr(${text}, ${part}) > 0`;

/** A column's value is one of the texts of a JSON array; one SQL text whatever the array's length. */
export const oneOf = (column: Expression<string>, jsonArray: string): RawBuilder<boolean> =>
  sql<boolean>`${column} in (select value from json_each(${jsonArray}))`;

/** For a row that is there already: these columns are set to what was to be inserted, so each value is bound once. */
export const incoming = <C extends string>(columns: readonly C[]): Readonly<Record<C, RawBuilder<never>>> =>
  Object.fromEntries(columns.map((column) => [column, sql.ref(`excluded.${column}`)])) as Record<
    C,
    RawBuilder<never>
  >;

/** For a row that is there already: a column is not what was to be inserted. */
export const differs = (table: string, column: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${table}.${column}`)} is distinct from ${sql.ref(`excluded.${column}`)}`;
