import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CRASH_POINTS, REMOTE_STEPS } from '../../src/core/saga/crash-points.ts';
import { countRuns } from '../support/count-runs.ts';
import { eachOf } from '../support/real-process.ts';
import { type Come, comeTo, type House, newHouse, traceOf, tracing } from './house.ts';
import { AGAIN_MS, DRAIN_MS, DRAINED, LIVES, type Life, type Line } from './lives.ts';

/** One place of one line at which the power goes. */
type Kill = { readonly index: number; readonly line: Line; readonly point: string };

/** A life as it goes without a kill: what it was before each line, and what it comes to after it. */
type Reference = {
  readonly before: readonly House[];
  readonly after: readonly Come[];
  readonly kills: readonly Kill[];
};

const AT_ONCE = Math.max(4, availableParallelism());

const liveUndisturbed = async (life: Life): Promise<Reference> => {
  const house = await newHouse();
  const before: House[] = [];
  const after: Come[] = [];
  const kills: Kill[] = [];
  for (const [index, line] of life.lines.entries()) {
    before.push(await house.copy());
    await house.play(line, index, { env: tracing(house) });
    const counts = new Map<string, number>();
    for (const name of traceOf(house)) {
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      kills.push({ index, line, point: `${name}:${count}` });
    }
    const drained = await house.copy();
    await drained.play(DRAINED, index, { laterMs: DRAIN_MS });
    after.push(await comeTo(drained, index));
    await drained.remove();
  }
  await house.remove();
  return { before, after, kills };
};

/** Of a life with its places in the order in which it passes them: where it is killed. */
export type Choice = (life: Life, places: number) => readonly number[];

/** Each life is killed at each of its chosen places, in a house of its own, and goes on. Declares the tests. */
export const killedOnceAnywhere = (chosen: Choice): void => {
  const passed = new Set<string>();

  describe.each(LIVES)('killed once anywhere: $name', (life) => {
    let reference: Reference = { before: [], after: [], kills: [] };
    beforeAll(async () => {
      reference = await liveUndisturbed(life);
      for (const { point } of reference.kills) passed.add(point.replace(/:\d+$/, ''));
    }, 240_000);
    afterAll(async () => {
      for (const house of reference.before) await house.remove();
    });

    test('undisturbed it ends as it should', () => {
      const last = reference.after.at(-1);
      expect(last?.broken).toEqual([]);
      expect(last?.orders).toMatchObject([{ stage: life.ends }]);
    });

    test('and it ends so after a kill at each chosen place', async () => {
      let killed = 0;
      const kills = chosen(life, reference.kills.length).flatMap((at) => reference.kills[at] ?? []);
      await eachOf(kills, AT_ONCE, async ({ index, line, point }) => {
        const where = `${line.argv.slice(0, 2).join(' ')} killed at ${point}`;
        const house = await reference.before[index]?.copy();
        if (house === undefined) throw new Error(where);
        try {
          const { signal } = await house.play(line, index, { env: { OSS_CRASH_POINT: point } });
          if (signal === 'SIGKILL') killed += 1;
          if (line.argv[0] !== 'worker') {
            // Who got no answer types it again; what is due is left to the worker.
            const again = await house.play(line, index, {
              laterMs: AGAIN_MS,
              env: { OSS_INLINE_MAX_MS: '0' },
            });
            expect([0, 8], `${where}, typed again: ${again.stderr}`).toContain(again.code);
          }
          await house.play(DRAINED, index, { laterMs: DRAIN_MS });
          const come = await comeTo(house, index);
          expect(come, where).toEqual(reference.after[index]);
        } finally {
          await house.remove();
        }
      });
      // How often a place is passed can differ by a wait or two; a place that is never reached proves nothing.
      expect(killed).toBeGreaterThan(kills.length * 0.9);
      countRuns(killed);
    }, 900_000);
  });

  test('every place of the table was passed by some life', () => {
    expect([...CRASH_POINTS].filter((name) => !passed.has(name))).toEqual([]);
    expect(passed.size).toBe(REMOTE_STEPS.length * 6 + 2);
  });
};
