import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { doubtContract } from '../../../core/ports/contract/doubt.contract.ts';
import { appendTo, note, placed } from '../../../core/ports/contract/samples.contract.ts';
import { type CutLine, cutLine } from '../../../testing/store/cut-line.fixture.ts';
import { type PostgresServer, startPostgres } from '../../../testing/store/postgres-server.fixture.ts';
import { openPgStore } from './open-store.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.end());

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Through a line that can be cut; `straight` reaches the server beside it. */
const openCut = async (doubtMs: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-cut-'));
  const line: CutLine = await cutLine(folder, server.socket);
  const straight = await server.newPlace();
  const url = straight.replace(encodeURIComponent(server.socket), encodeURIComponent(line.socket));
  const store = await openPgStore({ url, mode: 'write', create: true, doubtMs });
  const close = async (): Promise<void> => {
    await store.close();
    await line.end();
    rmSync(folder, { recursive: true });
  };
  return { store, line, straight, close };
};

doubtContract('PostgreSQL', async () => {
  const { store, line, close } = await openCut(300);
  return {
    // The line is whole again once the write has ended, whatever it came to.
    store: {
      ...store,
      write: async (work, scope) => {
        try {
          return await store.write(work, scope);
        } finally {
          line.let(true);
        }
      },
    },
    lose: ({ isDone, isKnown }) => line.cutAtCommit({ isDone, isKnown }),
    close,
  };
});

test('the id of a write is forgotten once its end is known', async () => {
  const { store, line, straight, close } = await openCut(2_000);
  closers.push(close);
  line.cutAtCommit({ isDone: true, isKnown: true });
  for (let n = 1; n <= 20; n += 1) await store.write((tx) => appendTo(tx, `ORD-00000${n}`, placed()));
  expect(line.cuts()).toBe(1);
  // What a write forgets that comes to nothing is left to the next.
  for (let n = 1; n <= 5; n += 1) {
    await store.write((tx) => appendTo(tx, 'ORD-000001', note('T')));
    await expect(store.write(() => Promise.reject(new Error('thought better of it')))).rejects.toThrow();
    await store.rehearse((tx) => appendTo(tx, 'ORD-000001', note('T')));
  }
  const client = new Client({ connectionString: straight });
  await client.connect();
  closers.push(() => client.end());
  const ids = async (): Promise<number> => (await client.query('select write_id from writes')).rows.length;
  expect(await ids()).toBeLessThanOrEqual(1);
  await store.close();
  expect(await ids()).toBe(0);
});
