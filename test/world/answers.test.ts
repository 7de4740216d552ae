import { describe } from 'vitest';
import { inTown } from './in-town.ts';

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

describe.concurrent('a gateway that answers by itself after the effect', () => {
  inTown.concurrent.for(STATUSES)(
    '%i: a cancel ends with nothing live',
    async ([status, retryAfter], { open, expect }) => {
      const town = await open();
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
    },
  );

  inTown.concurrent.for(STATUSES)(
    '%i: an order that goes on has each service once',
    async ([status, retryAfter], { open, expect }) => {
      const town = await open();
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
    },
  );
});
