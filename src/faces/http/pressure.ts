/**
 * When a request gives way: `probe` is always answered, `read` gives way first, `intake` (orders, and what changes them)
 * last.
 */
export type Weight = 'probe' | 'read' | 'intake';

/** What is under way, and how late this process runs. */
export type Load = {
  /** How late the event loop comes, ms. */
  readonly lagMs: number;
  readonly reads: number;
  readonly intake: number;
};

/** From here on requests are told to come back later. */
export type Bounds = {
  readonly readLagMs: number;
  readonly intakeLagMs: number;
  readonly mostReads: number;
  /** So many orders on their way into the log let reads give way. */
  readonly intakeBeforeReads: number;
  readonly mostIntake: number;
};

export const BOUNDS: Bounds = {
  readLagMs: 50,
  intakeLagMs: 2_000,
  mostReads: 256,
  intakeBeforeReads: 256,
  mostIntake: 1_024,
};

/** Whether a request of that weight is taken now. Reads give way first, the intake of orders last. */
export const isTaken = (weight: Weight, load: Load, bounds: Bounds = BOUNDS): boolean => {
  switch (weight) {
    case 'probe':
      return true;
    case 'read':
      return (
        load.lagMs <= bounds.readLagMs &&
        load.reads < bounds.mostReads &&
        load.intake < bounds.intakeBeforeReads
      );
    case 'intake':
      return load.lagMs <= bounds.intakeLagMs && load.intake < bounds.mostIntake;
  }
};

/** How often the event loop is looked at, ms, and how many looks count. */
const LOOK_MS = 50;
const REMEMBERED = 5;

/**
 * Watches how late the event loop comes: again and again, for one pause makes no overload; and in this very turn, in which all
 * requests that have come are answered one after the other: those at its end are not waited for. `now`: monotonic ms.
 */
export const watchLoop = (now: () => number): { readonly lagMs: () => number; readonly stop: () => void } => {
  const delays: number[] = Array.from({ length: REMEMBERED }, () => 0);
  let due = now() + LOOK_MS;
  const timer = setInterval(() => {
    const at = now();
    delays.push(Math.max(0, at - due));
    delays.shift();
    due = at + LOOK_MS;
  }, LOOK_MS);
  timer.unref();
  return {
    lagMs: () => Math.max(now() - due, delays.toSorted((a, b) => a - b)[Math.floor(REMEMBERED / 2)] ?? 0),
    stop: () => clearInterval(timer),
  };
};
