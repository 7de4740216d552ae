import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstPace, nextPace, type Pace, paceNote, shareOf, type Watched } from './pace.ts';

const LIMITS = { least: 1, most: 64 };

/** A peer that answers `room` requests at once in `answerMs`, and lets more wait. */
const peer =
  (room: number, answerMs: number) =>
  (jobs: number): Watched => {
    const rate = (Math.min(jobs, room) * 1_000) / answerMs;
    return { ms: 1_000, steps: Math.round(rate), failed: 0, busyMs: jobs * 1_000, full: true };
  };

const paceAfter = (times: number, see: (jobs: number) => Watched, from: Pace = firstPace(LIMITS)): Pace => {
  let pace = from;
  for (let i = 0; i < times; i += 1) pace = nextPace(pace, see(pace.jobs), LIMITS);
  return pace;
};

describe('the pace of a worker', () => {
  it('rises while more gets done, and stays near what the peer has room for', () => {
    for (const room of [6, 16, 40]) {
      const { jobs } = paceAfter(60, peer(room, 50));
      expect(jobs, `${room}`).toBeGreaterThanOrEqual(room * 0.8);
      expect(jobs, `${room}`).toBeLessThanOrEqual(room * 1.6);
    }
  });

  it('falls at once to the share of one of several, also while nothing is done', () => {
    const busy = paceAfter(60, peer(40, 50));
    const share = shareOf(LIMITS, 5);
    expect(share).toEqual({ least: 1, most: 13 });
    const idle: Watched = { ms: 1_000, steps: 0, failed: 0, busyMs: 0, full: false };
    expect(nextPace(busy, idle, share).jobs).toBe(13);
    expect(nextPace(busy, peer(40, 50)(busy.jobs), share).jobs).toBeLessThanOrEqual(13);
    expect([0, 1, 1_000].map((workers) => shareOf(LIMITS, workers).most)).toEqual([64, 64, 1]);
  });

  it('takes a raise back that brought nothing, and tries again only after a rest', () => {
    const settled = paceAfter(60, peer(8, 50));
    const numbers = Array.from({ length: 10 }, (_, i) => paceAfter(i + 1, peer(8, 50), settled).jobs);
    const raises = numbers.filter((jobs, i) => jobs > (numbers[i - 1] ?? settled.jobs)).length;
    expect(raises).toBeLessThanOrEqual(1);
  });

  it('halves when too many steps fail, and stays at the least', () => {
    const busy = paceAfter(30, peer(32, 50));
    const failing = { ms: 1_000, steps: 100, failed: 40, busyMs: 1_000, full: true };
    expect(nextPace(busy, failing, LIMITS)).toMatchObject({ jobs: Math.floor(busy.jobs / 2), why: 'errors' });
    expect(paceAfter(20, () => failing, busy).jobs).toBe(LIMITS.least);
  });

  it('does not mind a failure among few steps', () => {
    const watched = { ms: 1_000, steps: 2, failed: 2, busyMs: 100, full: true };
    expect(nextPace(firstPace(LIMITS), watched, LIMITS).why).not.toBe('errors');
  });

  it('goes down when the peer becomes slow, and up again when it recovers', () => {
    const quick = paceAfter(40, peer(32, 20));
    const slow = paceAfter(12, peer(4, 200), quick);
    expect(slow.jobs).toBeLessThan(quick.jobs);
    expect(paceAfter(120, peer(32, 20), slow).jobs).toBeGreaterThan(20);
  });

  it('does not grow when there is not enough to do', () => {
    const idle = { ms: 1_000, steps: 20, failed: 0, busyMs: 400, full: false };
    expect(paceAfter(30, () => idle).jobs).toBe(firstPace(LIMITS).jobs);
  });

  it('waits while nothing is settled', () => {
    const pace = paceAfter(10, peer(16, 50));
    const silent = { ms: 1_000, steps: 0, failed: 0, busyMs: 9_000, full: true };
    expect(nextPace(pace, silent, LIMITS).jobs).toBe(pace.jobs);
  });

  it('never leaves its limits, whatever it sees', () => {
    const watched = fc.record({
      ms: fc.integer({ min: 1, max: 5_000 }),
      steps: fc.nat(10_000),
      failed: fc.nat(10_000),
      busyMs: fc.nat(1_000_000),
      full: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(watched, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (seen, most) => {
        let pace = firstPace({ least: 1, most });
        for (const one of seen) {
          pace = nextPace(pace, one, { least: 1, most });
          expect(Number.isInteger(pace.jobs) && pace.jobs >= 1 && pace.jobs <= most).toBe(true);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('says what it decided in a line', () => {
    expect(paceNote(firstPace(LIMITS))).toEqual({ code: 'begin', jobs: 4, rate: 0, stepMs: 0 });
  });
});
