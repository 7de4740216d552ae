import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashInput } from '../../process/event-hash.ts';
import { VersionConflict } from '../../rules/refusal.ts';
import { compareCursors, START } from '../cursor.ts';
import { appendTo, META, note, type OpenStore, placed, useStore } from './samples.contract.ts';

const A = 'ORD-000001';
const B = 'ORD-000002';
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What `EventStore` promises. */
export const eventsContract = (open: OpenStore): void => {
  describe('events', () => {
    const store = useStore(open);

    it('stamps the envelope and numbers an order from 1', async () => {
      const written = await store().write((tx) => tx.events.append(A, 'none', [placed(), note('T1')], META));
      const loaded = await store().read((tx) => tx.events.load(A));
      expect(loaded).toEqual(written);
      expect(loaded.map((event) => event.version)).toEqual([1, 2]);
      for (const event of loaded) {
        expect(event).toMatchObject({
          orderId: A,
          schema: 1,
          at: META.at,
          actor: META.actor,
          causationId: null,
        });
        expect(event.eventId).toMatch(UUID_V7);
        expect(event.hash).toMatch(/^[0-9a-f]{64}$/);
      }
      expect(loaded[0]).toMatchObject(placed());
      expect(Object.keys(loaded[0] ?? {}).sort()).toEqual(
        'actor at causationId data eventId hash orderId position schema type version'.split(' '),
      );
      expect(loaded[0]?.eventId).not.toBe(loaded[1]?.eventId);
    });

    it('loads the streams of several orders at once, each in its order', async () => {
      await store().write((tx) => appendTo(tx, A, placed()));
      await store().write((tx) => appendTo(tx, B, placed(), note('T1')));
      await store().write((tx) => appendTo(tx, A, note('T2'), note('T3')));
      const nobody = 'ORD-000009';
      const streams = await store().read((tx) => tx.events.loadAll([B, A, nobody]));
      expect([...streams.keys()]).toEqual([B, A, nobody]);
      for (const [orderId, events] of streams) {
        expect(events).toEqual(await store().read((tx) => tx.events.load(orderId)));
      }
      expect(await store().read((tx) => tx.events.loadAll([]))).toEqual(new Map());
    });

    it('keeps the cause that an event names', async () => {
      const [first] = await store().write((tx) => appendTo(tx, A, placed()));
      const cause = first?.eventId ?? '';
      await store().write((tx) => appendTo(tx, A, { ...note('T1'), causationId: cause }));
      const loaded = await store().read((tx) => tx.events.load(A));
      expect(loaded.map((event) => event.causationId)).toEqual([null, cause]);
    });

    it('keeps every value of a payload as it was', async () => {
      const event = placed({
        area: null,
        wishes: { notBefore: '2026-12-01', prefer: 'am' },
        key: '키-"1"\n\u2028\u{1f4e1}',
        internetCount: 3,
      });
      await store().write((tx) => tx.events.append(A, 'none', [event], META));
      const [loaded] = await store().read((tx) => tx.events.load(A));
      expect(loaded?.data).toEqual(event.data);
    });

    it('chains the hashes of one order, whatever other orders do', async () => {
      await store().write((tx) => appendTo(tx, A, placed()));
      await store().write((tx) => appendTo(tx, B, placed()));
      await store().write((tx) => appendTo(tx, A, note('T1'), note('T2')));
      for (const orderId of [A, B]) {
        let previous = '';
        for (const event of await store().read((tx) => tx.events.load(orderId))) {
          const hash = createHash('sha256').update(hashInput(previous, event)).digest('hex');
          expect(event.hash).toBe(hash);
          previous = hash;
        }
      }
    });

    it('has a feed of all orders in the order of their commits', async () => {
      await store().write((tx) => appendTo(tx, B, placed()));
      await store().write((tx) => appendTo(tx, A, placed(), note('T1')));
      await store().write((tx) => appendTo(tx, B, note('T2')));
      const all = await store().read((tx) => tx.events.page({ after: START, limit: 100 }));
      expect(all.map((event) => event.orderId)).toEqual([B, A, A, B]);
      const cursors = all.map((event) => event.cursor);
      for (const [i, cursor] of cursors.entries()) {
        expect(compareCursors(cursors[i - 1] ?? START, cursor)).toBeLessThan(0);
      }
      expect(new Set(all.map((event) => event.position)).size).toBe(4);
    });

    it('loads nothing for an order that is none', async () => {
      expect(await store().read((tx) => tx.events.load('ORD-000099'))).toEqual([]);
    });

    it('loads what came after a version', async () => {
      await store().write((tx) => appendTo(tx, A, placed(), note('T1'), note('T2')));
      const versions = async (after: number) =>
        (await store().read((tx) => tx.events.load(A, after))).map((event) => event.version);
      expect(await versions(0)).toEqual([1, 2, 3]);
      expect(await versions(1)).toEqual([2, 3]);
      expect(await versions(3)).toEqual([]);
      expect(await versions(9)).toEqual([]);
    });

    it('goes on from the last event that was kept, not from one that was taken back', async () => {
      await store().write((tx) => appendTo(tx, A, placed()));
      const add = (textId: string, fails: boolean) =>
        store().write(async (tx) => {
          await appendTo(tx, A, note(textId));
          if (fails) throw new Error(`no ${textId}`);
        });
      await Promise.allSettled(Array.from({ length: 12 }, (_, i) => add(`T${i}`, i % 2 === 0)));
      await store().rehearse((tx) => appendTo(tx, A, note('dry')));
      await add('T12', false);
      const loaded = await store().read((tx) => tx.events.load(A));
      expect(loaded.map((event) => event.version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      let previous = '';
      for (const event of loaded) {
        expect(event.hash).toBe(createHash('sha256').update(hashInput(previous, event)).digest('hex'));
        previous = event.hash;
      }
    });

    it('a result of load does not change when the order goes on', async () => {
      await store().write(async (tx) => {
        await appendTo(tx, A, placed());
        const before = await tx.events.load(A);
        await appendTo(tx, A, note('T1'));
        expect(before).toHaveLength(1);
        expect(await tx.events.load(A)).toHaveLength(2);
      });
    });

    it.each([
      ['none on a stream that is there', 'none', 1],
      ['a version that is past', 1, 2],
      ['a version to come', 3, 2],
      ['a version of a stream that is not there', 1, 0],
    ] as const)('refuses %s', async (_name, expected, length) => {
      const before = [placed(), note('T1')].slice(0, length);
      if (before.length > 0) await store().write((tx) => tx.events.append(A, 'none', before, META));
      const append = store().write((tx) => tx.events.append(A, expected, [note('T9')], META));
      await expect(append).rejects.toBeInstanceOf(VersionConflict);
      await expect(append).rejects.toMatchObject({ orderId: A, expected, actual: length });
      expect(await store().read((tx) => tx.events.load(A))).toHaveLength(length);
    });

    it('a refused append that is caught leaves nothing, and the write goes on', async () => {
      await store().write((tx) => appendTo(tx, A, placed()));
      await store().write(async (tx) => {
        await tx.events.append(A, 'none', [placed(), note('T1')], META).catch(() => undefined);
        await tx.events.append(A, 1, [note('T2')], META);
      });
      const loaded = await store().read((tx) => tx.events.load(A));
      expect(loaded.map((event) => event.data)).toEqual([placed().data, { textId: 'T2' }]);
    });

    it('of two that create the same stream at once, one wins', async () => {
      const create = () => store().write((tx) => tx.events.append(A, 'none', [placed()], META));
      const results = await Promise.allSettled([create(), create(), create()]);
      expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(VersionConflict);
      }
      expect(await store().read((tx) => tx.events.load(A))).toHaveLength(1);
    });

    it('draws order ids that can be spoken, rising, none twice', async () => {
      const draw = () => store().write((tx) => tx.events.nextOrderId());
      const ids = await store().write(async (tx) => [
        await tx.events.nextOrderId(),
        await tx.events.nextOrderId(),
      ]);
      ids.push(await draw());
      await store().rehearse((tx) => tx.events.nextOrderId());
      ids.push(await draw());
      expect(ids.every((id) => /^ORD-[0-9]{6}$/.test(id))).toBe(true);
      expect([...new Set(ids)].sort()).toEqual(ids);
    });

    it('keeps nothing of a write that fails, but perhaps the ids that it drew', async () => {
      const failed = store().write(async (tx) => {
        const orderId = await tx.events.nextOrderId();
        await appendTo(tx, orderId, placed());
        throw new Error(`no ${orderId}`);
      });
      await expect(failed).rejects.toThrow(/^no ORD-[0-9]{6}$/);
      expect(await store().read((tx) => tx.events.load(A))).toEqual([]);
      expect(await store().read((tx) => tx.events.orderIds('', 10))).toEqual([]);
      expect(await store().read((tx) => tx.events.head())).toEqual(START);
      await store().write((tx) => appendTo(tx, A, placed()));
      expect(await store().read((tx) => tx.events.load(A))).toHaveLength(1);
    });

    it('pages over all orders, one order, or some types', async () => {
      await store().write((tx) => appendTo(tx, A, placed(), note('T1')));
      await store().write((tx) => appendTo(tx, B, placed()));
      await store().write((tx) => appendTo(tx, A, note('T2')));
      const texts = async (query: { orderId?: string; types?: readonly ('NoteAdded' | 'OrderPlaced')[] }) => {
        const seen: string[] = [];
        let after = START;
        while (seen.length < 20) {
          const page = await store().read((tx) => tx.events.page({ after, limit: 2, ...query }));
          const last = page.at(-1);
          if (last === undefined) return seen;
          expect(page.length).toBeLessThanOrEqual(2);
          after = last.cursor;
          seen.push(...page.map((event) => `${event.orderId.slice(-1)}${event.version}`));
        }
        throw new Error(`the pages do not end: ${seen.join(' ')}`);
      };
      expect(await texts({})).toEqual(['11', '12', '21', '13']);
      expect(await texts({ orderId: A })).toEqual(['11', '12', '13']);
      expect(await texts({ types: ['NoteAdded'] })).toEqual(['12', '13']);
      expect(await texts({ types: ['OrderPlaced', 'NoteAdded'], orderId: B })).toEqual(['21']);
      expect(await texts({ types: [] })).toEqual([]);
      expect(await texts({ orderId: 'ORD-000099' })).toEqual([]);
    });

    it('knows the head, and where the last events begin', async () => {
      const head = () => store().read((tx) => tx.events.head());
      const last = async (count: number) =>
        store().read(async (tx) => {
          const after = await tx.events.beforeLast(count);
          return (await tx.events.page({ after, limit: 10 })).map(
            (event) => `${event.orderId}/${event.version}`,
          );
        });
      expect([await head(), await last(3)]).toEqual([START, []]);
      await store().write((tx) => appendTo(tx, A, placed()));
      await store().write((tx) => appendTo(tx, B, placed(), note('T1')));
      const all = await store().read((tx) => tx.events.page({ after: START, limit: 10 }));
      expect(await head()).toEqual(all.at(-1)?.cursor);
      expect(await last(0)).toEqual([]);
      expect(await last(2)).toEqual([`${B}/1`, `${B}/2`]);
      expect(await last(3)).toEqual([`${A}/1`, `${B}/1`, `${B}/2`]);
      expect(await last(9)).toHaveLength(3);
    });

    it('refuses a cursor of an epoch that is still to come', async () => {
      await store().write((tx) => appendTo(tx, A, placed()));
      const page = store().read((tx) => tx.events.page({ after: { epoch: 9, n: 0 }, limit: 1 }));
      await expect(page).rejects.toMatchObject({ code: 'BAD_VALUE', detail: { value: '9:0' } });
    });

    it('lists orders in id order, as people count, past a million too', async () => {
      for (const orderId of ['ORD-1000000', 'ORD-999999', A, 'ORD-1000001']) {
        await store().write((tx) => appendTo(tx, orderId, placed()));
      }
      const ids = (after: string, limit: number) => store().read((tx) => tx.events.orderIds(after, limit));
      expect(await ids('', 10)).toEqual([A, 'ORD-999999', 'ORD-1000000', 'ORD-1000001']);
      expect(await ids('', 2)).toEqual([A, 'ORD-999999']);
      expect(await ids('ORD-999999', 1)).toEqual(['ORD-1000000']);
      expect(await ids('ORD-1000001', 10)).toEqual([]);
    });
  });
};
