import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { usePlace } from '../../../testing/store/place.fixture.ts';
import { KNOWN_SCHEMA_TEXT } from './known-schema.ts';
import { initial } from './migrations/001-initial.ts';
import { KNOWN_SCHEMA, migrate } from './migrations/migrate.ts';
import { schemaDifferences, schemaText } from './schema-check.ts';

const place = usePlace();

const inMemory = (): Database.Database => {
  const db = new Database(':memory:');
  place.later(() => db.close());
  return db;
};

it('knows what the migrations make, of a new database and of one that was brought up to date', () => {
  const fresh = inMemory();
  migrate(fresh);
  const old = inMemory();
  old.exec(initial);
  old.pragma('user_version = 1');
  migrate(old);
  expect(schemaText(fresh)).toBe(KNOWN_SCHEMA_TEXT);
  expect(schemaText(old)).toBe(KNOWN_SCHEMA_TEXT);
  old.exec('analyze');
  expect(schemaDifferences(old, KNOWN_SCHEMA)).toEqual([]);
});

const MUTE = 'create trigger mute before insert on audit begin select raise(ignore); end';

it.each([
  [MUTE, 'foreign', 'trigger mute'],
  ['drop trigger audit_never_deleted', 'missing', 'trigger audit_never_deleted'],
  ['drop index view_stage', 'missing', 'index view_stage'],
  ['alter table breakers add column note text', 'changed', 'table breakers'],
  ['create table notes (note text)', 'foreign', 'table notes'],
])('finds what is not as it was made, and opens it for the check only: %s', async (sql, kind, object) => {
  const store = await place.open();
  await store.close();
  place.raw(place.file()).exec(sql);
  const refused = {
    code: 'DATABASE_DAMAGED',
    detail: { cause: { code: 'SCHEMA_OTHER', kind, object, more: 0 } },
  };
  await expect(place.open()).rejects.toMatchObject(refused);
  await expect(place.open({ mode: 'read', create: false })).rejects.toMatchObject(refused);
  const found = await (await place.open({ mode: 'read', create: false, asFound: true })).verify();
  expect(found.problems).toMatchObject([{ orderId: null, problem: `schema-${kind}: ${object}` }]);
});
