import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { appendTo, placed } from '../../../core/ports/contract/samples.contract.ts';
import { type PostgresServer, startPostgres } from '../../../testing/store/postgres-server.fixture.ts';
import { openPgStore } from './open-store.ts';

let server: PostgresServer;
let url: string;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.end());
beforeEach(async () => {
  url = await server.newPlace();
});

/** What `verify` finds after somebody has done that by hand. */
const foundAfter = async (...statements: readonly string[]): Promise<readonly unknown[]> => {
  const store = await openPgStore({ url, mode: 'write', create: true });
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await store.write((tx) => appendTo(tx, 'ORD-000001', placed()));
    for (const statement of statements) await client.query(statement);
    return (await store.verify()).problems;
  } finally {
    await client.end();
    await store.close();
  }
};

const MUTE = 'create function mute() returns trigger language plpgsql as $$ begin return null; end $$';

test('a database as this program made it', async () => {
  // What is none of the program's tables is none of its business.
  expect(await foundAfter('create table beside (n int primary key)', 'analyze')).toEqual([]);
});

test.each<[string, readonly string[], string]>([
  [
    'a foreign trigger, that can mute a table',
    [MUTE, 'create trigger mute before insert on addresses for each row execute function mute()'],
    'schema-foreign: trigger addresses.mute',
  ],
  [
    'a rule, that can do the same',
    ['create rule mute as on insert to addresses do instead nothing'],
    'schema-foreign: rule addresses.mute',
  ],
  [
    'rows that some do not see',
    ['alter table texts enable row level security'],
    'schema-foreign: row security texts',
  ],
  [
    'a trigger that is disabled',
    ['alter table events disable trigger events_never_update'],
    'schema-changed: trigger events.events_never_update',
  ],
  [
    'a trigger that does something else',
    [
      MUTE,
      'drop trigger audit_kept on audit',
      'create trigger audit_kept before delete on audit for each row execute function mute()',
    ],
    'schema-changed: trigger audit.audit_kept',
  ],
  [
    'a trigger that is gone',
    ['drop trigger events_never_delete on events'],
    'schema-missing: trigger events.events_never_delete',
  ],
  [
    'a function that does something else',
    [
      'create or replace function audit_kept() returns trigger language plpgsql as $$ begin return old; end $$',
    ],
    'schema-changed: function audit_kept',
  ],
  [
    'a key that is none any more',
    ['alter table requests drop constraint requests_pkey'],
    'schema-missing: index requests_pkey',
  ],
  [
    'versions that may come twice',
    ['alter table events drop constraint events_order_id_version_key'],
    'schema-missing: index events_order_id_version_key',
  ],
  ['an index that is gone', ['drop index view_open'], 'schema-missing: index view_open'],
])('verify finds %s', async (_name, statements, problem) => {
  expect(await foundAfter(...statements)).toEqual([expect.objectContaining({ problem })]);
});
