import { randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { Ids } from '../../../core/ports/runtime.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import { KEY_MARKS, marksAnew, marksToText } from '../sql/key-marks.ts';
import type { Line } from './connect.ts';
import { BEGIN, MIGRATION_LOCK } from './locks.ts';
import { initial } from './schema.ts';

/** The schema that this program makes. */
export const SCHEMA = 1;

/** Which programs may write, while nobody may. */
const NOT_OPEN = -1;

/**
 * One row: the schema, which programs may use it, and whether everybody may. A database that is being filled is for nobody but the
 * process that fills it, which says the token. The function is volatile, so that it sees what was committed while the statement
 * that calls it waited for locks.
 */
const SCHEMA_TABLE = `
create table oss_schema (
  version bigint not null,
  compatible_from bigint not null,
  state text not null check (state in ('open', 'incoming')),
  token text
);
create function oss_compatible_from() returns bigint language plpgsql volatile as $$ begin
  return (
    select case when state = 'open' or token = current_setting('oss.token', true) then compatible_from else ${NOT_OPEN} end
    from oss_schema);
end $$;`;

/** All that is made in an empty database. */
export const DEFINITIONS = `${initial}\n${SCHEMA_TABLE}`;

/** What the database says of its schema: programs that know `compatibleFrom` or more may use it. */
type SchemaRow = {
  readonly version: number;
  readonly compatible_from: number;
  readonly state: 'open' | 'incoming';
  readonly token: string | null;
};

/**
 * Where the tables of the program are: a foreign table of the same name in another schema is none of its business. Read as rows,
 * for `to_regclass` may answer what a connection knew before it waited for the lock.
 */
const isThere = async (client: ClientBase, table: string): Promise<boolean> => {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (
      select from pg_catalog.pg_tables where schemaname = current_schema() and tablename = $1) as found`,
    [table],
  );
  return rows[0]?.found === true;
};

/** What the database says of itself; null: it has no tables of ours. */
export const schemaRow = async (client: ClientBase, database: string): Promise<SchemaRow | null> => {
  if (!(await isThere(client, 'oss_schema'))) return null;
  const { rows } = await client.query<SchemaRow>(
    'select version, compatible_from, state, token from oss_schema',
  );
  const [row] = rows;
  if (row === undefined)
    throw new Refusal('DATABASE_FOREIGN', { database, cause: { code: 'OTHER_PROGRAM' } });
  return row;
};

/** Refuses what the schema, or who fills it, does not let this process do. Throws DATABASE_NEWER, DATABASE_INCOMING. */
export const mustBeCompatible = (compatibleFrom: number, version: number, database: string): void => {
  if (compatibleFrom === NOT_OPEN) throw new Refusal('DATABASE_INCOMING', { database });
  if (compatibleFrom > SCHEMA)
    throw new Refusal('DATABASE_NEWER', { database, schema: version, known: SCHEMA });
};

/** Whether the tables are there. Refuses a schema that this program does not know, or that is being filled. */
const isOurs = async (client: ClientBase, database: string, token: string | null): Promise<boolean> => {
  const row = await schemaRow(client, database);
  if (row === null) return false;
  const isForUs = row.state === 'open' || row.token === token;
  mustBeCompatible(isForUs ? row.compatible_from : NOT_OPEN, row.version, database);
  return true;
};

/** Only under the lock: another process may be making the tables. */
export const assertEmpty = async (client: ClientBase, database: string): Promise<void> => {
  const { rows } = await client.query<{ tables: number }>(
    'select count(*) as tables from pg_catalog.pg_tables where schemaname = current_schema()',
  );
  if (rows[0]?.tables !== 0) {
    throw new Refusal('DATABASE_FOREIGN', { database, cause: { code: 'OTHER_PROGRAM' } });
  }
};

/** Makes the tables, in the transaction that is open. `token`: they are being filled by whoever says it. */
export const makeTables = async (client: ClientBase, token: string | null): Promise<void> => {
  await client.query(DEFINITIONS);
  const state = token === null ? 'open' : 'incoming';
  await client.query('insert into oss_schema values ($1, $1, $2, $3)', [SCHEMA, state, token]);
};

export type MigrateOptions = {
  /** How the database is named to people. */
  readonly database: string;
  readonly line: Pick<Line, 'begin'>;
  readonly ids: Ids;
  /** false: an empty database is refused (DATABASE_MISSING). */
  readonly create: boolean;
  /** Of the process that fills it; null: everybody else. */
  readonly token: string | null;
};

/**
 * Makes the tables of an empty database, in one transaction; of processes that come together one does it and the others wait.
 * Refusals: DATABASE_MISSING, DATABASE_FOREIGN, DATABASE_NEWER, DATABASE_INCOMING.
 */
export const migrate = async (
  client: ClientBase,
  { database, line, ids, create, token }: MigrateOptions,
): Promise<void> => {
  if (await isOurs(client, database, token)) return;
  await line.begin(client, BEGIN);
  try {
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    if (!(await isOurs(client, database, token))) {
      await assertEmpty(client, database);
      if (!create) throw new Refusal('DATABASE_MISSING', { database });
      await makeTables(client, null);
      const put = 'insert into meta (name, value) values ($1, $2)';
      await client.query(put, ['secret', randomBytes(32).toString('hex')]);
      await client.query(put, [KEY_MARKS, marksToText(marksAnew(ids, null))]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
};
