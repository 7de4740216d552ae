import { chownSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PooledPlaces, startPooled } from '../../src/testing/store/pooled-places.fixture.ts';
import { type PostgresServer, startPostgres } from '../../src/testing/store/postgres-server.fixture.ts';
import { HONG, type House, openHouse } from '../acceptance/house.ts';

let server: PostgresServer;
let unsafe: PostgresServer;
let pooled: PooledPlaces;
/** A database with one order. */
let good: string;
let house: House;
beforeAll(async () => {
  [server, unsafe, pooled] = await Promise.all([
    startPostgres(),
    startPostgres(['fsync=off']),
    startPooled(),
  ]);
  const rules = join(server.socket, 'data/pg_hba.conf');
  const kept = readFileSync(rules, 'utf8');
  writeFileSync(rules, `local all guest scram-sha-256\n${kept}`);
  if (process.getuid?.() === 0) chownSync(rules, 65_534, 65_534);
  good = await server.newPlace();
  const schema = /search_path%3D(\w+)/.exec(good)?.[1] ?? '';
  await sql(good, [
    "create role guest login password 'geheim'",
    `create role reader login; grant usage on schema ${schema} to reader`,
    'create role lonely login connection limit 0',
    'select pg_reload_conf()',
  ]);
  house = openHouse({ OSS_DB: good });
  await house.json(['db', 'init']);
  await house.json(['order', 'new', ...HONG, '--yes']);
  await sql(good, [`grant select on all tables in schema ${schema} to reader`]);
});
afterAll(async () => {
  await house.close();
  await Promise.all([server.end(), unsafe.end(), pooled.end()]);
});

const sql = async (url: string, statements: readonly string[]): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
};

const changed = (change: (url: URL) => void): string => {
  const url = new URL(good);
  change(url);
  return url.href;
};

const as = (user: string): string =>
  changed((url) => {
    url.username = user;
  });

const NOTE = ['order', 'note', '1', '--text', 'x'];

type Case = {
  readonly name: string;
  readonly url: () => string | Promise<string>;
  readonly line?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly exit: number;
  readonly en: RegExp;
  readonly ko: RegExp;
};

const CASES: readonly Case[] = [
  {
    name: 'an unknown host',
    url: () => 'postgres://no-such-host.invalid/oss',
    exit: 75,
    en: /cannot be reached[\s\S]*no-such-host[\s\S]*check --db/,
    ko: /연결할 수 없습니다/,
  },
  {
    name: 'no server there',
    url: () => changed((url) => url.searchParams.set('host', '/nonexistent')),
    exit: 75,
    en: /cannot be reached/,
    ko: /연결할 수 없습니다/,
  },
  {
    name: 'a wrong password',
    url: () => as('guest'),
    env: { OSS_POSTGRES_PASSWORD_COMMAND: 'echo falsch' },
    exit: 78,
    en: /does not let us in[\s\S]*password authentication failed[\s\S]*its password/,
    ko: /접속을 거부했습니다[\s\S]*비밀번호를 확인/,
  },
  {
    name: 'no password',
    url: () => as('guest'),
    exit: 78,
    en: /it asks for a password, and none is known/,
    ko: /비밀번호를 요구하는데/,
  },
  {
    name: 'a password in the URL',
    url: () => 'postgres://guest:geheim@localhost/oss',
    exit: 78,
    en: /a password stands in the URL[\s\S]*\.pgpass/,
    ko: /URL에 비밀번호가 들어 있습니다/,
  },
  {
    name: 'a wrong database',
    url: () =>
      changed((url) => {
        url.pathname = '/nowhere';
      }),
    exit: 78,
    en: /does not let us in[\s\S]*"nowhere" does not exist/,
    ko: /접속을 거부했습니다/,
  },
  {
    name: 'a server that may lose what it has acknowledged',
    url: () => unsafe.newPlace(),
    line: ['db', 'init'],
    exit: 78,
    en: /not fit to keep orders[\s\S]*fsync = off; on is needed/,
    ko: /fsync 설정이 off입니다/,
  },
  {
    name: 'a role that may only read, when it is to write',
    url: () => as('reader'),
    exit: 78,
    en: /does not let us in[\s\S]*permission denied/,
    ko: /접속을 거부했습니다/,
  },
  {
    name: 'a role that may not make tables',
    url: async () => {
      const url = new URL(await server.newPlace());
      url.username = 'reader';
      return url.href;
    },
    line: ['db', 'init'],
    exit: 78,
    en: /does not let us in[\s\S]*no schema of its search_path/,
    ko: /접속을 거부했습니다[\s\S]*search_path의 스키마/,
  },
  {
    name: 'tables of another program',
    url: async () => {
      const url = await server.newPlace();
      await sql(url, ['create table theirs (a int)']);
      return url;
    },
    line: ['db', 'init'],
    exit: 78,
    en: /is not a database of oss[\s\S]*another program made it/,
    ko: /oss의 데이터베이스가 아닙니다/,
  },
  {
    name: 'a newer schema',
    url: async () => {
      const url = await server.newPlace();
      await house.json(['db', 'init'], { env: { OSS_DB: url } });
      await sql(url, ['update oss_schema set version = 9, compatible_from = 9']);
      return url;
    },
    exit: 78,
    en: /was written by a newer oss[\s\S]*its schema is 9/,
    ko: /더 새로운 oss가 썼습니다/,
  },
  {
    name: 'too many connections',
    url: () => as('lonely'),
    exit: 75,
    en: /takes no more connections[\s\S]*max_connections/,
    ko: /연결을 더 받지 않습니다/,
  },
  {
    name: 'a pooler that nobody spoke of',
    url: async () => (await pooled.newPlace()).url,
    exit: 78,
    en: /a pooler stands in front of[\s\S]*\?listen=off/,
    ko: /앞에 연결 풀러가 있습니다/,
  },
  {
    name: 'a server without TLS, where it is wanted',
    url: () => changed((url) => url.searchParams.set('sslmode', 'verify-full')),
    exit: 78,
    en: /is not safe[\s\S]*does not speak TLS/,
    ko: /연결이 안전하지 않습니다[\s\S]*TLS를 지원하지 않습니다/,
  },
  {
    name: 'a line to another machine that nobody checks',
    url: () => 'postgres://db.example/oss?sslmode=require',
    exit: 78,
    en: /is not safe[\s\S]*postgres\.allowInsecure/,
    ko: /연결이 안전하지 않습니다/,
  },
  {
    name: 'a parameter that would do away with a time-out',
    url: () => 'postgres://localhost/oss?statement_timeout=0',
    exit: 78,
    en: /only host, options, sslmode/,
    ko: /\? 뒤에는 host/,
  },
];

describe('a database on a server that cannot be used is told in one clear error, and nothing is changed', () => {
  test.each(CASES)('$name', async ({ url, line = NOTE, env = {}, exit, en, ko }) => {
    const where = await url();
    const before = await house.head();
    for (const [lang, words] of [
      ['en', en],
      ['ko', ko],
    ] as const) {
      const ran = await house.oss(line, { env: { ...env, OSS_DB: where, OSS_LANG: lang } });
      expect({ code: ran.code, stderr: ran.stderr }).toEqual({
        code: exit,
        stderr: expect.stringMatching(words),
      });
      expect(ran.stderr).not.toMatch(/geheim|falsch| {4}at |undefined/);
      expect(ran.stdout).toBe('');
    }
    expect(await house.head()).toBe(before);
  });

  test.each([
    { name: 'a full disk', code: '53100', exit: 75, en: /the disk is full/, ko: /디스크가 가득 찼습니다/ },
    {
      name: 'a statement time-out',
      code: '57014',
      exit: 75,
      en: /did not answer in time/,
      ko: /제때 응답하지/,
    },
    { name: 'a lock time-out', code: '55P03', exit: 75, en: /the database is busy/, ko: /사용 중입니다/ },
  ])('$name of the server', async ({ code, exit, en, ko }) => {
    const before = await house.head();
    await sql(good, [
      `create function fails() returns trigger language plpgsql as
        $$ begin raise exception 'as the server says it' using errcode = '${code}'; end $$`,
      'create trigger fails before insert on texts for each row execute function fails()',
    ]);
    try {
      for (const [lang, words] of [
        ['en', en],
        ['ko', ko],
      ] as const) {
        const ran = await house.oss(NOTE, { env: { OSS_LANG: lang } });
        expect({ code: ran.code, stderr: ran.stderr }).toEqual({
          code: exit,
          stderr: expect.stringMatching(words),
        });
      }
    } finally {
      await sql(good, ['drop trigger fails on texts', 'drop function fails']);
    }
    expect(await house.head()).toBe(before);
  });

  test('what others hold is waited for, and not for ever', async () => {
    const holder = new Client({ connectionString: good });
    await holder.connect();
    await holder.query('begin');
    await holder.query('lock table texts');
    const ran = await house.oss(NOTE);
    await holder.query('rollback');
    await holder.end();
    expect([ran.code, ran.stderr]).toEqual([75, expect.stringContaining('the database is busy')]);
    expect((await house.oss(NOTE)).code).toBe(0);
  });

  test('the right password opens it, and stands nowhere', async () => {
    const file = join(house.folder, 'secret');
    writeFileSync(file, 'geheim\n', { mode: 0o600 });
    const env = { OSS_DB: as('guest'), OSS_POSTGRES_PASSWORD_FILE: file };
    const refused = await house.oss(['status'], { env });
    // It is let in, and may use nothing.
    expect([refused.code, refused.stderr]).toEqual([78, expect.stringContaining('may be used by this role')]);
    for (const line of [['config', 'list'], ['doctor'], ['whoami']]) {
      const { stdout, stderr } = await house.oss(line, { env });
      expect(stdout + stderr).not.toContain('geheim');
    }
  });
});
