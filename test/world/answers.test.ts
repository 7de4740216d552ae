import { afterEach, describe, expect, test } from 'vitest';
import type { Json } from '../acceptance/house.ts';
import { openTown, type Town } from './town.ts';

let town: Town;
afterEach(() => town.close());

const settled = ({ stage, holds }: Json): boolean => stage === 'cancelled' || holds.length > 0;

/** The gateway tried again by itself: the first try had its effect, and the last one's answer is what came back. */
const STATUSES = [
  [400, undefined],
  [409, undefined],
  [413, undefined],
  [422, undefined],
  [401, undefined],
  [403, undefined],
  [404, undefined],
  [429, 1],
  [503, 1],
  [500, undefined],
  [502, undefined],
  [504, undefined],
] as const;

describe('a gateway that answers by itself after the effect', () => {
  test.each(STATUSES)('%i: a cancel ends with nothing live', async (status, retryAfter) => {
    town = await openTown();
    await town.active();
    const asked = new Set<string>();
    town.ne.ways.instead = (method) => {
      if (method !== 'POST' || asked.size > 0) return null;
      asked.add(method);
      return { status, ...(retryAfter === undefined ? {} : { retryAfter }) };
    };
    const orderId = await town.place();
    expect((await town.cancel(orderId)).exitCode).toBe(0);
    await town.until(orderId, ({ stage }) => stage === 'cancelled');
    expect(town.live(orderId)).toEqual([]);
    expect(town.types(orderId)).toContain('ServiceReverted');
  });

  test.each(STATUSES)('%i: an order that goes on has each service once', async (status, retryAfter) => {
    town = await openTown();
    await town.active();
    const asked = new Set<string>();
    town.ne.ways.instead = (method) => {
      if (method !== 'POST' || asked.size > 0) return null;
      asked.add(method);
      return { status, ...(retryAfter === undefined ? {} : { retryAfter }) };
    };
    const orderId = await town.place();
    await town.until(orderId, ({ stage }) => stage === 'tm-queue');
    expect(
      town
        .live(orderId)
        .map(({ spec }) => spec)
        .sort(),
    ).toEqual(['access.gpon', 'internet.hsi']);
    expect(town.ne.services().filter(({ asked: key }) => key.startsWith(orderId))).toHaveLength(2);
  });
});

test('a refusal without effect is a refusal, once the network was looked at', async () => {
  town = await openTown();
  await town.active();
  town.ne.ways.instead = (method) =>
    method === 'POST'
      ? { status: 422, body: JSON.stringify({ code: 'NO_PORT', reason: 'no free port' }) }
      : null;
  // The answer comes in place of an effect: what was made is taken away again by the network itself.
  const orderId = await town.place();
  for (const one of town.ne.live()) if (one.asked.startsWith(orderId)) one.state = 'terminated';
  const order = await town.until(orderId, settled);
  expect(order.holds.length + town.live(orderId).length).toBeGreaterThan(0);
});
