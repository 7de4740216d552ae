import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { append, note, orderId, usePlace } from '../../../testing/store/place.fixture.ts';
import { chainedFrom, type StoredAudit } from '../sql/audit-chain.ts';
import { initial } from './migrations/001-initial.ts';
import { APPLICATION_ID, KNOWN_SCHEMA } from './migrations/migrate.ts';

const place = usePlace();
const A = orderId(1);

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** Makes a good database and closes it. */
const made = async (): Promise<string> => {
  const store = await place.open();
  await store.write((tx) => append(tx, A, note('T1')));
  await store.close();
  return place.file();
};

describe('opening', () => {
  it.each(['read', 'write'] as const)(
    'refuses a file that is not there (%s), and makes none',
    async (mode) => {
      await expect(place.open({ mode, create: false })).rejects.toMatchObject({ code: 'DATABASE_MISSING' });
      expect(existsSync(place.file())).toBe(false);
    },
  );

  it('reading never makes the file, even when told to', async () => {
    await expect(place.open({ mode: 'read', create: true })).rejects.toMatchObject({
      code: 'DATABASE_MISSING',
    });
    expect(existsSync(place.file())).toBe(false);
  });

  it('makes the file and its folders, and opens it again', async () => {
    const path = place.file('a/b/oss.db');
    const store = await place.open({ path });
    await store.write((tx) => append(tx, A, note('T1')));
    await store.close();
    const again = await place.open({ path, create: false });
    expect(await again.read((tx) => tx.events.load(A))).toHaveLength(1);
  });

  it('an empty file that a crash left is missing, and is made good by who may make it', async () => {
    writeFileSync(place.file(), '');
    await expect(place.open({ create: false })).rejects.toMatchObject({ code: 'DATABASE_MISSING' });
    await expect(place.open({ mode: 'read' })).rejects.toMatchObject({ code: 'DATABASE_MISSING' });
    const store = await place.open();
    await store.write((tx) => append(tx, A, note('T1')));
  });

  it('several that make the same database at once get the same one', async () => {
    const stores = await Promise.all(Array.from({ length: 6 }, () => place.open()));
    const ids = await Promise.all(stores.map((store) => store.write((tx) => tx.events.nextOrderId())));
    expect(new Set(ids).size).toBe(6);
  });

  it.each(['read', 'write'] as const)('refuses what is no database of ours (%s)', async (mode) => {
    writeFileSync(place.file('text'), 'key,name\n'.repeat(500));
    place.raw(place.file('other')).exec('create table t (a)');
    mkdirSync(place.file('folder'));
    for (const name of ['text', 'other', 'folder']) {
      const before = name === 'folder' ? null : readFileSync(place.file(name));
      await expect(place.open({ path: place.file(name), mode }), name).rejects.toMatchObject({
        code: 'DATABASE_FOREIGN',
      });
      if (before !== null) expect(readFileSync(place.file(name)).equals(before), name).toBe(true);
    }
  });

  it.each(['read', 'write'] as const)('refuses a newer schema (%s)', async (mode) => {
    place.raw(await made()).pragma(`user_version = ${KNOWN_SCHEMA + 1}`);
    await expect(place.open({ mode })).rejects.toMatchObject({
      code: 'DATABASE_NEWER',
      detail: { schema: KNOWN_SCHEMA + 1, known: KNOWN_SCHEMA },
    });
  });

  it('an older schema is brought up to date by a writer, and refused to a reader', async () => {
    const old = place.raw(place.file());
    old.pragma(`application_id = ${APPLICATION_ID}`);
    old.exec(initial);
    old.pragma('user_version = 1');
    await expect(place.open({ mode: 'read' })).rejects.toMatchObject({ code: 'DATABASE_OLDER' });
    const store = await place.open({ create: false });
    await store.write((tx) => append(tx, A, note('T1')));
  });

  it('bringing it up to date is written down once, in the chain: who, and from which schema', async () => {
    const old = place.raw(place.file());
    old.pragma(`application_id = ${APPLICATION_ID}`);
    old.exec(initial);
    old.pragma('user_version = 1');
    const by = () => ({
      at: '2026-11-24T05:00:00.000Z',
      actor: 'noc:lee',
      via: { face: 'page', client: '10.0.0.7' },
    });
    for (let times = 0; times < 2; times += 1) await (await place.open({ create: false, by })).close();
    const store = await place.open({ create: false });
    expect(await store.read((tx) => tx.audit.list(10))).toMatchObject(
      [
        {
          ...by(),
          via: undefined,
          action: 'db.migrate',
          detail: { from: 1, to: KNOWN_SCHEMA },
          face: 'page',
          seq: 1,
        },
      ].map(({ via: _, ...row }) => row),
    );
    await store.write((tx) => tx.audit.add(ENTRY));
    expect((await store.verify()).problems).toEqual([]);
  });

  it('a new database was never brought up to date', async () => {
    const store = await place.open();
    expect(await store.read((tx) => tx.audit.list(10))).toEqual([]);
  });

  it('a damaged file is said to be damaged', async () => {
    const path = await made();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 100, 4096);
    writeFileSync(path, bytes);
    await expect(place.open()).rejects.toMatchObject({ code: 'DATABASE_DAMAGED' });
  });
});

describe('files', () => {
  it('are for their owner only: the database, its log and its shared memory', async () => {
    const store = await place.open();
    await store.write((tx) => append(tx, A, note('T1')));
    for (const suffix of ['', '-wal', '-shm']) expect(modeOf(`${place.file()}${suffix}`), suffix).toBe('600');
  });

  it('leaves the rights of a file alone that is not ours', async () => {
    const other = place.raw(place.file());
    other.exec('create table t (a)');
    other.close();
    chmodSync(place.file(), 0o664);
    await expect(place.open()).rejects.toMatchObject({ code: 'DATABASE_FOREIGN' });
    expect(modeOf(place.file())).toBe('664');
  });

  it('loses the rights of others that somebody gave it', async () => {
    chmodSync(await made(), 0o644);
    const store = await place.open();
    await store.write((tx) => append(tx, A, note('T2')));
    for (const suffix of ['', '-wal', '-shm']) expect(modeOf(`${place.file()}${suffix}`), suffix).toBe('600');
  });
});

describe('a store that is opened for reading', () => {
  it('reads, refuses writes and rehearsals, and leaves the file as it was', async () => {
    const path = await made();
    const before = readFileSync(path);
    const store = await place.open({ mode: 'read', create: false });
    expect(await store.read((tx) => tx.events.load(A))).toHaveLength(1);
    await expect(store.write((tx) => tx.events.nextOrderId())).rejects.toMatchObject({
      code: 'DATABASE_READONLY',
    });
    await expect(store.rehearse((tx) => tx.events.nextOrderId())).rejects.toMatchObject({
      code: 'DATABASE_READONLY',
    });
    await expect(store.read((tx) => tx.events.nextOrderId())).rejects.toMatchObject({
      code: 'DATABASE_READONLY',
    });
    await store.close();
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('sees what a writer beside it commits', async () => {
    const writer = await place.open();
    const reader = await place.open({ mode: 'read', create: false });
    const { signal } = new AbortController();
    const changes = (await reader.changes(signal))[Symbol.asyncIterator]();
    await writer.write((tx) => append(tx, A, note('T1')));
    expect(await changes.next()).toEqual({ done: false, value: undefined });
    expect(await reader.read((tx) => tx.events.load(A))).toHaveLength(1);
  });
});

describe('a store', () => {
  it('draws numbers without gaps: what is rolled back gives its own back', async () => {
    const store = await place.open();
    const draw = (fails: boolean) =>
      store.write(async (tx) => {
        const ids = [await tx.events.nextOrderId(), await tx.vault.nextCustomerId()];
        if (fails) throw new Error('no');
        return ids;
      });
    await expect(draw(true)).rejects.toThrow('no');
    await store.rehearse((tx) => tx.events.nextOrderId());
    expect(await draw(false)).toEqual(['ORD-000001', 'CUS-000001']);
  });

  it('tells about itself', async () => {
    const store = await place.open();
    await store.write((tx) => append(tx, A, note('T1'), note('T2')));
    expect(await store.info()).toMatchObject({
      database: place.file(),
      schema: KNOWN_SCHEMA,
      orders: 1,
      events: 2,
      lastEventAt: '2026-11-24T05:00:00.000Z',
    });
  });

  it('is closed once, after what it was asked before', async () => {
    const store = await place.open();
    const writing = store.write((tx) => append(tx, A, note('T1')));
    const reading = store.read((tx) => tx.events.load(orderId(2)));
    await Promise.all([store.close(), store.close()]);
    await writing;
    expect(await reading).toEqual([]);
    await expect(store.write((tx) => tx.events.nextOrderId())).rejects.toThrow('closed');
    await expect(store.read((tx) => tx.events.head())).rejects.toThrow('closed');
    await expect(store.changes(new AbortController().signal)).rejects.toThrow('closed');
  });

  it('refuses a port that is used when its transaction is over', async () => {
    const store = await place.open();
    const tx = await store.write(async (inside) => inside);
    await expect(tx.events.nextOrderId()).rejects.toThrow('outside its transaction');
    const late = await store.write(async (inside) => ({
      started: new Promise<void>((resolve) => setImmediate(resolve)).then(() => inside.events.nextOrderId()),
    }));
    await expect(late.started).rejects.toThrow('outside its transaction');
    expect(await store.write((inside) => inside.events.nextOrderId())).toBe(A);
  });

  it('refuses a port of a transaction that is over also while another one runs', async () => {
    const store = await place.open();
    const old = await store.write(async (inside) => inside);
    const refused = await store.write(async () =>
      old.events.nextOrderId().then(
        () => null,
        (error: unknown) => String(error),
      ),
    );
    expect(refused).toContain('outside its transaction');
  });

  it('refuses a transaction inside another one', async () => {
    const store = await place.open();
    await expect(store.write(() => store.read((tx) => tx.events.head()))).rejects.toThrow('inside a write');
    await expect(store.read(() => store.write((tx) => tx.events.head()))).rejects.toThrow('inside a read');
    await expect(store.read(() => store.read((tx) => tx.events.head()))).rejects.toThrow('inside a read');
  });

  it('many reads share a few connections', async () => {
    const store = await place.open();
    await store.write((tx) => append(tx, A, note('T1')));
    const heads = await Promise.all(
      Array.from({ length: 40 }, () =>
        store.read(async (tx) => {
          await new Promise((resolve) => setImmediate(resolve));
          return (await tx.events.head()).n;
        }),
      ),
    );
    expect(new Set(heads)).toEqual(new Set([1]));
  });
});

describe('the database itself', () => {
  it('forbids to change or remove an event or an audit entry', async () => {
    const store = await place.open();
    await store.write(async (tx) => {
      await append(tx, A, note('T1'));
      await tx.audit.add({
        at: '2026-11-24T05:00:00.000Z',
        actor: 'a:b',
        action: 'x',
        subject: 'y',
        detail: {},
      });
    });
    const raw = place.raw(place.file());
    for (const sql of [
      "update events set actor = 'x'",
      'delete from events',
      "update audit set actor = 'x'",
      'delete from audit',
    ]) {
      expect(() => raw.exec(sql), sql).toThrow(/never/);
    }
  });

  it('keeps a chain of each machine in the audit, which begins where the older rows end', async () => {
    const hosts = ['desk-1', 'desk-2', 'desk-1'];
    for (const host of hosts) {
      const store = await place.open({ origin: () => ({ host, osUser: 'kim' }) });
      await store.write((tx) => tx.audit.add(ENTRY));
      await store.close();
    }
    const rows = place.raw(place.file()).prepare<[], StoredAudit>('select * from audit order by id').all();
    expect(rows.map(({ host, seq, os_user }) => [host, seq, os_user])).toEqual([
      ['desk-1', 1, 'kim'],
      ['desk-2', 1, 'kim'],
      ['desk-1', 2, 'kim'],
    ]);
    const [first, other, second] = rows;
    if (first === undefined || other === undefined || second === undefined) throw new Error('three rows');
    expect(first.hash).toBe(chainedFrom('', first));
    expect(other.hash).toBe(chainedFrom('', other));
    expect(second.hash).toBe(chainedFrom(first.hash, second));
  });

  it.each([
    'before insert on audit begin select raise(ignore); end',
    `after insert on audit begin delete from audit where id = new.id; end`,
  ])('refuses to go on unrecorded: create trigger … %s', async (trigger) => {
    const store = await place.open();
    const raw = place.raw(place.file());
    raw.exec(`drop trigger audit_never_deleted; create trigger foreign_one ${trigger}`);
    await expect(store.write((tx) => tx.audit.add(ENTRY))).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
      detail: { cause: { code: 'AUDIT_MUTED' } },
    });
  });

  it('lets no row of the audit go that no anchor stands for, or that is not a year old', async () => {
    const store = await place.open();
    for (const at of ['2025-01-01T00:00:00.000Z', '2026-11-24T05:00:00.000Z'])
      await store.write((tx) => tx.audit.add({ ...ENTRY, at }));
    const raw = place.raw(place.file());
    expect(() => raw.exec('delete from audit where seq = 1')).toThrow(/never/);
    raw.exec(
      `insert into audit_anchors select host, 1, 2, hash, '2026-12-01T00:00:00.000Z', '' from audit where seq = 2`,
    );
    expect(() => raw.exec('delete from audit where seq = 2')).toThrow(/never/);
    raw.exec('delete from audit where seq = 1');
    for (const sql of ['delete from audit_anchors', "update audit_anchors set hash = ''"])
      expect(() => raw.exec(sql), sql).toThrow(/never/);
  });
});

const ENTRY = {
  at: '2026-11-24T05:00:00.000Z',
  actor: 'cs:kim',
  action: 'pii.read',
  subject: 'CUS-000001',
  detail: {},
};
