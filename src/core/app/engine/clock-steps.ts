import { LEASE_MS } from '../due/lease.ts';
import { type ReplanDeps, replanAhead } from './replan-ahead.ts';

/** A wall clock that was put back by more has planned things for a time that is long to come. */
const STEP_MS = 1_000;
const AGAIN_MS = 5_000;

/** What a worker does about steps of the wall clock. */
export type ClockSteps = {
  /** Plans anew what a wall clock that was put back since the last call has moved into the future. Cheap. */
  readonly notice: () => Promise<void>;
  /** The same before a worker ends, for a commit may have read the clock before its step. false: there was none of late. */
  readonly again: () => Promise<boolean>;
};

/** `isWorker` false: whatever was planned before the first call is left as it is. */
export const openClockSteps = (
  deps: ReplanDeps,
  { isWorker }: { readonly isWorker: boolean },
): ClockSteps => {
  const { clock } = deps;
  /** By how much the wall clock was ahead of the one that no step moves; at first more than any. */
  let wallAhead = Number.POSITIVE_INFINITY;
  let replansUntil = Number.NEGATIVE_INFINITY;
  let replannedAt = Number.NEGATIVE_INFINITY;
  const again = async (): Promise<boolean> => {
    const now = clock.monotonic();
    if (now >= replansUntil) return false;
    replannedAt = now;
    await replanAhead(deps);
    return true;
  };
  return {
    notice: async () => {
      const ahead = clock.now() - clock.uptime();
      const isBack = ahead < wallAhead - STEP_MS && (isWorker || Number.isFinite(wallAhead));
      wallAhead = ahead;
      const now = clock.monotonic();
      if (isBack) replansUntil = now + LEASE_MS;
      if (isBack || now - replannedAt >= AGAIN_MS) await again();
    },
    again,
  };
};
