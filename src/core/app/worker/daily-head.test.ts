import { expect, test } from 'vitest';
import { sagaWorld } from '../../../../test/support/saga-world.ts';
import { DAY_MS, MINUTE_MS } from '../../time/units.ts';
import { keepTellingHeads } from './daily-head.ts';

test('a head is told once a local day, whichever worker comes first, and a dead one is made up for', async () => {
  const { deps, clock } = await sagaWorld();
  const told: string[] = [];
  const read = async () => ({ position: 7, digest: 'd', audit: [] });
  const aDay = async (tell: (date: string) => void): Promise<unknown> => {
    const stop = new AbortController();
    const until = clock.now() + DAY_MS;
    const daily = { read, tell: async (_: unknown, date: string) => tell(date), signal: stop.signal };
    let ended: unknown = null;
    const running = keepTellingHeads(deps, daily).catch((error: unknown) => {
      ended = error;
    });
    while (clock.now() < until && ended === null) await clock.toNext();
    stop.abort();
    if (ended === null) await clock.toNext();
    await running;
    return ended;
  };
  const push = (date: string): void => void told.push(date);
  await aDay(push);
  expect(new Set(told).size).toBe(told.length);
  const once = [...told];
  expect(once.length).toBe(2);
  // Another process on the same day.
  const before = clock.now();
  await aDay(push);
  expect(told.length).toBe(3);
  expect(clock.now() - before).toBeLessThan(DAY_MS + 2 * MINUTE_MS);
  // What could not be told is not remembered as told.
  const failed = await aDay(() => {
    throw new Error('no room');
  });
  expect(failed).toMatchObject({ message: 'no room' });
  await aDay(push);
  expect(told.length).toBe(5);
  const rows = await deps.store.read((tx) => tx.audit.list(100));
  expect(rows.filter(({ action }) => action === 'head.told').map(({ subject }) => subject)).toEqual(
    told.toReversed(),
  );
});
