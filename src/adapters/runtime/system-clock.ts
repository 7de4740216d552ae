import type { Clock } from '../../core/ports/runtime.ts';

/** setTimeout takes 31 bits; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * The clock of this machine. With `now` (a moment, e.g. of OSS_NOW) the wall clock begins there and then runs on; the
 * monotonic one is never moved. A wait keeps the process alive, and leaves no timer behind when it is aborted.
 */
export const systemClock = (options: { readonly now?: string | null } = {}): Clock => {
  const moved = options.now ?? null;
  const offset = moved === null ? 0 : Date.parse(moved) - Date.now();
  if (Number.isNaN(offset)) throw new RangeError(`not a moment: ${moved}`);
  return { now: () => Date.now() + offset, monotonic: () => performance.now(), wait };
};

const wait = async (ms: number, signal?: AbortSignal): Promise<void> => {
  for (let left = ms; left > 0 && signal?.aborted !== true; left -= LONGEST_TIMER_MS) {
    await timer(Math.min(left, LONGEST_TIMER_MS), signal);
  }
};

const timer = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timeout);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timeout = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
