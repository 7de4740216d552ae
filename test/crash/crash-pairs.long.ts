import { expect, test } from 'vitest';
import { eachOf } from '../support/real-process.ts';
import { comeTo, newHouse, traceOf, tracing } from './house.ts';
import { DRAINED, LIVES, type Life } from './lives.ts';

/** How many ordered pairs one pass takes, and how many were done before: all of them take hours, so passes go on. */
const PAIRS = Number(process.env.OSS_LONG_PAIRS ?? 100);
const DONE = Number(process.env.OSS_LONG_DONE ?? 0);
/** A prime that no life's number of places is a multiple of: every pair comes once before any comes again. */
const STRIDE = 7_919;
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
  const ordered = places.flatMap((one) => places.map((other) => [one, other]));
  expect(ordered.length).toBeGreaterThan(0);
  const from = Math.ceil(DONE / LIVES.length);
  const pairs = Array.from({ length: Math.ceil(PAIRS / LIVES.length) }, (_, i) => {
    // A stride through them all, so that an early end has seen pairs from everywhere.
    return ordered[((from + i) * STRIDE) % ordered.length] ?? [];
  });
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
