import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { appendTo, dueAt, note, placed, workRow } from '../../../core/ports/contract/samples.contract.ts';
import { START } from '../../../core/ports/cursor.ts';
import type { Store, Tx } from '../../../core/ports/store.ts';
import { LANES } from '../../../core/rules/lanes.ts';
import { type PostgresServer, startPostgres } from '../../../testing/store/postgres-server.fixture.ts';
import { openPgStore } from './open-store.ts';
import { UNREST_MS } from './unrest.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.end());

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A program whose own clock the test moves. */
const program = async (url: string) => {
  const clock = { own: 1_000_000 };
  const store = await openPgStore({ url, mode: 'write', create: true, own: () => clock.own });
  closers.push(store.close);
  return { store, clock };
};
const bare = async (url: string): Promise<Client> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  client.on('error', () => {});
  closers.push(() => client.end());
  return client;
};
const id = (n: number): string => `ORD-${String(n).padStart(6, '0')}`;
const put = (store: Store, count: number): Promise<void> =>
  store.write(async (tx) => {
    for (let n = 1; n <= count; n += 1) await tx.work.put(workRow(id(n), { ne: dueAt(n) }));
  });
const claim = (store: Store, owner: string, now = 1_000, limit = 10) =>
  store.write((tx) => tx.work.claim({ now, owner, leaseMs: 100, lanes: LANES }, limit), {});

describe('work that many processes take', () => {
  test('is taken by one each, and never more than was asked for', async () => {
    const url = await server.newPlace();
    const all = await Promise.all(Array.from({ length: 4 }, () => program(url)));
    await put(all[0]?.store as Store, 40);
    const claims = await Promise.all(all.map(({ store }, n) => claim(store, `h/${n}/1`, 1_000, 7)));
    for (const taken of claims) expect(taken).toHaveLength(7);
    expect(new Set(claims.flat().map(({ orderId }) => orderId)).size).toBe(28);
  });

  test('that somebody writes at this moment is passed over, by who claims and by who frees', async () => {
    const url = await server.newPlace();
    const { store } = await program(url);
    await put(store, 3);
    const other = await bare(url);
    await other.query('begin');
    await other.query('select from work order by order_key limit 1 for no key update');
    expect((await claim(store, 'h/1/1', 1_000, 1)).map(({ orderId }) => orderId)).toEqual([id(2)]);
    await other.query('rollback');
    await other.query("update work set owner = 'h/1/1', lease_until = 9e9");
    await other.query('begin');
    await other.query('select from work order by order_key limit 1 for no key update');
    expect(await store.write((tx) => tx.work.reclaim('h/1/1'), {})).toBe(2);
    await other.query('rollback');
    expect(await store.write((tx) => tx.work.reclaim('h/1/1'), {})).toBe(1);
  });
});

describe('leases that others have let run out', () => {
  test('are left alone for a minute after the server’s clock was set; one’s own and free ones are not', async () => {
    const url = await server.newPlace();
    const { store, clock } = await program(url);
    await put(store, 3);
    expect(await claim(store, 'gone/1/1', 1_000, 1)).toHaveLength(1);
    expect(await claim(store, 'here/1/1', 1_000, 1)).toHaveLength(1);
    // The process has slept, or the server's clock was set: between these two nobody can tell.
    clock.own += 600_000;
    await store.write(async () => {}, {});
    const later = 2_000;
    const owners = { owner: 'here/1/1', now: later, leaseMs: 100 };
    expect(await store.write((tx) => tx.work.claimOne(id(1), owners), {})).toBeNull();
    expect((await claim(store, 'here/1/1', later)).map(({ orderId }) => orderId)).toEqual([id(2), id(3)]);
    clock.own += UNREST_MS + 1_000;
    // The own clock went on by itself here, so the server's seems to have been set once more.
    const calm = await program(url);
    expect((await claim(calm.store, 'calm/1/1', 1_050)).map(({ orderId }) => orderId)).toEqual([]);
    expect((await claim(calm.store, 'calm/1/1', later)).map(({ orderId }) => orderId)).toEqual([id(1)]);
  });
});

describe('a server whose history is another one', () => {
  test('is written to after an epoch was begun, a mark was drawn and numbers were passed over, and its leases are left alone', async () => {
    const url = await server.newPlace();
    const { store } = await program(url);
    const idle = await program(url);
    await put(store, 2);
    await claim(store, 'gone/1/1', 1_000, 1);
    await store.write((tx) => appendTo(tx, id(1), placed()));
    const before = await store.read(async (tx) => ({
      head: await tx.events.head(),
      marks: await tx.meta.keyMarks(),
    }));
    await store.write((tx) => appendTo(tx, id(1), note('T')));
    const last = await store.write((tx) => tx.events.nextOrderId());
    await server.promote();
    await store.write((tx) => appendTo(tx, id(1), note('U')));
    const after = await store.read(async (tx) => ({
      all: await tx.events.page({ after: START, limit: 10 }),
      rest: await tx.events.page({ after: before.head, limit: 10 }),
      marks: await tx.meta.keyMarks(),
    }));
    const [first, second, third] = after.all.map(({ cursor }) => cursor);
    expect([first?.epoch, first?.n]).toEqual([1, 1]);
    // Not numbered before: a number that the server had given it may be lost.
    expect(second?.epoch).toBeGreaterThan(1);
    expect([second?.epoch, third?.n]).toEqual([third?.epoch, 3]);
    expect(after.rest.map(({ version }) => version)).toEqual([2, 3]);
    expect(after.marks.before).toEqual([before.marks.current]);
    const next = await store.write((tx) => tx.events.nextOrderId());
    expect(Number(next.slice(4)) - Number(last.slice(4))).toBeGreaterThan(10_000);
    // Who was there before, who was idle, and who has come since.
    const late = await program(url);
    for (const { store: one } of [{ store }, idle, late])
      expect((await claim(one, 'other/1/1', 2_000)).map(({ orderId }) => orderId)).not.toContain(id(1));
    expect((await idle.store.read((tx) => tx.meta.keyMarks())).before).toHaveLength(1);
  });
});

describe('a write', () => {
  test('costs three round trips, one for what it begins with, and one for each thing that it changes', async () => {
    const { store } = await program(await server.newPlace());
    await put(store, 1);
    await store.write((tx) => appendTo(tx, id(1), placed()));
    const [held] = await claim(store, 'h/1/1', 1_000, 1);
    if (held === undefined) throw new Error('not claimed');
    const asked = vi.spyOn(Client.prototype, 'query');
    const roundTrips = async (work: (tx: Tx) => Promise<unknown>): Promise<number> => {
      asked.mockClear();
      await store.write(work, { orders: [id(1)] });
      // Others are told now and then, by the way.
      return asked.mock.calls.filter(([text]) => !String(text).startsWith('notify')).length;
    };
    try {
      // BEGIN, its locks with its id and the clock, COMMIT.
      const least = 3;
      expect(await roundTrips(async () => {})).toBe(least);
      expect(await roundTrips((tx) => tx.work.held(held))).toBe(least + 1);
      const again = { now: 2_000, owner: 'h/1/1', leaseMs: 100, lanes: LANES };
      expect(await roundTrips((tx) => tx.work.claim(again, 5))).toBe(least + 1);
      const meta = { at: '2026-11-24T05:00:00.000Z', actor: 'cs:kim' };
      const two = async (tx: Tx) => {
        await tx.work.held(held);
        await tx.events.append(id(1), 1, [note('T'), note('U')], meta);
      };
      // The end of the stream is asked for once, however many events there are.
      expect(await roundTrips(two)).toBe(least + 4);
    } finally {
      asked.mockRestore();
    }
  });
});
