import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { usePlace } from './place.fixture.ts';

const place = usePlace();

describe('a cursor', () => {
  it('comes back as it was', () => {
    const at = { value: '~', key: '10ORD-000042' };
    expect(decodeCursor(encodeCursor(at))).toEqual(at);
  });

  it.each(['', 'x', '!!', 'bnVsbA', 'WyJhIl0', 'WzEsMl0', 'e30'])(
    'that nobody made is refused: "%s"',
    async (cursor) => {
      const store = await place.open();
      await expect(store.read((tx) => tx.views.list({ limit: 1, cursor }))).rejects.toMatchObject({
        code: 'BAD_VALUE',
        kind: 'usage',
      });
    },
  );
});

describe('a text that is looked for', () => {
  it.each(['x'.repeat(100_000), '%_[]\\', "'; drop table events; --", '\u0000', '１２３'])(
    'may be anything (%#)',
    async (text) => {
      const store = await place.open();
      expect(await store.read((tx) => tx.views.list({ limit: 1, text }))).toEqual({
        items: [],
        nextCursor: null,
      });
    },
  );
});
