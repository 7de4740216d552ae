import { expect, test } from 'vitest';
import { random } from '../simulation/random.ts';
import { eachOf } from '../support/real-process.ts';
import { comeTo, newHouse, traceOf, tracing } from './house.ts';
import { DRAINED, LIVES, type Life } from './lives.ts';

/** How many ordered pairs of a life are drawn in one pass: all of them take hours. */
const PAIRS = Number(process.env.OSS_LONG_PAIRS ?? 100);
const SEED = Number(process.env.OSS_LONG_SEED ?? 1);
const AGAIN_MS = 120_000;
const DRAIN_MS = 240_000;

const countsIn = (names: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return `${name}:${count}`;
  });
};

/** Every place that a life passes, by line, and what it comes to in the end. */
const undisturbed = async ({ lines }: Life) => {
  const house = await newHouse();
  const places: { readonly index: number; readonly point: string }[] = [];
  for (const [index, line] of lines.entries()) {
    await house.play(line, index, { env: tracing(house) });
    for (const point of countsIn(traceOf(house))) places.push({ index, point });
  }
  await house.play(DRAINED, lines.length, { laterMs: DRAIN_MS });
  const end = await comeTo(house, lines.length);
  house.remove();
  return { places, end };
};

test.each(LIVES)('killed twice: $name', async (life) => {
  const { places, end } = await undisturbed(life);
  const chaos = random(SEED);
  const [first, ...rest] = places;
  if (first === undefined) throw new Error('nothing was passed');
  const draw = (): { index: number; point: string } => chaos.pick([first, ...rest]);
  const pairs = Array.from({ length: Math.ceil(PAIRS / LIVES.length) }, () => [draw(), draw()] as const);
  await eachOf(pairs, 4, async (pair) => {
    const house = await newHouse();
    try {
      for (const [index, line] of life.lines.entries()) {
        // Both on one line: the second kill strikes who types it again.
        const kills = pair.filter((kill) => kill.index === index);
        for (const { point } of kills) {
          await house.play(line, index, { env: { OSS_CRASH_POINT: point } });
        }
        await house.play(line, index, { laterMs: AGAIN_MS });
        await house.play(DRAINED, index, { laterMs: DRAIN_MS });
      }
      const come = await comeTo(house, life.lines.length);
      expect(come, JSON.stringify(pair)).toEqual(end);
    } finally {
      house.remove();
    }
  });
});
