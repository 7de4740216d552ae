import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { append, META, note, orderId, usePlace } from '../../../testing/store/place.fixture.ts';

const place = usePlace();
const A = orderId(1);
const library = createRequire(import.meta.url).resolve('better-sqlite3');

/** Another process, with the bare library: says "ready" once it has run `body`, then goes on as that says. */
const other = async (body: string): Promise<ChildProcess> => {
  const script = place.file('other.cjs');
  writeFileSync(
    script,
    `const db = new (require(${JSON.stringify(library)}))(${JSON.stringify(place.file())}, { timeout: 10000 });
     db.pragma('synchronous = FULL');
     const insert = db.prepare("insert into breakers values (? || hex(randomblob(8)), 1, '{}')");
     ${body}`,
  );
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
};

describe('several writers of one database', () => {
  it('two stores that read and then write the same order never conflict', async () => {
    const stores = [await place.open(), await place.open()];
    await stores[0]?.write((tx) => append(tx, A, note('T0')));
    const writing = stores.flatMap((store, s) =>
      Array.from({ length: 60 }, (_, i) =>
        store.write(async (tx) => {
          const { length } = await tx.events.load(A);
          await tx.events.append(A, length, [note(`T${s}-${i}`)], META);
        }),
      ),
    );
    await Promise.all(writing);
    const events = await stores[1]?.read((tx) => tx.events.load(A));
    expect(events?.map((event) => event.version)).toEqual(Array.from({ length: 121 }, (_, i) => i + 1));
    expect((await stores[0]?.verify())?.problems).toEqual([]);
  });

  it('of two stores that create one stream, one wins; ids are never given twice', async () => {
    const stores = [await place.open(), await place.open()];
    const created = await Promise.allSettled(
      stores.map((store) => store.write((tx) => tx.events.append(A, 'none', [note('T')], META))),
    );
    expect(created.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const ids = await Promise.all(
      Array.from({ length: 80 }, (_, i) => stores[i % 2]?.write((tx) => tx.events.nextOrderId())),
    );
    expect(new Set(ids).size).toBe(80);
  });

  it('one order is leased by one of two stores', async () => {
    const stores = [await place.open(), await place.open()];
    const idle = { due: null, tries: 0, retryAt: 0, error: null };
    await stores[0]?.write(async (tx) => {
      for (let n = 1; n <= 40; n += 1) {
        const lanes = { local: { ...idle, due: 1 }, ne: idle, tm: idle };
        await tx.work.put({ orderId: orderId(n), undo: false, priority: 1, lanes, waits: [], plannedAt: 0 });
      }
    });
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        stores[i % 2]?.write((tx) =>
          tx.work.claim({ now: 10, owner: `h/${i % 2}/0`, leaseMs: 1_000, lanes: ['local'] }, 3),
        ),
      ),
    );
    const taken = claims.flatMap((each) => each ?? []).map((claim) => claim.orderId);
    expect(taken).toHaveLength(40);
    expect(new Set(taken).size).toBe(40);
  });

  it('writes beside another process, both keep all they were told', async () => {
    const store = await place.open();
    const child = await other(`
      console.log('ready');
      for (let i = 0; i < 200; i++) db.transaction(() => { insert.run('row'); }).immediate();`);
    const exited = once(child, 'exit');
    for (let i = 0; i < 100; i += 1) await store.write((tx) => append(tx, A, note(`T${i}`)));
    expect((await exited)[0]).toBe(0);
    expect(await store.read((tx) => tx.events.load(A))).toHaveLength(100);
    expect(await store.read((tx) => tx.breakers.list())).toHaveLength(200);
    expect((await store.verify()).problems).toEqual([]);
  });

  it('reads do not wait for another process that writes, and see none of what it has not committed', async () => {
    const store = await place.open();
    await store.write((tx) => append(tx, A, note('T1')));
    const child = await other(`
      db.exec('begin immediate');
      insert.run('never');
      console.log('ready');
      setInterval(() => {}, 1000);`);
    expect(await store.read((tx) => tx.breakers.list())).toEqual([]);
    expect(await store.read((tx) => tx.events.load(A))).toHaveLength(1);
    const exited = once(child, 'exit');
    const writing = store.write((tx) => append(tx, A, note('T2')));
    child.kill('SIGKILL');
    await exited;
    await writing;
    expect(await store.read((tx) => tx.breakers.list())).toEqual([]);
    expect(await store.read((tx) => tx.events.load(A))).toHaveLength(2);
  });

  it('one that writes without pause leaves room for a process that looks for it every millisecond', async () => {
    const busy = await place.open();
    const child = await other(`
      const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
      db.pragma('busy_timeout = 0');
      const begin = () => { for (;;) { try { return db.exec('begin immediate'); } catch { pause(); } } };
      console.log('ready');
      for (let i = 0; i < 10; i++) { begin(); insert.run('row'); db.exec('commit'); }`);
    let exited = false;
    child.once('exit', () => {
      exited = true;
    });
    let writes = 0;
    await Promise.all(
      Array.from({ length: 16 }, async (_, n) => {
        while (!exited && writes < 200_000) {
          writes += 1;
          await busy.write((tx) => append(tx, orderId(n + 1), note('T')));
        }
      }),
    );
    expect(exited, `after ${writes} writes`).toBe(true);
    expect(await busy.read((tx) => tx.breakers.list())).toHaveLength(10);
  });
});
