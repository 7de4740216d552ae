import type { Clock } from '../../ports/runtime.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { RefusalCode } from '../../rules/refusals.ts';

/**
 * What a database refuses today and may give tomorrow: others hold its lock, its disk is full or fails for a while, its
 * connection was lost. Whoever goes on after a commit in doubt reads again what there is.
 */
const PASSING: readonly RefusalCode[] = [
  'DATABASE_BUSY',
  'COMMIT_IN_DOUBT',
  'DATABASE_UNREACHABLE',
  'DATABASE_CROWDED',
  'DATABASE_SLOW',
  'DATABASE_READONLY',
  'DISK_FULL',
  'DISK_ERROR',
  'TOO_MANY_FILES',
];

export const isPassing = (error: unknown): error is Refusal =>
  error instanceof Refusal && PASSING.includes(error.code);

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A worker that has got nothing done for so long ends, so that its supervisor learns of it. */
export const GIVE_UP_MS = 600_000;

export type TroubleOptions = {
  readonly clock: Clock;
  /** Ends a pause, and the patience. */
  readonly signal: AbortSignal;
  /** How long it may last in one go, ms. */
  readonly giveUpMs: number;
  /** Hears of each failure, with the pause that follows. */
  readonly onTrouble: ((trouble: Refusal, pauseMs: number) => void) | undefined;
};

/** What a loop does when the database fails: it waits, longer each time, and gives up in the end. */
export type Trouble = {
  /** Waits. Throws the error when it is not one that passes, or has lasted too long. */
  readonly wait: (error: unknown) => Promise<void>;
  /** Something has worked since. */
  readonly isOver: () => void;
};

export const openTrouble = ({ clock, signal, giveUpMs, onTrouble }: TroubleOptions): Trouble => {
  let since: number | null = null;
  let pause = FIRST_PAUSE_MS;
  return {
    wait: async (error) => {
      if (!isPassing(error) || signal.aborted) throw error;
      const now = clock.monotonic();
      since ??= now;
      if (now - since >= giveUpMs) throw error;
      onTrouble?.(error, pause);
      await clock.wait(Math.min(pause, Math.max(since + giveUpMs - now, 0)), signal);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    },
    isOver: () => {
      since = null;
      pause = FIRST_PAUSE_MS;
    },
  };
};
