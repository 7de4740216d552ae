import { expect, test } from 'vitest';
import { sampled } from './sampled.ts';

test('all of them, where they are few', () => {
  expect(sampled(3, { most: 3, seed: 7 })).toEqual([1, 2, 3]);
  expect(sampled(0, { most: 3, seed: 7 })).toEqual([]);
});

test('some of many, and seeds in a row come to each', () => {
  const seeds = [20_270_101, 20_270_102, 20_270_103, 20_270_104];
  const passes = seeds.map((seed) => sampled(161, { most: 41, seed }));
  for (const pass of passes) expect(pass.length).toBeLessThanOrEqual(41);
  expect(passes.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 161 }, (_, i) => i + 1));
});
