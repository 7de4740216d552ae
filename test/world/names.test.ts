import { afterEach, describe, expect, test } from 'vitest';
import { openTown, type Town } from './town.ts';

let town: Town;
afterEach(() => town.close());

const CHANGED: readonly (readonly [string, (asked: string) => string | null])[] = [
  ['in capitals', (asked) => asked.toUpperCase()],
  ['cut', (asked) => asked.slice(0, 12)],
  ['dropped', () => null],
];

describe('a name that does not survive', () => {
  test.each(CHANGED)(
    '%s: made a few times at most, a person is told, and a cancel leaves nothing',
    async (_, nameOf) => {
      town = await openTown({ nameOf });
      const orderId = await town.place();
      const isForAPerson = ({ holds }: { readonly holds: readonly unknown[] }): boolean => holds.length > 0;
      for (let tries = 0; tries < 6; tries += 1) await town.work('2s');
      expect(town.live(orderId).length).toBeLessThanOrEqual(4);
      const order = await town.order(orderId);
      if (order.stage !== 'tm-queue') expect(isForAPerson(order), JSON.stringify(order.holds)).toBe(true);
      await town.cancel(orderId);
      for (let tries = 0; tries < 6; tries += 1) await town.work('2s');
      const ended = await town.order(orderId);
      // Either every id that the network told is off, or the order is not said to be at its end.
      if (ended.stage === 'cancelled') expect(town.live(orderId)).toEqual([]);
      else expect(isForAPerson(ended)).toBe(true);
    },
  );
});
