import { describe, expect, test } from 'vitest';
import {
  admitBreaker,
  afterFailure,
  afterSuccess,
  afterUnused,
  type BreakerWrite,
  breakerConfigHash,
  breakerNow,
  DEFAULT_BREAKER,
  forceClose,
  forceOpen,
  type PeerFault,
} from './breaker.ts';
import type { BreakerRow } from './breaker-row.ts';

const S = DEFAULT_BREAKER;
const NAME = 'ne:http://127.0.0.1:8701';
const SELF = { name: NAME, owner: 'host/1/1' };
const T0 = 1_800_000_000_000;
/** The middle of the draw: no jitter. */
const FAULT: PeerFault = { cause: { code: 'HTTP_STATUS', status: 500, told: '' }, backOff: null, draw: 0.5 };

const row = (changes: Partial<BreakerRow> = {}): BreakerRow => ({
  name: NAME,
  configHash: breakerConfigHash(S),
  state: 'closed',
  gen: 7,
  failures: 0,
  lastFailureAt: null,
  lastError: null,
  openUntil: null,
  reopened: 0,
  probeOwner: null,
  probeUntil: null,
  forced: null,
  ...changes,
});

const OPEN = row({
  state: 'open',
  openUntil: T0 + 5_000,
  failures: 5,
  lastFailureAt: T0,
  lastError: { code: 'HTTP_STATUS', status: 500, told: '' },
});
const HALF_OPEN = row({ state: 'half-open', openUntil: T0, probeOwner: 'host/2/2', probeUntil: T0 + 15_000 });

const fail = (
  stored: BreakerRow | null,
  now = T0,
  changes: Partial<Parameters<typeof afterFailure>[5]> = {},
) => afterFailure(stored, stored?.gen ?? 0, now, S, NAME, { ...FAULT, ...changes })?.row ?? null;

/** n failures, `everyMs` apart, each put to the row that the last one left. */
const failTimes = (n: number, everyMs: number): BreakerRow | null =>
  Array.from({ length: n }).reduce<BreakerRow | null>((stored, _, i) => fail(stored, T0 + i * everyMs), null);

describe('closed', () => {
  test('passes, also without a row', () => {
    expect(admitBreaker(null, T0, S, SELF)).toEqual({ kind: 'pass', gen: 0 });
    expect(admitBreaker(row(), T0, S, SELF)).toEqual({ kind: 'pass', gen: 7 });
  });

  test('a success writes only when failures were counted', () => {
    expect(afterSuccess(null, 0, S, NAME)).toBeNull();
    expect(afterSuccess(row(), 7, S, NAME)).toBeNull();
    expect(afterSuccess(row({ failures: 4 }), 7, S, NAME)).toEqual({
      row: row({ failures: 0 }),
      expectedGen: 7,
    });
  });

  test('the first failure makes the row; counting does not change the gen', () => {
    expect(afterFailure(null, 0, T0, S, NAME, FAULT)).toEqual({
      row: row({
        gen: 0,
        failures: 1,
        lastFailureAt: T0,
        lastError: { code: 'HTTP_STATUS', status: 500, told: '' },
      }),
      expectedGen: null,
    });
    expect(failTimes(4, 1_000)).toMatchObject({ state: 'closed', gen: 0, failures: 4 });
  });

  test('five failures open it for 5 s', () => {
    expect(failTimes(5, 1_000)).toEqual(
      row({
        state: 'open',
        gen: 1,
        failures: 5,
        lastFailureAt: T0 + 4_000,
        lastError: { code: 'HTTP_STATUS', status: 500, told: '' },
        openUntil: T0 + 9_000,
      }),
    );
  });

  test('failures more than 60 s apart do not belong together', () => {
    expect(failTimes(5, 60_000)).toMatchObject({ state: 'open' });
    expect(failTimes(20, 60_001)).toMatchObject({ state: 'closed', failures: 1 });
  });

  test('the jitter is one fifth to both sides', () => {
    const four = row({ failures: 4, lastFailureAt: T0 });
    expect(fail(four, T0, { draw: 0 })).toMatchObject({ openUntil: T0 + 4_000 });
    expect(fail(four, T0, { draw: 1 })).toMatchObject({ openUntil: T0 + 6_000 });
  });

  test.each([
    ['as the peer says', T0 + 30_000, 30_000],
    ['at most 300 s', T0 + 3_600_000, 300_000],
    ['at least 1 s, so that nobody spins', T0, 1_000],
    ['as long as usual when it does not say', null, 5_000],
  ])('"come back later" opens it at once: %s', (_name, retryAt, ms) => {
    expect(fail(row(), T0, { backOff: { retryAt } })).toMatchObject({
      state: 'open',
      gen: 8,
      openUntil: T0 + ms,
    });
  });
});

describe('open', () => {
  test('refuses until its end, with the time and the reason', () => {
    const refused = {
      kind: 'refused',
      retryAt: T0 + 5_000,
      cause: { code: 'BREAKER_OPEN', last: { code: 'HTTP_STATUS', status: 500, told: '' } },
    };
    expect(admitBreaker(OPEN, T0, S, SELF)).toEqual(refused);
    expect(admitBreaker(OPEN, T0 + 4_999, S, SELF)).toEqual(refused);
  });

  test('at its end lets one probe, by a compare-and-set', () => {
    const admission = admitBreaker(OPEN, T0 + 5_000, S, SELF);
    expect(admission).toEqual({
      kind: 'probe',
      gen: 8,
      write: {
        expectedGen: 7,
        row: {
          ...OPEN,
          state: 'half-open',
          gen: 8,
          probeOwner: SELF.owner,
          probeUntil: T0 + 5_000 + S.probeLeaseMs,
        },
      },
    });
  });

  test('an end further ahead than any setting was written by a wrong clock', () => {
    expect(admitBreaker(row({ ...OPEN, openUntil: T0 + 360_000 }), T0, S, SELF)).toMatchObject({
      kind: 'refused',
    });
    expect(admitBreaker(row({ ...OPEN, openUntil: T0 + 360_001 }), T0, S, SELF)).toMatchObject({
      kind: 'probe',
    });
  });

  test('a result of the gen before changes nothing', () => {
    expect(afterSuccess(OPEN, 6, S, NAME)).toBeNull();
    expect(afterFailure(OPEN, 6, T0, S, NAME, FAULT)).toBeNull();
    expect(afterUnused(OPEN, 6, T0, S, NAME)).toBeNull();
  });
});

describe('half-open', () => {
  test('refuses everybody else, also of the same process, and says when to ask again', () => {
    for (const owner of ['host/1/1', 'host/2/2']) {
      expect(admitBreaker(HALF_OPEN, T0, S, { name: NAME, owner })).toMatchObject({
        kind: 'refused',
        retryAt: T0 + 1_000,
      });
    }
    expect(admitBreaker(HALF_OPEN, T0 + 14_900, S, SELF)).toMatchObject({
      kind: 'refused',
      retryAt: T0 + 15_000,
    });
  });

  test('a probe whose process died is free when its lease ends', () => {
    expect(admitBreaker(HALF_OPEN, T0 + 15_000, S, SELF)).toMatchObject({
      kind: 'probe',
      gen: 8,
      write: { expectedGen: 7, row: { state: 'half-open', probeOwner: 'host/1/1', probeUntil: T0 + 30_000 } },
    });
  });

  test('the result of a probe that was taken over changes nothing', () => {
    const taken = row({ ...HALF_OPEN, gen: 8 });
    expect(afterSuccess(taken, 7, S, NAME)).toBeNull();
    expect(afterFailure(taken, 7, T0, S, NAME, FAULT)).toBeNull();
  });

  test('a success closes it and forgets the waits; what failed last stays readable', () => {
    const probing = row({
      ...HALF_OPEN,
      failures: 7,
      reopened: 3,
      lastFailureAt: T0,
      lastError: { code: 'HTTP_STATUS', status: 500, told: '' },
    });
    expect(afterSuccess(probing, 7, S, NAME)).toEqual({
      row: row({ gen: 8, lastFailureAt: T0, lastError: { code: 'HTTP_STATUS', status: 500, told: '' } }),
      expectedGen: 7,
    });
  });

  test('each failure doubles the wait, up to 300 s', () => {
    const waits = Array.from({ length: 9 }, (_, reopened) => {
      const failed = fail(row({ ...HALF_OPEN, reopened }));
      expect(failed).toMatchObject({
        state: 'open',
        gen: 8,
        reopened: reopened + 1,
        probeOwner: null,
        probeUntil: null,
      });
      return ((failed?.openUntil ?? 0) - T0) / 1_000;
    });
    expect(waits).toEqual([10, 20, 40, 80, 160, 300, 300, 300, 300]);
    expect(fail(row({ ...HALF_OPEN, reopened: 5_000 }), T0, { draw: 1 })).toMatchObject({
      openUntil: T0 + 360_000,
    });
  });

  test('"come back later" is not a fault: the wait is not doubled', () => {
    const failed = fail(row({ ...HALF_OPEN, reopened: 2 }), T0, { backOff: { retryAt: T0 + 7_000 } });
    expect(failed).toMatchObject({ state: 'open', reopened: 2, openUntil: T0 + 7_000 });
  });

  test('a probe that was not sent is given back: the next one may try at once', () => {
    const given = afterUnused(HALF_OPEN, 7, T0 + 100, S, NAME);
    expect(given).toMatchObject({
      expectedGen: 7,
      row: { state: 'open', gen: 8, openUntil: T0 + 100, probeOwner: null },
    });
    expect(admitBreaker(given?.row ?? null, T0 + 100, S, SELF)).toMatchObject({ kind: 'probe', gen: 9 });
    expect(afterUnused(row(), 7, T0, S, NAME)).toBeNull();
  });
});

describe('by hand', () => {
  const by = { until: T0 + 3_600_000, actor: 'supervisor:kim', reason: 'maintenance' };

  test('open until the end that was given, whatever happens', () => {
    const { row: forced, expectedGen } = forceOpen(row(), NAME, S, by);
    expect(expectedGen).toBe(7);
    expect(forced).toMatchObject({ state: 'open', gen: 8, openUntil: by.until });
    expect(admitBreaker(forced, by.until - 1, S, SELF)).toEqual({
      kind: 'refused',
      retryAt: by.until,
      cause: { code: 'BREAKER_FORCED', actor: 'supervisor:kim', reason: 'maintenance' },
    });
    expect(afterSuccess(forced, 7, S, NAME)).toBeNull();
    expect(admitBreaker(forced, by.until, S, SELF)).toMatchObject({
      kind: 'probe',
      write: { row: { state: 'half-open', forced: null } },
    });
  });

  test('without a row, and over a probe that is under way', () => {
    expect(forceOpen(null, NAME, S, by)).toMatchObject({
      expectedGen: null,
      row: { name: NAME, gen: 1, state: 'open' },
    });
    expect(forceOpen(HALF_OPEN, NAME, S, by)).toMatchObject({
      row: { gen: 8, state: 'open', probeOwner: null },
    });
  });

  test('survives other settings', () => {
    const { row: forced } = forceOpen(row({ configHash: 'other' }), NAME, S, by);
    const elsewhere = { ...S, failures: 9 };
    expect(admitBreaker(forced, T0, elsewhere, SELF)).toMatchObject({ kind: 'refused', retryAt: by.until });
  });

  test('closed: also one that was forced open; nothing to do when it is closed', () => {
    const { row: forced } = forceOpen(row(), NAME, S, by);
    expect(forceClose(forced, NAME, S)).toMatchObject({
      expectedGen: 8,
      row: { state: 'closed', gen: 9, failures: 0, openUntil: null, forced: null },
    });
    expect(forceClose(row({ failures: 3 }), NAME, S)).toMatchObject({ row: { failures: 0 } });
    expect(forceClose(row(), NAME, S)).toBeNull();
    expect(forceClose(null, NAME, S)).toBeNull();
  });
});

describe('other settings', () => {
  const old = { ...OPEN, configHash: 'other', openUntil: T0 + 100_000 };

  test('start anew, on a gen of their own', () => {
    expect(breakerNow(old, NAME, S)).toEqual({ row: row({ gen: 8 }), storedGen: 7 });
    expect(admitBreaker(old, T0, S, SELF)).toEqual({ kind: 'pass', gen: 8 });
  });

  test('results of the old settings change nothing; those of the new ones replace the row', () => {
    expect(afterFailure(old, 7, T0, S, NAME, FAULT)).toBeNull();
    expect(afterSuccess(old, 8, S, NAME)).toBeNull();
    expect(afterFailure(old, 8, T0, S, NAME, FAULT)).toMatchObject({
      expectedGen: 7,
      row: { gen: 8, state: 'closed', failures: 1, configHash: breakerConfigHash(S) },
    });
  });
});

describe('any history', () => {
  /** Small and seeded: the histories are the same on every machine. */
  const draws = (seed: number) => {
    let state = seed;
    return (n: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * n);
    };
  };

  test('the gen never falls, changes with every change of state, and one gen has one probe', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const draw = draws(seed);
      let stored: BreakerRow | null = null;
      let now = T0;
      const gens: number[] = [];
      const probed = new Set<number>();
      for (let step = 0; step < 60; step += 1) {
        now += draw(8_000);
        const admission = admitBreaker(stored, now, S, { name: NAME, owner: `host/${draw(3)}/1` });
        if (admission.kind !== 'refused') gens.push(admission.gen);
        if (admission.kind === 'probe') {
          expect(probed.has(admission.gen)).toBe(false);
          probed.add(admission.gen);
        }
        const gen = gens[draw(gens.length)] ?? 0;
        const fault = { ...FAULT, backOff: draw(9) === 0 ? { retryAt: now + draw(9_000) } : null };
        const writes: readonly (BreakerWrite | null)[] = [
          admission.kind === 'probe' ? admission.write : null,
          draw(3) === 0 ? afterSuccess(stored, gen, S, NAME) : afterFailure(stored, gen, now, S, NAME, fault),
          afterUnused(stored, gen, now, S, NAME),
        ];
        const write: BreakerWrite | null = writes[admission.kind === 'probe' ? 0 : 1 + draw(2)] ?? null;
        if (write === null) continue;
        expect(write.expectedGen).toBe(stored?.gen ?? null);
        expect(write.row.gen).toBeGreaterThanOrEqual(stored?.gen ?? 0);
        if (write.row.state !== (stored?.state ?? 'closed'))
          expect(write.row.gen).toBe((stored?.gen ?? 0) + 1);
        stored = write.row;
      }
    }
  });
});
