import { pause } from '../../runtime/waits.ts';
import { isBusy } from './database-error.ts';

const POLL_MS = 1;

/**
 * Tries until the lock is free or `giveUp` says so, leaving the event loop free: SQLite's own waiting would block the
 * whole process, also the part of it that holds the lock.
 */
export const retryBusy = async <T>(attempt: () => T, giveUp: () => boolean): Promise<T> => {
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error) || giveUp()) throw error;
      await pause(POLL_MS);
    }
  }
};

/** For `retryBusy`: whether `ms` have passed since now. */
export const deadline = (ms: number): (() => boolean) => {
  const end = performance.now() + ms;
  return () => performance.now() >= end;
};
