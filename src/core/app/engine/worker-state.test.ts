import { expect, test } from 'vitest';
import { isLongGone, workerState } from './worker-state.ts';

const NOW = 1_000_000;

test.each([
  [true, 0, 'running'],
  [true, 14_999, 'running'],
  [true, 15_000, 'silent'],
  [false, 0, 'gone'],
  [false, 60_000, 'gone'],
] as const)('alive %s, last sign %i ms ago: %s', (alive, ago, state) => {
  const worker = { owner: 'host:1:2', beatAt: NOW - ago };
  expect(workerState(worker, { now: NOW, processes: { alive: () => alive } })).toBe(state);
});

test.each([
  [true, 59 * 60_000, false],
  [true, 60 * 60_000, true],
  // By a clock that was put right since.
  [true, -60 * 60_000, true],
  [false, 0, true],
])('alive %s, last sign %i ms ago: long gone %s', (alive, ago, isGone) => {
  const worker = { owner: 'host/1/2', beatAt: NOW - ago };
  expect(isLongGone(worker, { now: NOW, processes: { alive: () => alive } })).toBe(isGone);
});
