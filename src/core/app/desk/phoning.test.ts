import { expect, test } from 'vitest';
import { BY_WORKER, phoning } from './phoning.ts';

test('one order is phoned at once, whatever the hour', () => {
  expect(phoning({ orders: 1, waitMs: undefined })).toEqual({ call: 'now', here: true });
});

test('several are phoned by the worker, or here for whoever waits: never outside the calling hours', () => {
  expect(phoning({ orders: 2, waitMs: undefined })).toEqual(BY_WORKER);
  expect(phoning({ orders: 2, waitMs: 0 })).toEqual({ call: 'hours', here: true });
});

test('who only holds rings nobody, waiting or not', () => {
  expect(phoning({ orders: 1, waitMs: 60_000, isHoldOnly: true })).toEqual(BY_WORKER);
  expect(phoning({ orders: 2, waitMs: 60_000, isHoldOnly: true })).toEqual(BY_WORKER);
});
