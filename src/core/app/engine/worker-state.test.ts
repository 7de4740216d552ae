import { expect, test } from 'vitest';
import { workerState } from './worker-state.ts';

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
