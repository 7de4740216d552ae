import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isTaken, watchLoop } from './pressure.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const LOAD = { lagMs: 0, reads: 0, intake: 0 };

test.each([
  [{}, [true, true, true]],
  [{ lagMs: 100 }, [true, false, true]],
  [{ lagMs: 3_000 }, [true, false, false]],
  [{ reads: 256 }, [true, false, true]],
  [{ intake: 256 }, [true, false, true]],
  [{ intake: 1_024 }, [true, false, false]],
])('with %o: probes, reads, intake', (load, taken) => {
  const all = { ...LOAD, ...load };
  expect([isTaken('probe', all), isTaken('read', all), isTaken('intake', all)]).toEqual(taken);
});

test('a turn of the loop that goes on too long is late while it lasts; one pause makes no overload afterwards', () => {
  let at = 0;
  const loop = watchLoop(() => at);
  at = 40;
  expect(loop.lagMs()).toBeLessThanOrEqual(0);
  at = 450;
  expect(loop.lagMs()).toBe(400);
  vi.advanceTimersByTime(50);
  expect(loop.lagMs()).toBeLessThanOrEqual(0);
  loop.stop();
});

test('a loop that is late again and again is late between its turns too', () => {
  let at = 0;
  const loop = watchLoop(() => at);
  for (let turn = 0; turn < 3; turn += 1) {
    at += 350;
    vi.advanceTimersByTime(50);
  }
  expect(loop.lagMs()).toBe(300);
  for (let turn = 0; turn < 3; turn += 1) {
    at += 50;
    vi.advanceTimersByTime(50);
  }
  expect(loop.lagMs()).toBeLessThanOrEqual(0);
  loop.stop();
});
