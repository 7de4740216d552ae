import { expect, it } from 'vitest';
import { type Cursor, cursorText, parseCursor, START } from '../../../core/ports/cursor.ts';
import { append, note, orderId, usePlace } from '../../../testing/store/place.fixture.ts';
import { uuidIds } from '../../runtime/uuid-ids.ts';
import type { SqliteStore } from './open-store.ts';
import { restore } from './restore.ts';

const place = usePlace();

/** Orders of the events that come behind a cursor. */
const behind = async (store: SqliteStore, after: Cursor): Promise<readonly string[]> =>
  (await store.read((tx) => tx.events.page({ after, limit: 100 }))).map((event) => event.orderId);

const place3 = async (store: SqliteStore, from: number): Promise<void> => {
  for (const n of [from, from + 1, from + 2]) await store.write((tx) => append(tx, orderId(n), note('T')));
};

const restored = async (file: string): Promise<SqliteStore> => {
  await restore(file, place.file(), { ids: uuidIds(Date.now), tell: async () => 0 });
  return place.open({ create: false });
};

it('a reader that was ahead of a restored backup misses nothing of what came after it', async () => {
  const store = await place.open();
  await place3(store, 1);
  await store.backup(place.file('copy.db'));
  await place3(store, 4);
  const ahead = await store.read((tx) => tx.events.head());
  expect(cursorText(ahead)).toBe('1:6');
  await store.close();

  const second = await restored(place.file('copy.db'));
  const standing = await second.read((tx) => tx.events.head());
  expect(cursorText(standing), 'what was there before has its cursor still').toBe('1:3');
  await place3(second, 7);
  expect(await behind(second, ahead)).toEqual([7, 8, 9].map(orderId));
  expect(await behind(second, standing)).toEqual([7, 8, 9].map(orderId));
  expect(await behind(second, START)).toHaveLength(6);
  const number = parseCursor('6') ?? START;
  expect(await behind(second, number), 'a number of the time before epochs').toEqual([7, 8, 9].map(orderId));
  expect(await behind(second, parseCursor('2') ?? START)).toEqual([3, 7, 8, 9].map(orderId));
  const further = await second.read((tx) => tx.events.head());
  expect(further.epoch).toBeGreaterThan(1);
  expect(await behind(second, further)).toEqual([]);
  await second.close();

  const third = await restored(place.file('copy.db'));
  await place3(third, 10);
  for (const seen of [ahead, further]) {
    expect(await behind(third, seen), cursorText(seen)).toEqual([10, 11, 12].map(orderId));
  }
  expect((await third.read((tx) => tx.events.head())).epoch).toBeGreaterThan(further.epoch);
});

it.each(['', 'x', '1:', ':4', '1:2:3', '-1', '1:-2', '1.5'])('%s is no cursor', (text) => {
  expect(parseCursor(text)).toBeNull();
});

it('reads the cursor that it writes, and the numbers of old', () => {
  expect(parseCursor(cursorText({ epoch: 3, n: 42 }))).toEqual({ epoch: 3, n: 42 });
  expect(parseCursor('42')).toEqual({ epoch: 1, n: 42 });
  expect(parseCursor('0')).toEqual(START);
});
