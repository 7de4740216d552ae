import type { ClientBase } from 'pg';
import {
  columnsOf,
  PORTABLE,
  PORTABLE_TABLES,
  type PortableRow,
  type PortableTable,
  quotedName,
} from '../sql/portable.ts';
import type { PortableSource } from '../sqlite/portable-source.ts';

/** Numbered by the database itself, unless it is told. */
const NUMBERED: readonly PortableTable[] = ['events', 'audit'];

const KINDS = `select column_name as name, data_type as kind from information_schema.columns
  where table_schema = current_schema() and table_name = $1`;

const insertOf = async (client: ClientBase, table: PortableTable): Promise<string> => {
  const { rows } = await client.query<{ name: string; kind: string }>(KINDS, [table]);
  const kinds = new Map(rows.map(({ name, kind }) => [name, kind]));
  const values = PORTABLE[table].map((column, i) => `$${i + 1}::${kinds.get(column) ?? 'text'}[]`);
  const told = NUMBERED.includes(table) ? ' overriding system value' : '';
  return `insert into ${quotedName(table)} (${columnsOf(table)})${told} select * from unnest(${values.join(', ')})`;
};

/** Each of the columns as one array, so that many rows are one statement. */
const columnArrays = (table: PortableTable, rows: readonly PortableRow[]): readonly unknown[][] =>
  PORTABLE[table].map((_, column) => rows.map((row) => row[column]));

/** The number that is given away next is the one behind the last. */
const goOn = (sequence: string): string => `select setval(${sequence}, greatest($1, 1), $1 > 0)`;

const LAST: Readonly<Record<'events' | 'audit', string>> = {
  events: 'select coalesce(max(position), 0) as last from events',
  audit: 'select coalesce(max(id), 0) as last from audit',
};

export type LoadOptions = {
  /** Hears how many events are there. */
  readonly onEvents?: (events: number) => void;
};

/**
 * Puts everything of a source into the empty tables of the database, in the transaction that is open on the connection: events with
 * their versions and hashes as they are, by the same order in the feed.
 */
export const loadAll = async (
  client: ClientBase,
  source: PortableSource,
  { onEvents = () => {} }: LoadOptions = {},
): Promise<void> => {
  await client.query('delete from after_looks');
  // The feed is the order of the source, and is made below.
  await client.query('alter table events disable trigger events_queued');
  let events = 0;
  for (const table of PORTABLE_TABLES) {
    let sent = 0;
    const insert = await insertOf(client, table);
    for (const rows of source.rows(table)) {
      await client.query({ name: `load-${table}`, text: insert, values: [...columnArrays(table, rows)] });
      sent += rows.length;
      if (table !== 'events') continue;
      events += rows.length;
      onEvents(events);
    }
    const there = await client.query<{ rows: number }>(`select count(*) as rows from ${quotedName(table)}`);
    if (there.rows[0]?.rows !== sent) throw new Error(`not all rows of ${table} have arrived`);
  }
  await client.query('alter table events enable trigger events_queued');
  await client.query('insert into feed (n, position) select position, position from events');
  await client.query(goOn(`'order_numbers'`), [source.sequences.order]);
  await client.query(goOn(`'customer_numbers'`), [source.sequences.customer]);
  for (const [table, column] of [
    ['events', 'position'],
    ['audit', 'id'],
  ] as const) {
    const last = (await client.query<{ last: number }>(LAST[table])).rows[0]?.last ?? 0;
    await client.query(goOn(`pg_get_serial_sequence('${table}', '${column}')`), [last]);
  }
  await client.query(`analyze ${PORTABLE_TABLES.map(quotedName).join(', ')}, feed`);
};
