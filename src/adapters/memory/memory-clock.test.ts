import { describe, expect, it } from 'vitest';
import { memoryClock } from './memory-clock.ts';

describe('memoryClock', () => {
  it('stands still until it is moved', async () => {
    const clock = memoryClock('2026-11-24T05:00:00.000Z');
    expect([clock.now(), clock.monotonic()]).toEqual([Date.parse('2026-11-24T05:00:00.000Z'), 0]);
    await clock.advance(1_500);
    expect([clock.now(), clock.monotonic()]).toEqual([Date.parse('2026-11-24T05:00:01.500Z'), 1_500]);
    await clock.advanceTo('2026-11-24T05:00:02.000Z');
    expect(clock.monotonic()).toBe(2_000);
    await expect(clock.advanceTo('2026-11-24T05:00:01.000Z')).rejects.toThrow(RangeError);
  });

  it('wakes in the order of time, each at its own moment', async () => {
    const clock = memoryClock();
    const woken: string[] = [];
    const sleep = async (name: string, ms: number) => {
      await clock.wait(ms);
      woken.push(`${name}@${clock.monotonic()}`);
    };
    const all = Promise.all([sleep('c', 30), sleep('a', 10), sleep('b', 20), sleep('a2', 10)]);
    await clock.advance(20);
    expect(woken).toEqual(['a@10', 'a2@10', 'b@20']);
    expect(clock.waiting()).toBe(1);
    await clock.advance(10);
    await all;
    expect(woken.at(-1)).toBe('c@30');
  });

  it('one that waits again on waking is woken again on the way', async () => {
    const clock = memoryClock();
    const ticks: number[] = [];
    const ticking = (async () => {
      for (let i = 0; i < 4; i += 1) {
        await clock.wait(10);
        ticks.push(clock.monotonic());
      }
    })();
    await clock.advance(100);
    await ticking;
    expect(ticks).toEqual([10, 20, 30, 40]);
    expect(clock.monotonic()).toBe(100);
  });

  it('goes to whoever wakes next, until nobody waits', async () => {
    const clock = memoryClock();
    const waits = Promise.all([clock.wait(70_000), clock.wait(5)]);
    expect(await clock.toNext()).toBe(true);
    expect(clock.monotonic()).toBe(5);
    expect(await clock.toNext()).toBe(true);
    expect(clock.monotonic()).toBe(70_000);
    expect(await clock.toNext()).toBe(false);
    await waits;
  });

  it('an abort ends the wait at once, before or while it waits', async () => {
    const clock = memoryClock();
    const controller = new AbortController();
    const waiting = clock.wait(1_000, controller.signal);
    controller.abort();
    await waiting;
    await clock.wait(1_000, controller.signal);
    expect([clock.waiting(), clock.monotonic()]).toEqual([0, 0]);
  });

  it('a correction moves the wall clock alone', async () => {
    const clock = memoryClock('2026-11-24T05:00:00.000Z');
    await clock.advance(10);
    let woken = false;
    const waiting = clock.wait(5).then(() => {
      woken = true;
    });
    clock.set('2026-11-23T00:00:00.000Z');
    await Promise.resolve();
    expect([clock.now(), clock.monotonic(), woken]).toEqual([
      Date.parse('2026-11-23T00:00:00.000Z'),
      10,
      false,
    ]);
    await clock.advance(5);
    await waiting;
    expect(clock.now()).toBe(Date.parse('2026-11-23T00:00:00.005Z'));
  });
});
