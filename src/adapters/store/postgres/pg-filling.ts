import type { Client, ClientBase } from 'pg';
import { Refusal } from '../../../core/rules/refusal.ts';
import { PORTABLE_TABLES } from '../sql/portable.ts';
import type { PortableSource } from '../sqlite/portable-source.ts';
import { addressOf, assertFit, type ConnectOptions, connectAlone, lineTo } from './connect.ts';
import { BEGIN, FILLING_LOCK, MIGRATION_LOCK } from './locks.ts';
import { assertEmpty, makeTables, schemaRow } from './migrate.ts';
import { pgError } from './pg-error.ts';
import { type LoadOptions, loadAll } from './pg-load.ts';

const BUSY_MS = 5_000;
const PROGRAM_TABLES = [...PORTABLE_TABLES, 'feed', 'feed_queue', 'writes', 'oss_schema'];
const FUNCTIONS = `select p.oid::regprocedure::text as name from pg_proc p
  where p.pronamespace = current_schema()::regnamespace and p.proname in (
    'events_queued', 'events_never_update', 'events_never_delete', 'audit_kept', 'audit_never_update',
    'audit_anchors_never_update', 'audit_anchors_never_delete', 'oss_compatible_from')`;

const USED = `select exists (select 1 from events) or exists (select 1 from customers)
  or exists (select 1 from audit) or exists (select 1 from technicians) or exists (select 1 from requests)
  or exists (select 1 from batches) or exists (select 1 from access_tokens) as used`;

const isUsed = async (client: ClientBase): Promise<boolean> =>
  (await client.query<{ used: boolean }>(USED)).rows[0]?.used !== false;

/** Takes away the tables of a database in which nothing is, or which an ended restore or copy has left half filled. */
const makeRoom = async (client: ClientBase, database: string): Promise<void> => {
  const row = await schemaRow(client, database);
  if (row === null) return assertEmpty(client, database);
  if (row.state === 'open' && (await isUsed(client))) throw new Refusal('DATABASE_NOT_EMPTY', { database });
  await client.query(`drop table ${PROGRAM_TABLES.join(', ')}`);
  await client.query('drop sequence order_numbers, customer_numbers');
  const { rows } = await client.query<{ name: string }>(FUNCTIONS);
  for (const { name } of rows) await client.query(`drop function ${name}`);
};

export type FillingOptions = {
  readonly url: string;
  readonly password: ConnectOptions['password'];
  /** Said by all who may use the database before it is open. */
  readonly token: string;
};

/**
 * empty: it may be filled, though something half filled may be there. ours: it is filled by this token, and not open. opened: by
 * this token. used: by others.
 */
export type FillingState = 'empty' | 'ours' | 'opened' | 'used';

/** A database that one process fills, while nobody else may use it. */
export type Filling = {
  readonly state: () => Promise<FillingState>;
  /** Puts everything of the source into it, in one transaction; `renew` changes what may not be the same in both. */
  readonly fill: (
    source: PortableSource,
    options?: LoadOptions & { readonly renew?: (client: ClientBase) => Promise<void> },
  ) => Promise<void>;
  /** Lets everybody in. false: somebody has taken the token away. */
  readonly open: () => Promise<boolean>;
  /** Nobody lets anybody in by this token any more. false: everybody is in already. */
  readonly giveUp: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

/** For as long as the connection lasts. */
const mustFillAlone = async (client: ClientBase, database: string): Promise<void> => {
  const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
    FILLING_LOCK,
  ]);
  if (rows[0]?.alone !== true) throw new Refusal('DATABASE_BUSY', { database });
};

/** Refusals: DATABASE_BUSY while another process fills it, DATABASE_POOLED, those of opening. */
export const openFilling = async ({ url, password, token }: FillingOptions): Promise<Filling> => {
  const line = lineTo({ address: addressOf(url), password, database: url, busyTimeoutMs: BUSY_MS, token });
  // It says a token for as long as it lasts, and holds a lock.
  if (!line.isOurs) throw new Refusal('DATABASE_POOLED', { database: url });
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw pgError(error, url);
    }
  };
  const client: Client = await told(() => connectAlone(line));
  const close = async (): Promise<void> => {
    await client.end().catch(() => undefined);
  };
  try {
    await told(async () => {
      await client.query('set statement_timeout = 0');
      await assertFit(client, url, line);
      await mustFillAlone(client, url);
    });
  } catch (error) {
    await close();
    throw error;
  }
  const state = async (): Promise<FillingState> => {
    const row = await schemaRow(client, url);
    if (row === null) return 'empty';
    if (row.token === token) return row.state === 'open' ? 'opened' : 'ours';
    return row.state === 'incoming' || !(await isUsed(client)) ? 'empty' : 'used';
  };
  return {
    state: () => told(state),
    fill: (source, { renew, ...options } = {}) =>
      told(async () => {
        await client.query(BEGIN);
        try {
          await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
          await makeRoom(client, url);
          await makeTables(client, token);
          await loadAll(client, source, options);
          await renew?.(client);
          await client.query('commit');
        } catch (error) {
          await client.query('rollback').catch(() => undefined);
          throw error;
        }
      }),
    open: () =>
      told(async () => {
        const opened = await client.query("update oss_schema set state = 'open' where token = $1", [token]);
        return opened.rowCount === 1;
      }),
    giveUp: () =>
      told(async () => {
        if ((await schemaRow(client, url)) === null) return true;
        await client.query("update oss_schema set token = null where token = $1 and state = 'incoming'", [
          token,
        ]);
        return (await state()) !== 'opened';
      }),
    close,
  };
};
