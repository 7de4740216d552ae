import { describe, expect, it } from 'vitest';
import { at, view, visitOf } from '../../../core/ports/contract/samples.contract.ts';
import type { OrderView } from '../../../core/ports/order-view.ts';
import { usePlace } from '../../../testing/store/place.fixture.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { toViewColumns } from './view-row.ts';

const place = usePlace();

describe('a cursor', () => {
  it('comes back as it was', () => {
    const at = { value: '~', key: '10ORD-000042' };
    expect(decodeCursor(encodeCursor(at))).toEqual(at);
  });

  const bytes = ['10ORD\0', '10ORD\ud800', '~\n'].map((key) => encodeCursor({ value: '~', key }));
  it.each(['', 'x', '!!', 'bnVsbA', 'WyJhIl0', 'WzEsMl0', 'e30', ...bytes])(
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

describe('a row of the read model', () => {
  it.each(Object.keys(toViewColumns(view('ORD-000001'))).filter((name) => name !== 'order_key'))(
    'is renewed when somebody else has changed %s',
    async (column) => {
      const store = await place.open();
      const one = view('ORD-000001', { inDoubt: 2, visit: visitOf('T-1', at(1), at(2)) });
      await store.write((tx) => tx.views.put(one));
      const raw = place.raw(place.file());
      const rows = () => raw.prepare('select * from order_view').all();
      const before = rows();
      raw.exec(`update order_view set ${column} = 7`);
      expect(rows()).not.toEqual(before);
      expect(await store.write((tx) => tx.views.renew(one))).toBe(true);
      expect(rows()).toEqual(before);
      expect(await store.write((tx) => tx.views.renew(one))).toBe(false);
    },
  );
});

it('is the same row, told what was there before or not', async () => {
  const store = await place.open();
  const raw = place.raw(place.file());
  const rows = () => raw.prepare('select * from order_view').all();
  const first = view('ORD-000001');
  const changes: readonly Partial<OrderView>[] = [
    {},
    { stage: 'held', stageSince: at(9), updatedAt: at(9), version: 3 },
    { visit: visitOf('T-1', at(1), at(2)) },
    { inDoubt: 2 },
    { open: false, area: null },
    { calls: { attempts: 1, lastOutcome: null, lastAt: null, nextAt: at(3) } },
  ];
  const states = changes.flatMap((one) => changes.map((other) => ({ ...first, ...one, ...other })));
  for (const [i, after] of states.entries()) {
    const before = states[(7 * i + 3) % states.length] ?? first;
    await store.write((tx) => tx.views.put(before));
    await store.write((tx) => tx.views.put(after));
    const expected = rows();
    await store.write((tx) => tx.views.put(before));
    await store.write((tx) => tx.views.put(after, before));
    expect(rows()).toEqual(expected);
  }
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
