import { expect, test } from 'vitest';
import { happenings, parseSpared, type Spared, showSpared } from './happenings.ts';
import { runSchedule } from './schedule.ts';
import { shrink } from './shrink.ts';

const kept = (count: number, spared: Spared): readonly number[] =>
  Array.from({ length: count }, (_, i) => i + 1).filter((number) => !spared.has(number));

test('what breaks because of two happenings of many shrinks to these two', async () => {
  const needs = [3, 37];
  let lives = 0;
  const spared = await shrink(60, async (without) => {
    lives += 1;
    return needs.every((number) => !without.has(number));
  });
  expect(kept(60, spared)).toEqual(needs);
  expect(lives).toBeLessThan(120);
});

test('what breaks without any of them shrinks to nothing', async () => {
  expect(kept(9, await shrink(9, async () => true))).toEqual([]);
});

test('numbers what comes, and leaves out what is spared', () => {
  const { happens, count } = happenings(new Set([2]));
  expect([happens(), happens(), happens()]).toEqual([true, false, true]);
  expect(count()).toBe(3);
});

test('writes numbers as a line of the shell takes them, and reads them again', () => {
  const spared = new Set([9, 1, 2, 3]);
  expect(showSpared(spared)).toBe('1-3,9');
  expect([...parseSpared('1-3,9')].sort()).toEqual([1, 2, 3, 9]);
  expect(parseSpared('').size).toBe(0);
  expect(() => parseSpared('1-x')).toThrow('1-x');
});

test('a life of which everything is spared is one in which nothing happens', async () => {
  const stormy = await runSchedule(4_711);
  expect(stormy.happened).toBeGreaterThan(20);
  const calm = await runSchedule(4_711, parseSpared('1-10000'));
  expect(calm.counts).toMatchObject({ orders: 0, events: 0, deaths: 0, sleeps: 0 });
});

test('a spared happening leaves what came before it as it was', async () => {
  const whole = await runSchedule(4_711);
  const cut = await runSchedule(4_711, parseSpared(`${whole.happened}`));
  const before = whole.trace.slice(0, 10);
  expect(cut.trace.slice(0, 10)).toEqual(before);
});
