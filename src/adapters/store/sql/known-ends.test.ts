import { expect, test } from 'vitest';
import type { Tx } from '../../../core/ports/store.ts';
import { VersionConflict } from '../../../core/rules/refusal.ts';
import { META, note, orderId, usePlace } from '../../../testing/store/place.fixture.ts';
import { knownEnds } from './known-ends.ts';

const place = usePlace();
const A = orderId(1);

const appendAt = (expected: number | 'none', text: string) => (tx: Tx) =>
  tx.events.append(A, expected, [note(text)], META);

test('a hash is known for its very version, until something is taken back', () => {
  let rollbacks = 0;
  const ends = knownEnds(() => rollbacks);
  ends.set(A, 2, 'h2');
  expect([ends.hashOf(A, 1), ends.hashOf(A, 2), ends.hashOf(orderId(2), 2)]).toEqual([
    undefined,
    'h2',
    undefined,
  ]);
  rollbacks += 1;
  expect(ends.hashOf(A, 2)).toBeUndefined();
});

test('an end that is known but past is a conflict, and tells where the stream is', async () => {
  const [mine, theirs] = [await place.open(), await place.open()];
  await mine.write(appendAt('none', 'T1'));
  await theirs.write(appendAt(1, 'T2'));
  const stale = mine.write(appendAt(1, 'T3'));
  await expect(stale).rejects.toBeInstanceOf(VersionConflict);
  await expect(stale).rejects.toMatchObject({ orderId: A, expected: 1, actual: 2 });
  await mine.write(appendAt(2, 'T3'));
  expect((await mine.verify()).problems).toEqual([]);
});

test('what was taken back and written anew by another is not what the next event follows', async () => {
  const [mine, theirs] = [await place.open(), await place.open()];
  await mine.write(appendAt('none', 'T1'));
  const failed = mine.write(async (tx) => {
    await appendAt(1, 'lost')(tx);
    throw new Error('not this time');
  });
  await expect(failed).rejects.toThrow('not this time');
  await theirs.write(appendAt(1, 'T2'));
  await mine.write(appendAt(2, 'T3'));
  expect((await mine.verify()).problems).toEqual([]);
});

test('of writes that share a commit, one that is refused leaves no end behind', async () => {
  const store = await place.open();
  await store.write(appendAt('none', 'T1'));
  const results = await Promise.allSettled([
    store.write(appendAt(1, 'T2')),
    store.write(async (tx) => {
      await appendAt(2, 'lost')(tx);
      throw new Error('refused');
    }),
    store.write(appendAt(2, 'T3')),
    store.write(appendAt(3, 'T4')),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect((await store.verify()).problems).toEqual([]);
});
