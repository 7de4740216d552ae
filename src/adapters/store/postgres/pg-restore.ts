import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { Restored } from '../../../core/ports/maintenance.ts';
import type { Ids } from '../../../core/ports/runtime.ts';
import type { Store } from '../../../core/ports/store.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import { EPOCHS, epochAnew, epochsOfText, epochsToText, secondOf } from '../sql/epochs.ts';
import { KEY_MARKS, marksAnew, marksOfText, marksToText } from '../sql/key-marks.ts';
import { PORTABLE_TABLES } from '../sql/portable.ts';
import { markOfLost, PASSED_OVER } from '../sql/restored.ts';
import { openPortableSource, type PortableSource } from '../sqlite/portable-source.ts';
import { checkBackup } from '../sqlite/restore.ts';
import { addressOf, assertFit, type ConnectOptions, connectAlone, lineTo } from './connect.ts';
import { BEGIN, FILLING_LOCK, MIGRATION_LOCK } from './locks.ts';
import { assertEmpty, makeTables, schemaRow } from './migrate.ts';
import { openPgStore } from './open-store.ts';
import { pgError } from './pg-error.ts';
import { loadAll } from './pg-load.ts';

export type PgRestoreOptions = {
  readonly password: ConnectOptions['password'];
  readonly ids: Ids;
  /** How the names of the files begin that belong to the database and lie on this machine. */
  readonly beside: string;
  /** As of a restore into a file. */
  readonly tell: (store: Store, mark: string | null) => Promise<number>;
};

const BUSY_MS = 5_000;
const PROGRAM_TABLES = [...PORTABLE_TABLES, 'feed', 'feed_queue', 'writes', 'oss_schema'];
const FUNCTIONS = `select p.oid::regprocedure::text as name from pg_proc p
  where p.pronamespace = current_schema()::regnamespace and p.proname in (
    'events_queued', 'events_never_update', 'events_never_delete', 'audit_kept', 'audit_never_update',
    'audit_anchors_never_update', 'audit_anchors_never_delete', 'oss_compatible_from')`;

const USED = `select exists (select 1 from events) or exists (select 1 from customers)
  or exists (select 1 from audit) or exists (select 1 from technicians) or exists (select 1 from requests)
  or exists (select 1 from batches) or exists (select 1 from access_tokens) as used`;

/** Takes away the tables of a database in which nothing is, or which an ended restore or copy has left half filled. */
const makeRoom = async (client: ClientBase, database: string): Promise<void> => {
  const row = await schemaRow(client, database);
  if (row === null) return assertEmpty(client, database);
  if (row.state === 'open') {
    const { rows } = await client.query<{ used: boolean }>(USED);
    if (rows[0]?.used !== false) throw new Refusal('DATABASE_NOT_EMPTY', { database });
  }
  await client.query(`drop table ${PROGRAM_TABLES.join(', ')}`);
  await client.query('drop sequence order_numbers, customer_numbers');
  const { rows } = await client.query<{ name: string }>(FUNCTIONS);
  for (const { name } of rows) await client.query(`drop function ${name}`);
};

/** Fills the database with all that the source has. Nobody may use it before it is opened. */
const fill = async (
  client: ClientBase,
  source: PortableSource,
  { database, token, ids }: { readonly database: string; readonly token: string; readonly ids: Ids },
): Promise<string | null> => {
  await client.query(BEGIN);
  try {
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await makeRoom(client, database);
    await makeTables(client, token);
    await loadAll(client, source);
    const mark = await renew(client, ids);
    await client.query('commit');
    return mark;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
};

const metaOf = async (client: ClientBase, name: string): Promise<string | null> =>
  (await client.query<{ value: string }>('select value from meta where name = $1', [name])).rows[0]?.value ??
  null;

const putMeta = async (client: ClientBase, name: string, value: string): Promise<void> => {
  await client.query(
    'insert into meta values ($1, $2) on conflict (name) do update set value = excluded.value',
    [name, value],
  );
};

/** Nothing that it gives away from now on was given away before. Returns the mark of what is lost. */
const renew = async (client: ClientBase, ids: Ids): Promise<string | null> => {
  for (const name of ['order_numbers', 'customer_numbers'])
    await client.query(`select setval('${name}', nextval('${name}') - 1 + ${PASSED_OVER})`);
  const marks = marksOfText((await metaOf(client, KEY_MARKS)) ?? '');
  await putMeta(client, KEY_MARKS, marksToText(marksAnew(ids, marks)));
  const epochs = epochsOfText((await metaOf(client, EPOCHS)) ?? '') ?? [];
  const last = await client.query<{ n: number }>('select coalesce(max(n), 0) as n from feed');
  const next = epochAnew(epochs, { others: [], after: last.rows[0]?.n ?? 0, second: secondOf(ids) });
  await putMeta(client, EPOCHS, epochsToText(next));
  return markOfLost(marks, null);
};

/**
 * Puts a backup into the empty database of a server. Until its open orders have been told what they may have lost, nobody may use it;
 * killed before, it is begun anew. Refusals: DATABASE_NOT_EMPTY, DATABASE_BUSY while another process fills it, NOT_A_BACKUP,
 * DATABASE_NEWER of the backup, those of opening.
 */
export const pgRestore = async (
  file: string,
  url: string,
  { password, ids, beside, tell }: PgRestoreOptions,
): Promise<Restored> => {
  const checked = await checkBackup(file);
  const token = randomUUID();
  const place = { address: addressOf(url), password, database: url, busyTimeoutMs: BUSY_MS, token };
  const line = lineTo(place);
  // It says a token for as long as it lasts, and holds a lock.
  if (!line.isOurs) throw new Refusal('DATABASE_POOLED', { database: url });
  const source = await openPortableSource(file, { ids, beside });
  try {
    const client = await connectAlone(line);
    try {
      await client.query('set statement_timeout = 0');
      await assertFit(client, url, line);
      await mustFillAlone(client, url);
      const mark = await fill(client, source, { database: url, token, ids });
      const store = await openPgStore({ url, password, mode: 'write', create: false, ids, token });
      const openOrders = await tell(store, mark).finally(store.close);
      await client.query("update oss_schema set state = 'open', token = null");
      return { ...checked, openOrders, erasedAgain: null, auditKept: null, setAside: null };
    } finally {
      await client.end().catch(() => undefined);
    }
  } catch (error) {
    throw pgError(error, url);
  } finally {
    source.close();
  }
};

/** For as long as the connection lasts. */
const mustFillAlone = async (client: ClientBase, database: string): Promise<void> => {
  const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
    FILLING_LOCK,
  ]);
  if (rows[0]?.alone !== true) throw new Refusal('DATABASE_BUSY', { database });
};
