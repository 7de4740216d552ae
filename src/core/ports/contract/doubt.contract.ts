import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../rules/refusal.ts';
import type { Store, Tx } from '../store.ts';
import { appendTo, at, note, placed } from './samples.contract.ts';

/** The next COMMIT that loses its answer. `isDone`: it was kept. `isKnown`: the store can find that out. */
export type Lost = { readonly isDone: boolean; readonly isKnown: boolean };

export type Doubtful = {
  readonly store: Store;
  /** The next COMMIT of the store loses its answer so, and no other one. */
  readonly lose: (lost: Lost) => void;
  readonly close: () => Promise<void>;
};

const A = 'ORD-000001';

/** What a store promises whose COMMIT may lose its answer. `open` gives an empty one each time. */
export const doubtContract = (name: string, open: () => Promise<Doubtful>): void => {
  describe(`${name} whose COMMIT loses its answer`, () => {
    let opened: Doubtful;
    let told: string[] = [];
    beforeEach(async () => {
      opened = await open();
      told = [];
    });
    afterEach(() => opened.close());

    const work = async (tx: Tx) => {
      tx.afterCommit(() => told.push('stands'));
      tx.afterRollback(() => told.push('undone'));
      await appendTo(tx, A, placed());
      await tx.requests.put('order new', 'K', { orderId: A, fingerprint: 'f', at: at(5) });
      return (await appendTo(tx, A, note('T1'))).length;
    };
    const scope = { orders: [A], keys: ['K'] };
    const seen = () =>
      opened.store.read(async (tx) => ({
        events: (await tx.events.load(A)).length,
        key: (await tx.requests.get('order new', 'K'))?.orderId ?? null,
      }));
    const ALL = { events: 2, key: A };
    const NOTHING = { events: 0, key: null };

    it('finds out that it was done, and does nothing again', async () => {
      opened.lose({ isDone: true, isKnown: true });
      expect(await opened.store.write(work, scope)).toBe(1);
      expect(told).toEqual(['stands']);
      expect(await seen()).toEqual(ALL);
    });

    it('finds out that it was not done, and does it again', async () => {
      opened.lose({ isDone: false, isKnown: true });
      expect(await opened.store.write(work, scope)).toBe(1);
      expect(told).toEqual(['undone', 'stands']);
      expect(await seen()).toEqual(ALL);
    });

    it.each([true, false])(
      'says so when it cannot find out, and keeps all or nothing (done: %s)',
      async (isDone) => {
        opened.lose({ isDone, isKnown: false });
        await expect(opened.store.write(work, scope)).rejects.toSatisfy((error) =>
          isRefusal(error, 'COMMIT_IN_DOUBT'),
        );
        expect(told).toEqual(['undone']);
        expect(await seen()).toEqual(isDone ? ALL : NOTHING);
      },
    );

    it.each([true, false])('goes on with the next write (done: %s)', async (isDone) => {
      for (const isKnown of [true, false]) {
        opened.lose({ isDone, isKnown });
        await opened.store.write((tx) => appendTo(tx, A, note('T'))).catch(() => undefined);
      }
      const before = await opened.store.read((tx) => tx.events.load(A));
      const written = await opened.store.write((tx) => appendTo(tx, A, note('last')));
      expect(written.map(({ version }) => version)).toEqual([before.length + 1]);
    });

    it('a rehearsal has no COMMIT, and never is in doubt', async () => {
      opened.lose({ isDone: true, isKnown: false });
      expect(await opened.store.rehearse(work, scope)).toBe(1);
      expect(await seen()).toEqual(NOTHING);
    });
  });
};
