import { expect, test } from 'vitest';
import type { BreakerRow } from './breaker-row.ts';
import { breakerRowFault, mendedBreakerRow } from './breaker-row.ts';

const ROW: BreakerRow = {
  name: 'ne:simulated',
  configHash: '5/60000/5000/300000',
  state: 'open',
  gen: 3,
  failures: 5,
  lastFailureAt: 1_800_000_000_000,
  lastError: { code: 'HTTP_STATUS', status: 500, told: '' },
  openUntil: 1_800_000_005_000,
  reopened: 1,
  probeOwner: null,
  probeUntil: null,
  forced: null,
};

/** As it may come out of a file that something else wrote. */
const damaged = (changes: Readonly<Record<string, unknown>>): BreakerRow =>
  Object.assign({ ...ROW }, changes);

test('a row of the right shape has no fault', () => {
  expect(breakerRowFault(ROW)).toBeNull();
  expect(
    breakerRowFault({ ...ROW, forced: { actor: 'noc:lee', reason: 'test' }, openUntil: null }),
  ).toBeNull();
  expect(breakerRowFault({ ...ROW, state: 'half-open', probeOwner: 'h/1/1', probeUntil: 1 })).toBeNull();
});

test.each<[Readonly<Record<string, unknown>>, string]>([
  [{ state: 'Isolated' }, 'state'],
  [{ gen: 1.5 }, 'gen'],
  [{ gen: -1 }, 'gen'],
  [{ failures: Number.NaN }, 'failures'],
  [{ reopened: '2' }, 'reopened'],
  [{ lastFailureAt: 'today', lastError: 7 }, 'lastFailureAt, lastError'],
  [{ openUntil: Number.POSITIVE_INFINITY }, 'openUntil'],
  [{ openUntil: null }, 'openUntil'],
  [{ state: 'half-open' }, 'probeUntil'],
  [{ forced: true }, 'forced'],
  [{ forced: { actor: 'x' } }, 'forced'],
])('%j', (changes, fault) => {
  expect(breakerRowFault(damaged(changes))).toBe(fault);
});

test('the row in its place is closed and can be replaced by a compare-and-set', () => {
  const mended = mendedBreakerRow(damaged({ state: 'Isolated' }), 'ne:simulated');
  expect(mended).toMatchObject({ name: 'ne:simulated', state: 'closed', gen: 3, failures: 0, forced: null });
  expect(breakerRowFault(mended)).toBeNull();
  expect(mendedBreakerRow(damaged({ gen: 'x' }), 'ne:simulated').gen).toBe(0);
});
