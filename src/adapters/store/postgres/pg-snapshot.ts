import type { Client, ClientBase } from 'pg';
import { columnsOf, type PortableRow, type PortableTable, type Sequences } from '../sql/portable.ts';
import type { Line } from './connect.ts';
import { mayRunAgain } from './pg-error.ts';
import { LOCK_FEED, NUMBER } from './pg-feed.ts';
import { HISTORY } from './timeline.ts';

/** Rows of one read. */
const CHUNK = 2_000;
const MOST_TRIES = 20;

/** One state of the whole database; others write meanwhile. */
export type PgSnapshot = {
  readonly client: ClientBase;
  /** Hears of the rows of a table, some at a time. */
  readonly rows: (
    table: PortableTable,
    hear: (rows: readonly PortableRow[]) => void | Promise<void>,
  ) => Promise<void>;
  readonly sequences: () => Promise<Sequences>;
};

/** A whole database is read in one transaction, however long that takes. */
export const PATIENT = 'set local statement_timeout = 0';

const READ_ONLY = 'begin isolation level repeatable read read only';

/**
 * Events in the order of the feed. What had no number when the state was taken gets the ones that were given it then, and so
 * nobody else can have numbered it otherwise.
 */
const EVENTS = `
with numbered as (
  select n, position from feed
  union all
  select (select coalesce(max(n), 0) from feed) + row_number() over (order by position), position from feed_queue)
select n, ${columnsOf('events')
  .split(', ')
  .slice(1)
  .map((column) => `e.${column}`)
  .join()}
from numbered join events e using (position) order by n`;

const REST: Partial<Readonly<Record<PortableTable, string>>> = {
  audit: ' order by id',
  meta: ` where name <> '${HISTORY}'`,
};

const rowsOf = (table: PortableTable): string =>
  table === 'events' ? EVENTS : `select ${columnsOf(table)} from ${table}${REST[table] ?? ''}`;

const SEQUENCES = `select
  (select case when is_called then last_value else last_value - 1 end from order_numbers) as "order",
  (select case when is_called then last_value else last_value - 1 end from customer_numbers) as customer`;

const snapshotOn = (client: ClientBase): PgSnapshot => ({
  client,
  rows: async (table, hear) => {
    await client.query(`declare portable no scroll cursor for ${rowsOf(table)}`);
    for (;;) {
      const text = { text: `fetch ${CHUNK} from portable`, rowMode: 'array' } as const;
      const { rows } = await client.query<unknown[]>(text);
      if (rows.length > 0) await hear(rows);
      if (rows.length < CHUNK) break;
    }
    await client.query('close portable');
  },
  sequences: async () => {
    const [row] = (await client.query<Sequences>(SEQUENCES)).rows;
    if (row === undefined) throw new Error('the sequences are not there');
    return row;
  },
});

/** Numbers all that is committed in the very state that `reader` then reads. Throws when others numbered meanwhile. */
const take = async (numberer: ClientBase, reader: ClientBase, line: Pick<Line, 'begin'>): Promise<void> => {
  await line.begin(numberer, 'begin isolation level repeatable read');
  await numberer.query(LOCK_FEED);
  const exported = await numberer.query<{ id: string }>('select pg_export_snapshot() as id');
  const id = exported.rows[0]?.id ?? '';
  // The state must be named before anything is asked.
  await reader.query(READ_ONLY);
  await reader.query(`set transaction snapshot '${id}'`);
  await reader.query(PATIENT);
  await numberer.query(NUMBER);
  await numberer.query('commit');
};

/** Runs `work` on one state of the database. */
export const inPgSnapshot = async <T>(
  { connect, line }: { readonly connect: () => Promise<Client>; readonly line: Pick<Line, 'begin'> },
  work: (snapshot: PgSnapshot) => Promise<T>,
): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    const numberer = await connect();
    const reader = await connect().catch(async (error: unknown) => {
      await numberer.end().catch(() => undefined);
      throw error;
    });
    try {
      await take(numberer, reader, line);
    } catch (error) {
      await Promise.allSettled([numberer.end(), reader.end()]);
      if (!mayRunAgain(error) || tries >= MOST_TRIES) throw error;
      continue;
    }
    await numberer.end().catch(() => undefined);
    try {
      return await work(snapshotOn(reader));
    } finally {
      await reader.end().catch(() => undefined);
    }
  }
};
