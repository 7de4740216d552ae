import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendTo, placed } from '../../../core/ports/contract/samples.contract.ts';
import { type PooledPlaces, startPooled } from '../../../testing/store/pooled-places.fixture.ts';
import { openPgStore } from './open-store.ts';

let pooled: PooledPlaces;
beforeAll(async () => {
  pooled = await startPooled();
});
afterAll(() => pooled.end());

test('a pooler that nobody spoke of is refused, and nothing is made', async () => {
  const { url } = await pooled.newPlace();
  const unspoken = openPgStore({ url, mode: 'write', create: true });
  await expect(unspoken).rejects.toMatchObject({ code: 'DATABASE_POOLED' });
  const spoken = openPgStore({ url: `${url}&listen=off`, mode: 'read', create: false });
  await expect(spoken).rejects.toMatchObject({ code: 'DATABASE_MISSING' });
});

test('through one that is spoken of, two stores write, hear of each other and make a whole backup', async () => {
  const { url } = await pooled.newPlace();
  const open = () => openPgStore({ url: `${url}&listen=off`, mode: 'write', create: true });
  const [one, two] = [await open(), await open()];
  const over = new AbortController();
  const heard = (await two.changes(over.signal))[Symbol.asyncIterator]().next();
  const ids = Array.from({ length: 40 }, (_, i) => `ORD-${String(i + 1).padStart(6, '0')}`);
  await Promise.all(
    ids.map((id, i) => [one, two][i % 2]?.write((tx) => appendTo(tx, id, placed()), { orders: [id] })),
  );
  await heard;
  over.abort();
  expect(await one.verify()).toMatchObject({ events: 40, orders: 40, problems: [] });
  const folder = mkdtempSync(join(tmpdir(), 'oss-pooled-'));
  const file = join(folder, 'b.db');
  await two.backup(file);
  expect((await one.verify({ against: file })).problems).toEqual([]);
  rmSync(folder, { recursive: true });
  await Promise.all([one.close(), two.close()]);
});
