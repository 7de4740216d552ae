import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIVES } from '../crash/lives.ts';
import { countRuns } from '../support/count-runs.ts';
import { sampled } from '../support/sampled.ts';
import { CLOCK_STEPS, type Place, type SteppedClock, steppedClock } from './stepped-clock.ts';

/** Places of each life at which a clock steps in one pass, for each way of stepping; 0: one place of one life. The seed says which. */
const MOST = Number(process.env.OSS_LONG_CLOCK_PLACES ?? 0);
const SEED = Number(process.env.OSS_LONG_SEED ?? 1);

let clock: SteppedClock | null = null;
beforeAll(() => {
  const opened = steppedClock();
  if ('reason' in opened) process.stderr.write(`NOT PROVEN HERE, clocks that step: ${opened.reason}\n`);
  else clock = opened;
});
afterAll(() => clock?.close());

describe.each(LIVES.map((life, n) => ({ ...life, n })))('$name', ({ n: nth, ...life }) => {
  let places: readonly Place[] = [];
  beforeAll(async () => {
    places = (await clock?.placesOf(life)) ?? [];
  });

  const steps = CLOCK_STEPS.map((step, at) => ({ ...step, at }));
  const ofThis = steps.filter(({ at }) => MOST > 0 || (at + SEED) % LIVES.length === nth);

  test.for(ofThis)('the clock steps in the real program: $name', async ({ at, ...step }, { skip }) => {
    if (clock === null) return skip('no C compiler');
    // Each way of stepping begins at another place.
    const first = at * Math.ceil(places.length / CLOCK_STEPS.length);
    const struck = sampled(places.length, { most: Math.max(1, MOST), seed: SEED + first });
    expect(struck.length, 'the program passes such places').toBeGreaterThan(0);
    for (const n of struck) {
      const place = places[n - 1];
      if (place === undefined) throw new Error(`no place ${n}`);
      const where = `line ${place.index}, place ${place.nth}`;
      expect(await clock.faultsOf(life, place, step), where).toEqual([]);
    }
    countRuns(struck.length);
  });
});
