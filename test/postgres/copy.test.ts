import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../src/testing/store/postgres-server.fixture.ts';
import { HONG, type House, openHouse } from '../acceptance/house.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.end());

let house: House;
let to: string;
beforeEach(async () => {
  house = openHouse();
  to = await server.newPlace();
  for (let n = 0; n < 2; n += 1)
    await house.json(['order', 'new', ...HONG, '--duplicate-ok', '--key', `K-${n}`, '--yes']);
});
afterEach(() => house.close());

const COPY = (): readonly string[] => ['db', 'copy', '--to', to, '--yes'];
const NOTE = ['order', 'note', '1', '--text', 'x'];
const there = (): { readonly env: NodeJS.ProcessEnv } => ({ env: { OSS_DB: to } });

/** Where a database can be written to; both is what must never be. */
const writable = async (): Promise<{ readonly here: boolean; readonly there: boolean }> => ({
  here: (await house.oss(NOTE)).code === 0,
  there: (await house.oss(NOTE, there())).code === 0,
});

/** One of each kind everywhere; all of them where more is drawn. */
const some = (points: readonly string[], one: string): readonly string[] =>
  process.env.OSS_LONG_KILLS === undefined ? [one] : points;

describe('a database moves to a server', () => {
  test('whole, and is written to in one place alone', async () => {
    const head = await house.head();
    expect(await house.json(COPY())).toMatchObject({ state: 'copied', orders: 2, to });
    const sealed = await house.oss(NOTE);
    expect([sealed.code, sealed.stderr]).toEqual([78, expect.stringContaining('is sealed')]);
    expect((await house.oss(['status'], { env: { OSS_LANG: 'ko' } })).stderr).toMatch(/봉인되었습니다/);
    // The copy has told of itself before it was made, so the log is the same still.
    expect((await house.json(['db', 'verify'], there())).head).toBe(head);
    const file = join(house.folder, 'oss.db');
    expect(await house.json(['db', 'verify', '--against', file], there())).toMatchObject({ ok: true });
    expect((await house.json(['order', 'new', ...HONG, '--key', 'K-1', '--yes'], there())).orderId).toBe(
      'ORD-000002',
    );
    expect((await house.json(['order', 'new', ...HONG, '--duplicate-ok', '--yes'], there())).orderId).toBe(
      'ORD-000003',
    );
    expect((await house.oss(['audit', 'list'], there())).stdout).toContain('db.copy');
    expect(await house.json(COPY())).toMatchObject({ state: 'copied' });
    const back = await house.oss(['db', 'copy', '--unseal']);
    expect([back.code, back.stderr]).toEqual([4, expect.stringContaining('has moved')]);
    expect((await house.oss(['db', 'backup', join(house.folder, 'way-back.db')], there())).code).toBe(0);
  });

  test.each(some(['copy-sealed', 'copy-filled', 'copy-verified', 'copy-sealed-for-good'], 'copy-filled'))(
    'killed at %s it goes on when the same is said again, and never are both writable',
    async (point) => {
      const killed = await house.oss(COPY(), { env: { OSS_CRASH_POINT: point } });
      expect(killed.code).toBeNull();
      expect(await writable()).toEqual({ here: false, there: false });
      expect(await house.json(COPY())).toMatchObject({ state: 'copied', orders: 2 });
      expect(await writable()).toEqual({ here: false, there: true });
      expect(await house.json(['db', 'verify'], there())).toMatchObject({ ok: true });
    },
  );

  test.each(some(['copy-sealed', 'copy-verified', 'copy-sealed-for-good'], 'copy-verified'))(
    'killed at %s it can be given up, and is written down',
    async (point) => {
      await house.oss(COPY(), { env: { OSS_CRASH_POINT: point } });
      expect(await house.json(['db', 'copy', '--unseal'])).toMatchObject({ state: 'unsealed', to });
      expect(await writable()).toEqual({ here: true, there: false });
      expect((await house.oss(['audit', 'list'])).stdout).toContain('db.unseal');
      expect(await house.json(['db', 'verify'])).toMatchObject({ ok: true });
      // It may begin anew.
      expect(await house.json(COPY())).toMatchObject({ state: 'copied' });
      expect(await writable()).toEqual({ here: false, there: true });
    },
  );

  test('programs that know nothing of a seal meet it in the file', async () => {
    await house.oss(COPY(), { env: { OSS_CRASH_POINT: 'copy-sealed' } });
    const db = new Database(join(house.folder, 'oss.db'));
    for (const change of [
      "insert into events values (99, 'ORD-000009', 1, 'x', 'X', 1, '{}', 'now', 'me', null, '')",
      "update work set owner = 'older'",
      'delete from requests',
    ])
      expect(() => db.prepare(change).run()).toThrow('oss: moved to postgres://');
    db.close();
  });

  test('refuses what is there, what is no server, and what is on one', async () => {
    await house.json(['db', 'init'], there());
    await house.json(['order', 'new', ...HONG, '--yes'], there());
    const used = await house.oss(COPY());
    expect([used.code, used.stderr]).toEqual([4, expect.stringContaining('is not empty')]);
    expect((await house.oss(['db', 'copy', '--to', 'x.db', '--yes'])).code).toBe(78);
    expect(
      (await house.oss(['db', 'copy', '--to', 'postgres://u:geheim@h/d', '--yes'])).stderr,
    ).not.toContain('geheim@');
    expect((await house.oss(['db', 'copy'])).code).toBe(2);
    expect((await house.oss(['db', 'copy', '--unseal'])).code).toBe(4);
    const other = await server.newPlace();
    const oneWay = await house.oss(['db', 'copy', '--to', other, '--yes'], there());
    expect([oneWay.code, oneWay.stderr]).toEqual([2, expect.stringContaining('on a server already')]);
    // Nothing of it has changed the file.
    expect((await house.oss(NOTE)).code).toBe(0);
  });
});
