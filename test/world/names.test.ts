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

describe('a gateway that answers one customer what it has to answer another', () => {
  test('the undo of the one leaves the services of the other alone', async () => {
    town = await openTown();
    const other = await town.active();
    const [theirs] = town.live(other);
    if (theirs === undefined) throw new Error('nothing lives');
    const { id, name, spec } = theirs;
    const body = JSON.stringify({ id, name, state: 'active', serviceSpecification: { id: spec } });
    town.ne.ways.instead = (method) => (method === 'POST' ? { status: 201, body } : null);
    const orderId = await town.place();
    await town.work('2s');
    await town.cancel(orderId);
    await town.until(orderId, ({ stage }) => stage === 'cancelled');
    expect(town.live(other)).toHaveLength(2);
    expect(town.live(orderId)).toEqual([]);
    expect((await town.order(other)).stage).toBe('tm-queue');
  });
});
