import { expect, test } from 'vitest';
import { PORTABLE } from '../sql/portable.ts';
import { openInMemory } from './connect.ts';
import { migrate } from './migrations/migrate.ts';

test('a portable copy has every table and every column that there is, but the sequences, which go apart', () => {
  const db = openInMemory();
  migrate(db);
  const tables = db
    .prepare<[], string>("select name from sqlite_schema where type = 'table' and name not like 'sqlite%'")
    .pluck()
    .all();
  const columns = (table: string): readonly string[] =>
    db.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table);
  const made = Object.fromEntries(
    tables.filter((table) => table !== 'sequences').map((table) => [table, [...columns(table)].sort()]),
  );
  db.close();
  const carried = Object.entries(PORTABLE).map(([table, names]) => [table, [...names].sort()]);
  expect(Object.fromEntries(carried)).toEqual(made);
});
