import type { Clock } from '../../core/ports/runtime.ts';
import { iso, ms } from '../../core/time/iso.ts';

/** A clock that stands still until the test moves it. */
export type MemoryClock = Clock & {
  /** Moves time on by so many ms. Who waits is woken in order, each at its own moment, and runs before time goes on. */
  readonly advance: (ms: number) => Promise<void>;
  /** The same, up to a moment that is still to come. Throws RangeError when it has passed. */
  readonly advanceTo: (moment: string) => Promise<void>;
  /** Moves to the next wake-up; false: there is none. */
  readonly toNext: () => Promise<boolean>;
  /** The wall clock alone jumps, as when a person corrects it: it wakes no sleeper, `monotonic` stays. */
  readonly set: (moment: string) => void;
  /** How many wait now. */
  readonly waiting: () => number;
};

type Waiter = { readonly wakesAt: number; readonly wake: () => void };

/** Lets everything run that can run without time going on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** `start` is where the wall clock stands at first; `monotonic` begins at 0. */
export const memoryClock = (start = '2026-11-24T05:00:00.000Z'): MemoryClock => {
  let elapsed = 0;
  let startedAt = ms(start);
  const waiters = new Set<Waiter>();

  const next = (): Waiter | undefined => {
    let first: Waiter | undefined;
    for (const waiter of waiters) if (first === undefined || waiter.wakesAt < first.wakesAt) first = waiter;
    return first;
  };
  const wakeUntil = async (end: number): Promise<void> => {
    await settled();
    for (let waiter = next(); waiter !== undefined && waiter.wakesAt <= end; waiter = next()) {
      elapsed = Math.max(elapsed, waiter.wakesAt);
      waiter.wake();
      await settled();
    }
    elapsed = Math.max(elapsed, end);
  };
  const advance = (by: number): Promise<void> => wakeUntil(elapsed + by);

  return {
    now: () => startedAt + elapsed,
    monotonic: () => elapsed,
    boot: 'boot:memory',
    uptime: () => elapsed,
    wait: (forMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) {
          resolve();
          return;
        }
        const wake = (): void => {
          waiters.delete(waiter);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const waiter: Waiter = { wakesAt: elapsed + Math.max(0, forMs), wake };
        waiters.add(waiter);
        signal?.addEventListener('abort', wake);
      }),
    advance,
    advanceTo: (moment) => {
      const by = ms(moment) - (startedAt + elapsed);
      return by < 0
        ? Promise.reject(new RangeError(`${moment} has passed: it is ${iso(startedAt + elapsed)}`))
        : advance(by);
    },
    toNext: async () => {
      await settled();
      const waiter = next();
      if (waiter === undefined) return false;
      await wakeUntil(waiter.wakesAt);
      return true;
    },
    set: (moment) => {
      startedAt = ms(moment) - elapsed;
    },
    waiting: () => waiters.size,
  };
};
