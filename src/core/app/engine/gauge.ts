import type { PaceNote } from '../../codes/pace-note.ts';
import type { Clock } from '../../ports/runtime.ts';
import { firstPace, nextPace, type Pace, type PaceLimits, paceNote, shareOf, WATCH_MS } from './pace.ts';

/** How many orders a worker works on at once, and what it counts to choose that. */
export type Gauge = {
  readonly jobs: () => number;
  /** The last decision; null when the number is fixed. */
  readonly note: () => PaceNote | null;
  /** A step was settled; `isFailed`: its try is counted, and it will be tried again. */
  readonly settled: (isFailed: boolean) => void;
  /** Hears whenever the number of orders in flight has changed. */
  readonly inFlight: (orders: number) => void;
  /** All places were taken when more was looked for. */
  readonly full: () => void;
  /** So many workers run, this one among them: each takes its share of what the peers take at once. */
  readonly share: (workers: number) => void;
  /** Decides anew when it is time to. */
  readonly look: () => void;
};

export type GaugeOptions = {
  /** So many, or as many as do best between two bounds. */
  readonly concurrency: number | PaceLimits;
  readonly onPace?: (pace: Pace) => void;
};

const NOTHING = { steps: 0, failed: 0, busyMs: 0, full: false };

export const openGauge = (clock: Clock, { concurrency, onPace }: GaugeOptions): Gauge => {
  const isFixed = typeof concurrency === 'number';
  const own = isFixed ? { least: concurrency, most: concurrency } : concurrency;
  let limits: PaceLimits = own;
  let pace = firstPace(limits);
  let orders = 0;
  let countedAt = clock.monotonic();
  let since = countedAt;
  let watched = { ...NOTHING };
  /** Time in flight is summed up whenever the number changes. */
  const count = (): number => {
    const now = clock.monotonic();
    watched.busyMs += orders * (now - countedAt);
    countedAt = now;
    return now;
  };
  return {
    jobs: () => pace.jobs,
    note: () => (isFixed ? null : paceNote(pace)),
    settled: (isFailed) => {
      watched.steps += 1;
      if (isFailed) watched.failed += 1;
    },
    inFlight: (now) => {
      count();
      orders = now;
    },
    full: () => {
      watched.full = true;
    },
    share: (workers) => {
      if (!isFixed) limits = shareOf(own, workers);
    },
    look: () => {
      const now = count();
      if (isFixed || now - since < WATCH_MS) return;
      pace = nextPace(pace, { ...watched, ms: now - since }, limits);
      since = now;
      watched = { ...NOTHING };
      onPace?.(pace);
    },
  };
};
