import { readFileSync, writeFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { START } from '../../../core/ports/cursor.ts';
import type { Problem, VerifyOptions } from '../../../core/ports/maintenance.ts';
import { append, note, orderId, seeded, usePlace } from '../../../testing/store/place.fixture.ts';
import { headText } from '../sql/head.ts';
import { streamEnds } from '../sql/stream-ends.ts';
import type { SqliteStore } from './open-store.ts';
import { verify } from './verify.ts';

const place = usePlace();
const ORDERS = 6;

/** Six orders of four events, interleaved. */
const filled = async () => {
  const store = await place.open();
  for (let round = 0; round < 4; round += 1) {
    for (let n = 1; n <= ORDERS; n += 1) {
      await store.write(async (tx) => {
        const before = await tx.events.load(orderId(n));
        const event = { ...note(`N${n}-${round}`), ...(before[0] && { causationId: before[0].eventId }) };
        await append(tx, orderId(n), event);
      });
    }
  }
  return store;
};

/** What was found, but that the triggers of `vandal` are gone. */
const problemsOf = async (store: SqliteStore, options?: VerifyOptions): Promise<readonly Problem[]> =>
  (await store.verify(options)).problems.filter(
    ({ problem }) => !problem.startsWith('schema-missing: trigger events_'),
  );

/** A connection for which nothing is forbidden. */
const vandal = (): Database.Database => {
  const db = place.raw(place.file());
  for (const trigger of ['events_never_updated', 'events_never_deleted']) db.exec(`drop trigger ${trigger}`);
  return db;
};

const COLUMNS = ['order_id', 'event_id', 'type', 'data', 'at', 'actor', 'causation_id', 'hash'] as const;

describe('verify', () => {
  it('finds nothing wrong with what was written', async () => {
    const store = await filled();
    const result = await store.verify();
    expect(result).toMatchObject({ events: 24, orders: 6, problems: [], problemCount: 0 });
    const { n } = await store.read((tx) => tx.events.head());
    expect(result.head).toMatchObject({ position: n });
    expect(await (await place.open({ path: place.file('empty.db') })).verify()).toEqual({
      events: 0,
      orders: 0,
      problems: [],
      problemCount: 0,
      head: { position: 0, hash: '', digest: '' },
      audit: [],
    });
  });

  it('finds one flipped bit, wherever in an event it is', async () => {
    const store = await filled();
    const db = vandal();
    const random = seeded(20_261_124);
    const pick = (n: number): number => Math.floor(random() * n);
    for (let i = 0; i < 200; i += 1) {
      const position = 1 + pick(24);
      const column = COLUMNS[pick(COLUMNS.length)] ?? 'data';
      const before = db
        .prepare(`select cast(${column} as blob) from events where position = ?`)
        .pluck()
        .get(position);
      if (!Buffer.isBuffer(before)) continue;
      const flipped = Buffer.from(before);
      const at = pick(flipped.length);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << pick(7));
      const set = db.prepare(`update events set ${column} = cast(? as text) where position = ?`);
      try {
        set.run(flipped, position);
      } catch (error) {
        // The id of another order, at a version that is taken there: the database itself refuses it.
        expect(error).toMatchObject({ code: 'SQLITE_CONSTRAINT_UNIQUE' });
        continue;
      }
      const problems = await problemsOf(store);
      expect(problems.length, `${column} of ${position}, byte ${at}`).toBeGreaterThan(0);
      set.run(before, position);
    }
    expect(await problemsOf(store)).toEqual([]);
  });

  it.each(['version', 'schema'])('finds a changed %s', async (column) => {
    const store = await filled();
    vandal().exec(`update events set ${column} = ${column} + 40 where position = 19`);
    const problems = await problemsOf(store);
    expect(problems[0]).toMatchObject({ orderId: 'ORD-000001', position: 19 });
  });

  it('names the event that was edited, and only that', async () => {
    const store = await filled();
    vandal().exec(
      `update events set data = '{"textId":"forged"}' where order_id = 'ORD-000003' and version = 2`,
    );
    expect(await problemsOf(store)).toEqual([
      { orderId: 'ORD-000003', version: 2, position: 9, problem: 'hash' },
    ]);
  });

  it('finds an event that was removed, or moved within its order', async () => {
    const store = await filled();
    const db = vandal();
    db.exec("delete from events where order_id = 'ORD-000002' and version = 3");
    expect(await problemsOf(store)).toEqual([
      { orderId: 'ORD-000002', version: 4, position: 20, problem: 'gap' },
    ]);
    db.exec('update events set position = 100 where position = 1');
    expect(await problemsOf(store)).toContainEqual(
      expect.objectContaining({ orderId: 'ORD-000001', problem: 'gap' }),
    );
  });

  it('a tail that was cut shows only against the head that was kept', async () => {
    const store = await filled();
    const kept = headText((await store.verify()).head);
    expect(await problemsOf(store, { head: kept })).toEqual([]);
    const db = vandal();
    db.exec('delete from events where position = 24');
    expect(await problemsOf(store)).toEqual([]);
    expect(await problemsOf(store, { head: kept })).toEqual([
      { orderId: null, version: null, position: 24, problem: 'head' },
    ]);
  });

  it('a kept head holds while the log goes on, and shows a log that was written anew', async () => {
    const store = await filled();
    const kept = headText((await store.verify()).head);
    await store.write((tx) => append(tx, orderId(1), note('more')));
    expect(await problemsOf(store, { head: kept })).toEqual([]);

    const forged = await place.open({ path: place.file('forged.db') });
    for (let i = 0; i < 30; i += 1) await forged.write((tx) => append(tx, orderId(1), note(`F${i}`)));
    expect((await forged.verify()).problems).toEqual([]);
    expect((await forged.verify({ head: kept })).problems).toMatchObject([{ problem: 'head', position: 24 }]);
  });

  it.each(['', '12', '12:xyz', 'twelve:aa', '-1:', `1.5:${'a'.repeat(64)}`])(
    'refuses "%s" as a head',
    async (head) => {
      const store = await filled();
      await expect(store.verify({ head })).rejects.toMatchObject({ code: 'BAD_VALUE' });
    },
  );

  it('compares with an older copy: what differs, what is gone', async () => {
    const store = await filled();
    const copy = place.file('copy.db');
    await store.backup(copy);
    await store.write((tx) => append(tx, orderId(1), note('more')));
    expect(await problemsOf(store, { against: copy })).toEqual([]);
    const db = vandal();
    db.exec(
      "update events set hash = 'x' where position = 3; delete from events where position = 25 or position = 24",
    );
    const problems = await problemsOf(store, { against: copy });
    expect(problems.filter(({ problem }) => problem === 'against').map(({ position }) => position)).toEqual([
      3, 24,
    ]);
    await expect(store.verify({ against: place.file('none.db') })).rejects.toMatchObject({
      code: 'DATABASE_MISSING',
    });
  });

  it('has SQLite check its pages and indexes too', async () => {
    const store = await filled();
    await store.close();
    const bytes = readFileSync(place.file());
    // The column of an index entry, not of the table: only SQLite's own check sees that the two differ.
    const at = bytes.lastIndexOf('ORD-000004');
    bytes.write('ORD-000009', at);
    writeFileSync(place.file(), bytes);
    const { problems } = await verify(place.file(), {});
    expect(problems.length).toBeGreaterThan(0);
  });

  it('reads while others write', async () => {
    const store = await filled();
    const checking = store.verify();
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        store.write((tx) => append(tx, orderId(1 + (i % 6)), note(`W${i}`))),
      ),
    );
    expect((await checking).problems).toEqual([]);
    expect(await store.verify()).toMatchObject({ events: 44, problems: [] });
  });
});

describe('an event that cannot be read', () => {
  it.each([
    ['data = \'{"textId":\'', 'data'],
    ["type = 'OrderExploded'", 'unknown-type'],
    ['schema = 9', 'unknown-schema'],
  ])('with %s is a clear error of load and of page, never a crash', async (change, cause) => {
    const store = await filled();
    vandal().exec(`update events set ${change} where position = 7`);
    const event = { orderId: 'ORD-000001', version: 2, problem: cause };
    const refused = { code: 'ORDER_UNREADABLE', detail: event };
    await expect(store.read((tx) => tx.events.load('ORD-000001'))).rejects.toMatchObject(refused);
    await expect(store.read((tx) => tx.events.page({ after: START, limit: 100 }))).rejects.toMatchObject(
      refused,
    );
    const left: unknown[] = [];
    const onUnreadable = (unreadable: unknown) => left.push(unreadable);
    const page = { after: { epoch: 1, n: 6 }, limit: 2, onUnreadable };
    const events = await store.read((tx) => tx.events.page(page));
    expect(
      events.map(({ position }) => position),
      'as many as were asked for',
    ).toEqual([8, 9]);
    expect(left).toEqual([event]);
    expect(await store.read((tx) => tx.events.load('ORD-000002'))).toHaveLength(4);
  });

  it('is told of views, technicians and breakers too', async () => {
    const store = await filled();
    const db = vandal();
    db.exec(`insert into technicians values ('T-1', 1, '{"name":')`);
    db.exec(`insert into breakers values ('ne:x', 1, 'null')`);
    await expect(store.read((tx) => tx.technicians.list())).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
    });
    await expect(store.read((tx) => tx.breakers.list())).rejects.toMatchObject({ code: 'DATABASE_DAMAGED' });
  });
});

describe('the ends of many streams', () => {
  it('are kept through growth', () => {
    const ends = streamEnds();
    const hashOf = (n: number): string => n.toString(16).padStart(64, '0');
    for (let n = 0; n < 5_000; n += 1) ends.set(orderId(n), n + 1, hashOf(n));
    ends.set(orderId(7), 99, 'no hash');
    expect(ends.get(orderId(4_999))).toEqual({ version: 5_000, hash: hashOf(4_999) });
    expect(ends.get(orderId(7))).toEqual({ version: 99, hash: '0'.repeat(64) });
    expect(ends.get('ORD-unknown')).toEqual({ version: 0, hash: '' });
    expect(ends.size()).toBe(5_000);
  });
});
