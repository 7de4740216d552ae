import Database from 'better-sqlite3';
import { afterEach, expect, it } from 'vitest';
import { view } from '../../../../core/ports/contract/samples.contract.ts';
import { chainedFrom, type StoredAudit } from '../../sql/audit-chain.ts';
import { initial } from './001-initial.ts';
import { KNOWN_SCHEMA, migrate, schemaOf } from './migrate.ts';

let db: Database.Database | null = null;
afterEach(() => db?.close());

/** A database as the first version left it, with these documents in its read model. */
const firstVersion = (docs: readonly string[]): Database.Database => {
  db = new Database(':memory:');
  db.exec(initial);
  db.pragma('user_version = 1');
  const put = db.prepare(
    `insert into order_view values (?, ?, ?, 'placed', '', 1, null, null, 'C', '~', '~', '2', '', '', '')`,
  );
  for (const [i, doc] of docs.entries()) put.run(`10ORD-00000${i}`, `ORD-00000${i}`, doc);
  return db;
};

it('takes the orders in doubt from the documents of an older database, also beside one that cannot be read', () => {
  const id = 'ORD-000001';
  const docs = [view(id, { inDoubt: 2 }), view(id), view(id, { inDoubt: 1 })].map((doc) =>
    JSON.stringify(doc),
  );
  const old = firstVersion([...docs, '{"inDoubt":', '[]']);
  migrate(old);
  expect(schemaOf(old)).toBe(KNOWN_SCHEMA);
  const found = old.prepare('select in_doubt from order_view order by order_key').pluck().all();
  expect(found).toEqual([2, 0, 1, 0, 0]);
});

it('leaves no prints of customers who were erased before, and has their files scrubbed; others keep theirs', () => {
  const old = firstVersion([]);
  old.exec(`insert into customers values ('CUS-1', '', '', '', '', '2026'), ('CUS-2', 'n', 'n', '1', '1', null);
    insert into addresses values ('ORD-1', 'CUS-1', null), ('ORD-2', 'CUS-2', 'a');
    insert into requests values ('order new', 'K1', 'ORD-1', 'f1', ''), ('order new', 'K2', 'ORD-2', 'f2', '');`);
  migrate(old);
  expect(old.prepare('select fingerprint from requests order by key').pluck().all()).toEqual(['', 'f2']);
  expect(old.prepare("select value from meta where name = 'scrub'").pluck().get()).toMatch(
    /^rewrite [0-9a-f]{16}$/,
  );
});

it('makes the same tables whether a database is new or was brought up to date', () => {
  const tables = (one: Database.Database) =>
    one
      .prepare('select type, name from sqlite_schema order by type, name')
      .all()
      .concat(one.prepare("select name, type, dflt_value from pragma_table_info('order_view')").all());
  const old = tables(firstVersion([]));
  if (db !== null) migrate(db);
  const upgraded = db === null ? [] : tables(db);
  const fresh = new Database(':memory:');
  migrate(fresh);
  expect(upgraded).toEqual(tables(fresh));
  expect(upgraded).not.toEqual(old);
  fresh.close();
});

it('makes the audit of an older database the first segment of the chains, and loses nothing of it', () => {
  const old = firstVersion([]);
  const put = old.prepare('insert into audit (at, actor, action, subject, detail) values (?, ?, ?, ?, ?)');
  put.run('2026-01-01T00:00:00.000Z', 'cs:kim', 'pii.read', 'CUS-000001', '{}');
  put.run('2026-01-02T00:00:00.000Z', 'noc:lee', 'denied', 'customer erase', '{"a":1}');
  migrate(old);
  const rows = old.prepare<[], StoredAudit>('select * from audit order by id').all();
  expect(rows).toMatchObject([
    { id: 1, host: '', seq: 1, actor: 'cs:kim', subject: 'CUS-000001', os_user: '', purpose: null },
    { id: 2, host: '', seq: 2, actor: 'noc:lee', detail: '{"a":1}', order_ids: '[]' },
  ]);
  let hash = '';
  for (const row of rows) {
    hash = chainedFrom(hash, row);
    expect(row.hash).toBe(hash);
  }
});
