import type { PaceNote, PaceWhy } from '../../codes/pace-note.ts';

/** Between how many orders at once a worker may choose. */
export type PaceLimits = { readonly least: number; readonly most: number };

/** What a worker saw since it last chose. */
export type Watched = {
  /** How long it watched, milliseconds. */
  readonly ms: number;
  /** Steps that were settled, and how many of those are to be tried again. */
  readonly steps: number;
  readonly failed: number;
  /** Milliseconds that orders were worked on, summed over the orders. */
  readonly busyMs: number;
  /** All places were taken and more was due: another number would have made a difference. */
  readonly full: boolean;
};

export type Pace = {
  /** Orders to work on at once. */
  readonly jobs: number;
  readonly why: PaceWhy;
  /** Steps a second. */
  readonly rate: number;
  /** Mean time of a step, milliseconds; 0: none was settled yet. */
  readonly stepMs: number;
  /** The shortest `stepMs` of late. */
  readonly shortestMs: number;
  /** Before the raise that is on trial. */
  readonly before: { readonly jobs: number; readonly rate: number } | null;
  /** Watches until the next raise is tried. */
  readonly rest: number;
};

/** How long a worker watches before it chooses anew, milliseconds. */
export const WATCH_MS = 1_000;

const FIRST_JOBS = 4;
const REST = 10;
/** A raise must bring this much, or it is taken back. */
const GROWTH = 1.05;
const MOST_FAILED = 0.2;
/** A single failure among few steps says nothing. */
const FEWEST_FAILED = 3;
/** Steps are slow when they take this many times the shortest. */
const SLOW = 3;
/** The shortest time is forgotten slowly: a peer may become another one. */
const FORGET = 1.01;

const within = ({ least, most }: PaceLimits, jobs: number): number => Math.min(most, Math.max(least, jobs));

/** The share of one of several workers. */
export const shareOf = ({ least, most }: PaceLimits, workers: number): PaceLimits => ({
  least,
  most: Math.max(least, Math.ceil(most / Math.max(1, workers))),
});

export const firstPace = (limits: PaceLimits): Pace => ({
  jobs: within(limits, FIRST_JOBS),
  why: 'begin',
  rate: 0,
  stepMs: 0,
  shortestMs: Number.POSITIVE_INFINITY,
  before: null,
  rest: 0,
});

/** Chooses the number of orders at once from what was seen: more while throughput grows, fewer when it hurts. */
export const nextPace = (last: Pace, watched: Watched, limits: PaceLimits): Pace => {
  // Others have come since, and this one's share is smaller.
  const pace = { ...last, jobs: within(limits, last.jobs) };
  const { steps, failed, full } = watched;
  // What is slow has no answer yet, so there is nothing to judge.
  if (steps === 0) return { ...pace, rate: 0, why: full ? 'steady' : 'idle' };
  const rate = (steps * 1_000) / watched.ms;
  const stepMs = watched.busyMs / steps;
  const seen = { ...pace, rate, stepMs, shortestMs: Math.min(stepMs, pace.shortestMs * FORGET) };
  const choose = (jobs: number, why: PaceWhy, rest: number, before: Pace['before'] = null): Pace => ({
    ...seen,
    jobs: within(limits, jobs),
    why,
    rest,
    before,
  });
  if (failed >= FEWEST_FAILED && failed / steps > MOST_FAILED) {
    return choose(Math.floor(pace.jobs / 2), 'errors', REST);
  }
  const hasGrown = pace.before === null || rate >= pace.before.rate * GROWTH;
  if (pace.before !== null && !hasGrown) return choose(pace.before.jobs, 'flat', REST);
  if (pace.before === null && stepMs > seen.shortestMs * SLOW && rate < pace.rate * GROWTH) {
    return choose(Math.floor(pace.jobs * 0.8), 'slow', REST);
  }
  if (!full) return choose(pace.jobs, 'idle', pace.rest);
  if (pace.rest > 0) return choose(pace.jobs, 'steady', pace.rest - 1);
  const raised = within(limits, pace.jobs + Math.max(1, Math.floor(pace.jobs / 4)));
  return raised === pace.jobs
    ? choose(pace.jobs, 'steady', REST)
    : choose(raised, 'growing', 0, { jobs: pace.jobs, rate });
};

/** The decision for its readers: in whole numbers. */
export const paceNote = ({ jobs, why, rate, stepMs }: Pace): PaceNote => ({
  code: why,
  jobs,
  rate: Math.round(rate),
  stepMs: Math.round(stepMs),
});
