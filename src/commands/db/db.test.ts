import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { inEveryFormat, machineRoom } from '../../testing/cli/machine.fixture.ts';
import type { Desk } from '../../testing/cli/orders.fixture.ts';
import { asIntruder } from '../../testing/store/as-intruder.ts';

let desk: Desk;
afterEach(() => desk.close());

const home = (name = ''): string => join(desk.env().OSS_HOME ?? '', name);

/** What an intruder with write access to the file could do. */
const tamper = (sql: string): void => {
  const db = new Database(home('oss.db'));
  asIntruder(db, sql);
  db.close();
};

describe('db info, init, migrate', () => {
  it('tells size, orders, events and peers', async () => {
    desk = await machineRoom(1);
    expect(await inEveryFormat(desk, ['db', 'info'])).toMatchObject({
      path: home('oss.db'),
      orders: 1,
      binding: { simulated: true, ne: 'simulated' },
      simulated: true,
    });
    expect((await desk.oss(['db', 'migrate'])).exitCode).toBe(0);
  });

  it('makes a database that was named, private, once', async () => {
    desk = await machineRoom();
    const file = home('other.db');
    expect((await desk.oss(['db', 'info', '--db', file])).exitCode).toBe(78);
    const made = await desk.oss(['db', 'init', '--db', file, '-o', 'json']);
    expect(made.json()).toMatchObject({ path: file, orders: 0, binding: null });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await desk.oss(['db', 'init', '--db', file]);
    expect(again.exitCode).toBe(0);
    expect(again.stderr).toContain('the database was there already');
  });
});

describe('db bind', () => {
  const REAL = { OSS_NE_URL: 'http://127.0.0.1:9/ne', OSS_TM_URL: 'http://127.0.0.1:9/tm', OSS_NOW: '' };

  it('keeps a database to its peers until somebody says why not', async () => {
    desk = await machineRoom(1);
    const env = { ...desk.env(), ...REAL, OSS_NOW: undefined };
    const refused = await desk.oss(['order', 'note', '1', '--text', 'x'], { env });
    expect(refused.exitCode).toBe(78);
    expect(refused.stderr).toContain('it is bound to simulators');
    expect((await desk.oss(['db', 'bind'], { env })).exitCode).toBe(2);
    const bound = await desk.oss(['db', 'bind', '--reason', 'the real ones are there', '--json'], { env });
    expect(bound.json()).toMatchObject({ binding: { simulated: false, ne: 'http://127.0.0.1:9/ne' } });
    const again = await desk.oss(['db', 'bind', '--reason', 'again'], { env });
    expect(again.stderr).toContain('bound to these peers already');
    const audit = await desk.open(async (services) =>
      (await services.database('read')).read((tx) => tx.audit.list(10)),
    );
    expect(audit.filter(({ action }) => action === 'db.bind')).toMatchObject([
      { actor: 'supervisor:lee', detail: { reason: 'the real ones are there', fromNe: 'simulated' } },
    ]);
  });
});

describe('db verify', () => {
  it('says that the log is whole and prints a head, which holds later', async () => {
    desk = await machineRoom(1);
    const first = (await inEveryFormat(desk, ['db', 'verify'])) as { head: string };
    expect(first).toMatchObject({ ok: true, orders: 1, problemCount: 0 });
    await desk.oss(['order', 'note', '1', '--text', 'more']);
    expect((await desk.oss(['db', 'verify', '--head', first.head])).exitCode).toBe(0);
    expect((await desk.oss(['db', 'verify', '--head', 'nonsense'])).exitCode).toBe(2);
  });

  it('finds an edited event, and a tail that was cut off', async () => {
    desk = await machineRoom(2);
    const { stdout: head } = await desk.oss(['db', 'verify', '-o', 'id']);
    await desk.oss(['db', 'backup', home('before.db')]);
    tamper("delete from events where order_id = 'ORD-000002' and version > 3");
    // The read model still knows of them, until a rebuild makes it anew.
    expect((await desk.oss(['db', 'verify', '-o', 'json'])).json()).toMatchObject({
      problems: [
        { orderId: 'ORD-000002', problem: 'view' },
        { orderId: 'ORD-000002', problem: 'no-work' },
      ],
    });
    await desk.oss(['db', 'rebuild']);
    expect((await desk.oss(['db', 'verify'])).exitCode).toBe(0);
    expect((await desk.oss(['db', 'verify', '--head', head.trim()])).exitCode).toBe(1);
    expect((await desk.oss(['db', 'verify', '--against', home('before.db')])).exitCode).toBe(1);
    tamper("update events set at = '2020-01-01T00:00:00.000Z' where order_id = 'ORD-000001' and version = 2");
    const told = (await inEveryFormat(desk, ['db', 'verify'], 1)) as { problems: readonly object[] };
    expect(told.problems[0]).toMatchObject({ orderId: 'ORD-000001', version: 2, problem: 'hash' });
    expect((await desk.oss(['db', 'verify'])).stdout).toContain('DAMAGED');
  });
});

describe('db verify, beside the log', () => {
  it.each([
    ["delete from work where order_key like '%2'", 'ORD-000002', 'no-work', 'oss db rebuild makes'],
    ['update work set ne_due = null, tm_due = null, local_due = null', 'ORD-000001', 'no-work', 'rebuild'],
    ["update order_view set doc = json_set(doc, '$.stage', 'completed')", 'ORD-000001', 'view', 'rebuild'],
    ["update order_view set doc = '{'", 'ORD-000001', 'view', 'rebuild'],
    ["delete from order_view where order_id = 'ORD-000001'", 'ORD-000001', 'no-view', 'rebuild'],
    ['delete from customers', 'ORD-000001', 'no-customer', 'vault'],
    ['delete from addresses', 'ORD-000001', 'no-address', 'vault'],
    ['delete from texts', 'ORD-000001', 'no-text', 'vault'],
    ["delete from meta where name = 'binding'", null, 'no-binding', 'vault'],
    ["update audit set actor = 'cs:nobody'", null, /^audit-hash: .* #1$/, 'evidence'],
    ['drop index audit_at', null, 'schema-missing: index audit_at', 'db restore'],
  ])('finds what %s did, and says what to do next', async (sql, orderId, problem, next) => {
    desk = await machineRoom(2);
    await desk.oss(['order', 'note', '1', '--text', 'ring twice']);
    await desk.oss(['order', 'list', '--show-pii']);
    expect((await desk.oss(['db', 'verify'])).stdout).toContain('whole');
    tamper(sql);
    const told = await desk.oss(['db', 'verify', '-o', 'json']);
    expect(told.exitCode).toBe(1);
    const { problems } = told.json() as { problems: readonly { orderId: string; problem: string }[] };
    const expected = typeof problem === 'string' ? problem : expect.stringMatching(problem);
    expect(problems).toContainEqual({ orderId, version: null, position: null, problem: expected });
    expect((await desk.oss(['db', 'verify'])).stderr).toContain(next);
    const korean = await desk.oss(['--lang', 'ko', 'db', 'verify']);
    expect(korean.stdout, 'no code is left without words').not.toMatch(/no-[a-z]+|schema-|audit-[a-z]+:/);
  });

  it('opens no database whose schema somebody changed, and a rebuild does not make it good', async () => {
    desk = await machineRoom(1);
    tamper('create trigger mute before insert on audit begin select raise(ignore); end');
    for (const line of [
      ['db', 'rebuild'],
      ['status', '1'],
      ['db', 'migrate'],
      ['db', 'backup', home('b.db')],
    ]) {
      const { exitCode, stderr } = await desk.oss(line);
      expect(exitCode, line.join(' ')).toBe(78);
      expect(stderr, line.join(' ')).toContain('trigger mute is not ours');
    }
    expect((await desk.oss(['db', 'verify', '-o', 'json'])).json()).toMatchObject({
      problems: [{ problem: 'schema-foreign: trigger mute' }],
    });
  });
});

describe('db rebuild', () => {
  it('gives the stored bytes again, also after they were lost', async () => {
    desk = await machineRoom(3);
    const docs = (): unknown => {
      const db = new Database(home('oss.db'), { readonly: true });
      const rows = db.prepare('select * from order_view order by order_key').all();
      const due = db.prepare('select order_key, ne_due, tm_due, local_due, rank from work order by 1').all();
      db.close();
      return { rows, due };
    };
    const before = docs();
    expect(await inEveryFormat(desk, ['db', 'rebuild'])).toMatchObject({ orders: 3, changed: 0 });
    expect(docs()).toEqual(before);
    tamper('delete from order_view; delete from work; insert into work select * from work where 0');
    expect((await desk.oss(['db', 'rebuild'])).stdout).toContain('3 were not as the log says');
    expect(docs()).toEqual(before);
    tamper("update order_view set doc = '{' where order_id = 'ORD-000002'");
    expect((await desk.oss(['db', 'rebuild'])).exitCode).toBe(0);
    expect(docs()).toEqual(before);
  });
});

describe('db backup and restore', () => {
  it('copies privately, never over a file, and brings back after a yes', async () => {
    desk = await machineRoom(1);
    const file = home('b.db');
    expect((await desk.oss(['db', 'backup', file])).exitCode).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await desk.oss(['db', 'backup', file])).exitCode).toBe(4);
    await desk.oss(['order', 'note', '1', '--text', 'after the backup']);
    const count = async (): Promise<unknown> =>
      ((await desk.json(['db', 'info'])) as { events: number }).events;
    const after = await count();
    expect((await desk.oss(['db', 'restore', file])).exitCode).toBe(2);
    const no = await desk.oss(['db', 'restore', file], { tty: true, answers: [false] });
    expect(no.exitCode).toBe(6);
    expect(await count()).toBe(after);
    const restored = await desk.oss(['db', 'restore', file, '-y', '-o', 'json']);
    expect(restored.json()).toMatchObject({
      schema: 'oss.restored/1',
      orders: 1,
      openOrders: 1,
      erasedAgain: 0,
      auditKept: 1,
      setAside: null,
    });
    // Without the note, and with the event that it may be lost.
    expect(await count()).toBe(after);
    expect((await desk.oss(['events', '1'])).stdout).toMatch(/a backup was restored/);
  });

  it('makes no folder for a copy: nobody would find it there', async () => {
    desk = await machineRoom(1);
    const file = home('bakcups/monday.db');
    const { exitCode, stderr } = await desk.oss(['db', 'backup', file]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`mkdir -p ${home('bakcups')}`)]);
    expect(existsSync(home('bakcups'))).toBe(false);
  });

  it('looks at the file before it asks about it', async () => {
    desk = await machineRoom(1);
    for (const file of [home('.'), home('nothing.db')]) {
      const { exitCode, questions } = await desk.oss(['db', 'restore', file], { tty: true });
      expect([exitCode, questions]).toEqual([78, []]);
      const { exitCode: code, stderr } = await desk.oss(['db', 'restore', file]);
      expect(code).toBe(78);
      // Not of the database that would be replaced.
      expect(stderr).toContain('is no backup that can be restored');
      expect(stderr).not.toMatch(/--db|OSS_DB|db init/);
    }
    await desk.oss(['db', 'backup', home('good.db')]);
    const asked = await desk.oss(['db', 'restore', home('good.db')], { tty: true, answers: [false] });
    expect(asked.questions[0]).toMatch(/good\.db \(1 order, \d+ events\) in the place of/);
  });

  it('refuses what is no backup and changes nothing', async () => {
    desk = await machineRoom(1);
    expect((await desk.oss(['db', 'restore', home('nothing.db'), '-y'])).exitCode).toBe(78);
    expect(existsSync(home('nothing.db'))).toBe(false);
    expect((await desk.oss(['db', 'info'])).exitCode).toBe(0);
  });
});
