import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { KeyMarks } from '../../../core/values/keys.ts';
import { asIntruder } from '../../../testing/store/as-intruder.ts';
import { append, note, orderId, usePlace } from '../../../testing/store/place.fixture.ts';
import { uuidIds } from '../../runtime/uuid-ids.ts';
import { initial } from './migrations/001-initial.ts';
import { APPLICATION_ID } from './migrations/migrate.ts';
import { type RestoreOptions, restore } from './restore.ts';

const place = usePlace();
const A = orderId(1);

const restored = (file: string, path = place.file(), tell: RestoreOptions['tell'] = async () => 0) =>
  restore(file, path, { ids: uuidIds(Date.now), tell });

const marksOf = async (path = place.file()): Promise<KeyMarks> => {
  const store = await place.open({ path, mode: 'read' });
  try {
    return await store.read((tx) => tx.meta.keyMarks());
  } finally {
    await store.close();
  }
};

const modeOf = (path: string): number => statSync(path).mode & 0o777;

/** A store with one order of `events` events. */
const storeWith = async (events: number, name = 'oss.db') => {
  const store = await place.open({ path: place.file(name) });
  for (let i = 0; i < events; i += 1) await store.write((tx) => append(tx, A, note(`T${i}`)));
  return store;
};

describe('backup', () => {
  it('copies what is committed into a private file that opens as a database', async () => {
    const store = await storeWith(3);
    const copy = place.file('copy.db');
    await store.backup(copy);
    await store.write((tx) => append(tx, A, note('later')));
    expect(modeOf(copy)).toBe(0o600);
    const opened = await place.open({ path: copy, mode: 'read', create: false });
    expect(await opened.read((tx) => tx.events.load(A))).toHaveLength(3);
    expect((await opened.verify()).problems).toEqual([]);
  });

  it('refuses a file that exists, and leaves it alone', async () => {
    const store = await storeWith(1);
    writeFileSync(place.file('copy.db'), 'mine');
    await expect(store.backup(place.file('copy.db'))).rejects.toMatchObject({ code: 'DATABASE_EXISTS' });
    expect(statSync(place.file('copy.db')).size).toBe(4);
    await expect(store.backup(place.file())).rejects.toMatchObject({ code: 'DATABASE_EXISTS' });
  });

  it('leaves nothing behind when it fails', async () => {
    const store = await storeWith(1);
    await store.close();
    const before = readdirSync(place.folder());
    writeFileSync(place.file('in-the-way'), '');
    await expect(store.backup(place.file('in-the-way/copy.db'))).rejects.toThrow();
    expect(readdirSync(place.folder()).sort()).toEqual([...before, 'in-the-way'].sort());
  });
});

describe('restore', () => {
  const backedUp = async (): Promise<string> => {
    const store = await storeWith(2);
    const copy = place.file('copy.db');
    await store.backup(copy);
    await store.write((tx) => append(tx, A, note('to be undone')));
    await store.close();
    return copy;
  };
  const eventsNow = async (): Promise<number> => {
    const store = await place.open({ create: false });
    const { length } = await store.read((tx) => tx.events.load(A));
    expect((await store.verify()).problems).toEqual([]);
    await store.write((tx) => tx.events.nextOrderId());
    await store.close();
    return length;
  };

  it('brings the backup of an older version up to date', async () => {
    const copy = place.raw(place.file('copy.db'));
    copy.exec(initial);
    copy.pragma(`application_id = ${APPLICATION_ID}`);
    copy.pragma('user_version = 1');
    expect(await restored(place.file('copy.db'))).toMatchObject({ events: 0 });
    expect(await eventsNow()).toBe(0);
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
  });

  it('brings back the state of the backup, private and writable', async () => {
    const copy = await backedUp();
    expect(await restored(copy)).toEqual({
      ...{ events: 2, orders: 1, openOrders: 0 },
      ...{ erasedAgain: 0, auditKept: 0, setAside: null },
    });
    expect(modeOf(place.file())).toBe(0o600);
    expect(await eventsNow()).toBe(2);
    expect((await place.open({ path: copy, mode: 'read' })).database).toBe(copy);
  });

  it('makes a database that is not there', async () => {
    const copy = await backedUp();
    const path = place.file('new/oss.db');
    await restored(copy, path);
    const store = await place.open({ path, create: false });
    expect(await store.read((tx) => tx.events.load(A))).toHaveLength(2);
  });

  it('never gives a number again that was given away since the backup', async () => {
    const copy = await backedUp();
    const store = await place.open({ create: false });
    const given = [1, 2, 3].map(() => store.write((tx) => tx.events.nextOrderId()));
    const last = (await Promise.all(given)).sort().at(-1) ?? '';
    await store.close();
    await restored(copy);
    const later = await place.open({ create: false });
    expect((await later.write((tx) => tx.events.nextOrderId())) > last).toBe(true);
    await later.close();
    writeFileSync(place.file(), 'scrambled '.repeat(2_000));
    await restored(copy);
    const mended = await place.open({ create: false });
    expect(await mended.write((tx) => tx.events.nextOrderId())).toMatch(/^ORD-010\d{3}$/);
  });

  it('passes over numbers also where the file was lost, or another one was made in its place', async () => {
    const copy = await backedUp();
    for (const made of [false, true]) {
      rmSync(place.file());
      if (made) await (await place.open()).close();
      await restored(copy);
      const store = await place.open({ create: false });
      const [order, customer] = await store.write(async (tx) => [
        await tx.events.nextOrderId(),
        await tx.vault.nextCustomerId(),
      ]);
      expect([order, customer]).toEqual(['ORD-010001', 'CUS-010001']);
      await store.close();
    }
  });

  it('draws a mark of its own, as does each copy and each new database, and knows the former ones', async () => {
    const copy = await backedUp();
    const [original, copied] = [await marksOf(), await marksOf(copy)];
    expect(original).toEqual({ current: expect.stringMatching(/^[0-9a-z]{8}$/), before: [] });
    expect(copied).toEqual({
      current: expect.not.stringMatching(`^${original.current}$`),
      before: [original.current],
    });
    await (await place.open({ path: place.file('other.db') })).close();
    expect((await marksOf(place.file('other.db'))).current).not.toBe(original.current);
    await restored(copy);
    const { current, before } = await marksOf();
    expect(before).toEqual([original.current, copied.current]);
    expect([original.current, copied.current]).not.toContain(current);
  });

  it('gives a mark to a database that has none, when it is opened to write', async () => {
    await (await place.open()).close();
    place.raw(place.file()).exec("delete from meta where name = 'key-marks'");
    expect(await marksOf()).toEqual({ current: null, before: [] });
    await (await place.open()).close();
    expect(await marksOf()).toEqual({ current: expect.any(String), before: [] });
  });

  it('has the open orders told before it is there, with the mark of the names that are lost', async () => {
    const copy = await backedUp();
    const original = await marksOf();
    const marks: (string | null)[] = [];
    const { openOrders } = await restored(copy, undefined, async (store, mark) => {
      marks.push(mark);
      await store.write((tx) => append(tx, A, note('told')));
      return 1;
    });
    expect([openOrders, await eventsNow()]).toEqual([1, 3]);
    // Over another one than it came from, over itself as it was restored, and over nothing.
    await (await place.open({ path: place.file('fresh.db') })).close();
    const tell = async (_: unknown, mark: string | null) => marks.push(mark);
    await restored(copy, place.file('fresh.db'), tell);
    await restored(copy, undefined, tell);
    await restored(copy, place.file('none.db'), tell);
    expect(marks).toEqual(Array(4).fill(original.current));
  });

  it('leaves all as it was when telling fails', async () => {
    const copy = await backedUp();
    const before = readdirSync(place.folder()).sort();
    const failed = restored(copy, undefined, () => Promise.reject(new Error('killed')));
    await expect(failed).rejects.toThrow('killed');
    expect(readdirSync(place.folder()).sort()).toEqual(before);
    expect(await eventsNow()).toBe(3);
  });

  it('refuses while somebody has the database open, whatever the mode, and changes nothing', async () => {
    const copy = await backedUp();
    for (const mode of ['read', 'write'] as const) {
      const store = await place.open({ mode, create: false });
      await store.read((tx) => tx.events.head());
      await expect(restored(copy), mode).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
      expect(await store.read((tx) => tx.events.load(A)), mode).toHaveLength(3);
      await store.close();
    }
    await restored(copy);
    expect(await eventsNow()).toBe(2);
  });

  it('refuses a backup that is damaged, missing or foreign, and changes nothing', async () => {
    const copy = await backedUp();
    const db = place.raw(copy);
    asIntruder(db, "update events set actor = 'x'");
    db.close();
    await expect(restored(copy)).rejects.toMatchObject({
      code: 'NOT_A_BACKUP',
      detail: { cause: { code: 'PROBLEMS' } },
    });
    await expect(restored(place.file('none'))).rejects.toMatchObject({
      code: 'NOT_A_BACKUP',
      detail: { cause: null },
    });
    writeFileSync(place.file('text'), 'text '.repeat(1_000));
    await expect(restored(place.file('text'))).rejects.toMatchObject({
      code: 'NOT_A_BACKUP',
      detail: { cause: { code: 'NOT_SQLITE' } },
    });
    expect(existsSync(place.file('none'))).toBe(false);
    expect(await eventsNow()).toBe(3);
  });

  it('does not replace the database of another program', async () => {
    const copy = await backedUp();
    const other = place.raw(place.file('other.db'));
    other.exec('create table t (a)');
    other.close();
    await expect(restored(copy, place.file('other.db'))).rejects.toMatchObject({ code: 'DATABASE_FOREIGN' });
  });

  it('puts a file that SQLite cannot read aside', async () => {
    const copy = await backedUp();
    writeFileSync(place.file(), 'scrambled '.repeat(2_000));
    const { setAside } = await restored(copy);
    expect(setAside).toBe(place.file('oss.db.damaged-1'));
    expect(statSync(place.file('oss.db.damaged-1')).size).toBe(20_000);
    expect(await eventsNow()).toBe(2);
  });
});
