import { expect, test } from 'vitest';
import { dice } from '../../../../test/support/dice.ts';
import { dueQueue } from './due-queue.ts';

test('gives what is due, the longest due first, and nothing before its time', () => {
  const roll = dice(7);
  const queue = dueQueue();
  const times = Array.from({ length: 500 }, () => roll(1_000));
  for (const [i, at] of times.entries()) queue.put(`${i}`, at);
  const taken: number[] = [];
  for (const now of [-1, 0, 250, 251, 999, 2_000]) {
    for (let id = queue.take(now); id !== null; id = queue.take(now)) {
      const at = times[Number(id)] ?? Number.NaN;
      expect(at).toBeLessThanOrEqual(now);
      taken.push(at);
    }
    expect(queue.isDue(now)).toBe(false);
    expect(taken).toHaveLength(times.filter((at) => at <= now).length);
  }
  expect(taken).toEqual([...times].sort((a, b) => a - b));
});

test('gives all at once when it is told to hurry, what was due before first', () => {
  const queue = dueQueue();
  for (const at of [50, 10, 40, 20, 30]) queue.put(`${at}`, at);
  queue.hurry(25);
  const taken = Array.from({ length: 5 }, () => queue.take(25));
  expect(taken.slice(0, 2)).toEqual(['10', '20']);
  expect(taken.slice(2).sort()).toEqual(['30', '40', '50']);
  expect(queue.take(1_000)).toBeNull();
});
