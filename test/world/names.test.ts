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
  test.each(CHANGED)('%s: never made again, and never said to be off while it lives', async (_, nameOf) => {
    town = await openTown({ nameOf });
    const orderId = await town.place();
    for (let tries = 0; tries < 4; tries += 1) await town.work('2s');
    const made = town.ne.services().filter(({ asked }) => asked.startsWith(orderId));
    expect(new Set(made.map(({ asked }) => asked)).size).toBe(made.length);
    await town.cancel(orderId);
    for (let tries = 0; tries < 4; tries += 1) await town.work('2s');
    const isSaidToBeOff = town.types(orderId).includes('ActivationCancelled');
    expect([isSaidToBeOff, town.live(orderId).length > 0]).not.toEqual([true, true]);
    expect(['cancelling', 'cancelled']).toContain((await town.order(orderId)).stage);
  });
});
