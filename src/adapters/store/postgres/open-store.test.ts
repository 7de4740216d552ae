import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { appendTo, placed } from '../../../core/ports/contract/samples.contract.ts';
import { type PostgresServer, startPostgres } from '../../../testing/store/postgres-server.fixture.ts';
import { assertFit } from './connect.ts';
import { EVERYTHING_LOCK } from './locks.ts';
import { type OpenPgStoreOptions, openPgStore } from './open-store.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.end());

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const open = async (url: string, options: Partial<OpenPgStoreOptions> = {}) => {
  const store = await openPgStore({ url, mode: 'write', create: true, ...options });
  closers.push(store.close);
  return store;
};
const client = async (url: string) => {
  const made = new Client({ connectionString: url });
  await made.connect();
  closers.push(() => made.end());
  return made;
};
/** The same place with another part of its URL. */
const changed = (url: string, change: (url: URL) => void): string => {
  const other = new URL(url);
  change(other);
  return other.href;
};
const tables = async (url: string): Promise<number> => {
  const { rows } = await (await client(url)).query(
    'select count(*)::int as n from pg_tables where schemaname = current_schema()',
  );
  return rows[0].n;
};

const AT = '2026-11-24T05:00:00.000Z';

test('the samples that a server keeps of columns hold nobody, neither before nor after an erasure', async () => {
  const url = await server.newPlace();
  const store = await open(url);
  const said = { name: '왕상철', phone: '010-3126-6409', address: '대전광역시 유성구 테크노중앙로 189' };
  await store.write(async (tx) => {
    for (const n of [1, 2, 3]) {
      const customerId = `CUS-00000${n}`;
      await tx.vault.putCustomer({ customerId, name: said.name, phone: said.phone });
      await tx.vault.putAddress(`ORD-00000${n}`, customerId, said.address);
      await tx.vault.putText(`t${n}`, `ORD-00000${n}`, said.name);
      const asked = { orderId: `ORD-00000${n}`, fingerprint: 'of-what-was-asked', at: AT };
      await tx.requests.put('order.new', `K-${n}`, asked);
    }
  });
  const other = await client(url);
  await other.query('analyze');
  const { rows } = await other.query(
    'select attname, concat(most_common_vals, histogram_bounds) as sample from pg_stats where schemaname = current_schema()',
  );
  expect(rows.map(({ attname }) => attname)).toContain('customer_id');
  const held = [said.name, said.phone, said.phone.replaceAll('-', ''), said.address, 'of-what-was-asked'];
  expect(rows.filter(({ sample }) => held.some((text) => sample.includes(text)))).toEqual([]);
});

describe('opening a database of a server', () => {
  test('makes its tables once, whoever comes first', async () => {
    const url = await server.newPlace();
    const stores = await Promise.all(Array.from({ length: 6 }, () => open(url)));
    const [first, last] = [stores[0], stores.at(-1)];
    await first?.write((tx) => appendTo(tx, 'ORD-000001', placed()));
    expect(await last?.read((tx) => tx.events.load('ORD-000001'))).toHaveLength(1);
    const marks = await Promise.all(stores.map((store) => store.read((tx) => tx.meta.keyMarks())));
    expect(new Set(marks.map(({ current }) => current)).size).toBe(1);
    expect(marks[0]?.current).not.toBeNull();
  });

  test('makes nothing that was not asked for', async () => {
    const url = await server.newPlace();
    await expect(open(url, { create: false })).rejects.toMatchObject({ code: 'DATABASE_MISSING' });
    await expect(open(url, { mode: 'read' })).rejects.toMatchObject({ code: 'DATABASE_MISSING' });
    expect(await tables(url)).toBe(0);
  });

  test('to read refuses to write', async () => {
    const url = await server.newPlace();
    await (await open(url)).write((tx) => appendTo(tx, 'ORD-000001', placed()));
    const reader = await open(url, { mode: 'read' });
    await expect(reader.write(async () => 1)).rejects.toMatchObject({ code: 'DATABASE_READONLY' });
    await expect(reader.scrub()).rejects.toMatchObject({ code: 'DATABASE_READONLY' });
    expect(await reader.read((tx) => tx.events.load('ORD-000001'))).toHaveLength(1);
  });

  test('refuses tables that are none of ours, and a newer schema', async () => {
    const url = await server.newPlace();
    const other = await client(url);
    await other.query('create table foreign_table (n int)');
    await expect(open(url)).rejects.toMatchObject({ code: 'DATABASE_FOREIGN' });
    expect(await tables(url)).toBe(1);
    await other.query('drop table foreign_table');
    await (await open(url)).close();
    await other.query('update oss_schema set version = 3');
    await (await open(url)).close();
    await other.query('update oss_schema set compatible_from = 2');
    await expect(open(url)).rejects.toMatchObject({
      code: 'DATABASE_NEWER',
      detail: { schema: 3, known: 1 },
    });
  });

  test('a migration that this program does not know ends its writes, also of one that waited for it', async () => {
    const url = await server.newPlace();
    const store = await open(url);
    const other = await client(url);
    // As a migration does it, alone.
    await other.query('begin');
    await other.query('select pg_advisory_xact_lock($1)', [EVERYTHING_LOCK]);
    await other.query('update oss_schema set version = 2, compatible_from = 2');
    const waiting = store
      .write((tx) => appendTo(tx, 'ORD-000001', placed()))
      .catch((error: unknown) => error);
    const isWaiting = "select 1 from pg_locks where locktype = 'advisory' and not granted";
    while ((await other.query(isWaiting)).rowCount === 0);
    await other.query('commit');
    expect(await waiting).toMatchObject({ code: 'DATABASE_NEWER', detail: { schema: 2, known: 1 } });
    expect(await store.read((tx) => tx.events.orderIds('', 10))).toEqual([]);
  });

  test('refuses a server that is too old', async () => {
    const told = { server_version: '14.13', server_version_num: '140013', server_encoding: 'UTF8', pid: 1 };
    const old = { query: async () => ({ rows: [told] }) };
    const asked = assertFit(old as unknown as Client, 'postgres://db1/oss', { isOurs: true });
    await expect(asked).rejects.toMatchObject({
      code: 'DATABASE_UNFIT',
      detail: { setting: 'server_version', value: '14.13', wanted: '15' },
    });
  });

  test('an erasure that could not be ended beside others is ended by whoever opens the database next', async () => {
    const url = await server.newPlace();
    const store = await open(url, { busyTimeoutMs: 100 });
    await store.write(async (tx) => {
      await tx.vault.putCustomer({ customerId: 'CUS-000001', name: '홍길동', phone: '01012345678' });
      await tx.vault.erase('CUS-000001', '2026-11-24T05:00:00.000Z');
    });
    const other = await client(url);
    const marks = "select 1 from meta where name = 'scrub'";
    await other.query('begin');
    await other.query('select count(*) from customers');
    expect(await store.scrub()).toBe(false);
    await open(url);
    await other.query('rollback');
    expect((await other.query(marks)).rowCount).toBe(1);
    await open(url);
    expect((await other.query(marks)).rowCount).toBe(0);
    expect(await store.scrub()).toBe(true);
  });

  test('says who does not let us in, and never a password', async () => {
    const url = await server.newPlace();
    const noDatabase = changed(url, (one) => {
      one.pathname = '/nowhere';
    });
    const noRole = changed(url, (one) => {
      one.username = 'nobody';
    });
    const noServer = changed(url, (one) => one.searchParams.set('host', '/nonexistent'));
    const cases = [
      [noDatabase, 'DATABASE_CLOSED'],
      [noRole, 'DATABASE_CLOSED'],
      [noServer, 'DATABASE_UNREACHABLE'],
    ] as const;
    for (const [where, code] of cases) {
      const error: unknown = await open(where, { password: async () => 'geheim' }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({ code });
      expect(JSON.stringify(error)).not.toContain('geheim');
      expect(String(error)).not.toContain('geheim');
    }
  });

  test.each([
    ['acknowledges before it is durable', 'synchronous_commit', 'off'],
    ['fires no triggers', 'session_replication_role', 'replica'],
  ])('refuses a role that %s', async (_what, setting, value) => {
    const url = await server.newPlace();
    const unsafe = changed(url, (one) => {
      one.searchParams.set('options', `${one.searchParams.get('options')} -c ${setting}=${value}`);
    });
    await expect(open(unsafe)).rejects.toMatchObject({ code: 'DATABASE_UNFIT', detail: { setting, value } });
    expect(await tables(url)).toBe(0);
  });

  test('listens again when the connection was lost on which others tell of changes', async () => {
    const url = await server.newPlace();
    const over = new AbortController();
    closers.push(() => over.abort());
    await (await open(url)).changes(over.signal);
    const other = await client(url);
    const listeners = "from pg_stat_activity where query = 'listen oss_changes' and state = 'idle'";
    const pids = async (): Promise<readonly number[]> =>
      (await other.query<{ pid: number }>(`select pid ${listeners}`)).rows.map(({ pid }) => pid);
    const before = await pids();
    expect(before).toHaveLength(1);
    await other.query(`select pg_terminate_backend(pid) ${listeners}`);
    await vi.waitUntil(async () => (await pids()).some((pid) => !before.includes(pid)), { timeout: 20_000 });
  });

  test('refuses a server that may lose what it has acknowledged', async () => {
    const other = await startPostgres(['fsync=off']);
    closers.push(other.end);
    await expect(open(await other.newPlace())).rejects.toMatchObject({
      code: 'DATABASE_UNFIT',
      detail: { setting: 'fsync', value: 'off' },
    });
  });

  test('a write that waits too long for another is refused as busy', async () => {
    const url = await server.newPlace();
    const [one, other] = [await open(url), await open(url, { busyTimeoutMs: 50 })];
    let free = (): void => {};
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    let begun = (): void => {};
    const beginning = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow = one.write(
      async () => {
        begun();
        await held;
      },
      { keys: ['K'] },
    );
    await Promise.race([beginning, slow]);
    await expect(other.write(async () => 1, { keys: ['K'] })).rejects.toMatchObject({
      code: 'DATABASE_BUSY',
    });
    expect(await other.write(async () => 1, { keys: ['L'] })).toBe(1);
    free();
    await slow;
  });

  test('what a work has caught of a failed statement is not committed', async () => {
    const store = await open(await server.newPlace());
    const write = store.write(async (tx) => {
      await appendTo(tx, 'ORD-000001', placed());
      const [first] = await tx.events.load('ORD-000001');
      // The same version once more, by a hand that knows no better.
      await tx.events
        .append('ORD-000002', 'none', [placed()], { at: 'x\0', actor: 'cs:kim' })
        .catch(() => null);
      return first;
    });
    await expect(write).rejects.toThrow();
    expect(await store.read((tx) => tx.events.orderIds('', 10))).toEqual([]);
  });

  test("knows by how much the server's clock is ahead", async () => {
    const store = await open(await server.newPlace());
    await store.write(async () => 1, {});
    expect(Math.abs(store.clockAhead())).toBeLessThan(1_000);
  });
});
