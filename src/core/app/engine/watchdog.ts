import type { Clock } from '../../ports/runtime.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { SagaDeps } from '../deps.ts';

/** A loop of a worker. `order`: the steps of the order `orderId`. */
export type Watched =
  | { readonly loop: 'orders' | 'compare' | 'look-after' | 'heads' }
  | { readonly loop: 'order'; readonly orderId: string };

/** What is watched tells that it lives. */
export type Sign = {
  /** It has come round. It may rest for so long (ms) before its next sign counts as late. */
  readonly alive: (restMs?: number) => void;
  /** It is over, and is watched no longer. */
  readonly end: () => void;
};

export type Watchdog = { readonly watch: (what: Watched) => Sign };

/** How long a loop may give no sign. Far longer than a lease, or any wait for the database. */
export const HANGS_MS = 300_000;
const LOOK_MS = 10_000;

const NO_SIGN: Sign = { alive: () => {}, end: () => {} };
/** It looks after no loop. */
export const NO_WATCHDOG: Watchdog = { watch: () => NO_SIGN };

/**
 * Does `work`, and gives it up when one of its loops has given no sign for `boundMs`: throws WORKER_HANGS, while whatever
 * hangs is left as it is. A process that stood still as a whole (stopped, or its machine asleep) has missed nothing.
 */
export const withWatchdog = async <T>(
  { clock, boundMs }: { readonly clock: Pick<Clock, 'monotonic' | 'wait'>; readonly boundMs: number },
  work: (watchdog: Watchdog) => Promise<T>,
): Promise<T> => {
  const lateFrom = new Map<Watched, number>();
  const watch = (what: Watched): Sign => {
    const alive = (restMs = 0): void => void lateFrom.set(what, clock.monotonic() + restMs + boundMs);
    alive();
    return { alive, end: () => void lateFrom.delete(what) };
  };
  const over = new AbortController();
  const hung = async (): Promise<never> => {
    for (let looked = clock.monotonic(); ; ) {
      await clock.wait(LOOK_MS, over.signal);
      if (over.signal.aborted) return new Promise<never>(() => {});
      const now = clock.monotonic();
      const stood = Math.max(0, now - looked - 2 * LOOK_MS);
      looked = now;
      for (const [what, from] of lateFrom) {
        lateFrom.set(what, from + stood);
        if (now <= from + stood) continue;
        const orderId = what.loop === 'order' ? what.orderId : null;
        throw new Refusal('WORKER_HANGS', { loop: what.loop, orderId, seconds: Math.round(boundMs / 1_000) });
      }
    }
  };
  try {
    return await Promise.race([work({ watch }), hung()]);
  } finally {
    over.abort();
  }
};

/** The same, with each use of the store, each request to a peer and each wait a sign of life. */
export const watched = <D extends SagaDeps>(deps: D, sign: Sign): D => {
  if (sign === NO_SIGN) return deps;
  const { alive } = sign;
  const { store, clock, ne, tm } = deps;
  const living = async <T>(done: Promise<T>): Promise<T> => {
    const result = await done;
    alive();
    return result;
  };
  return {
    ...deps,
    store: {
      ...store,
      read: (work) => living(store.read(work)),
      write: (work, scope) => living(store.write(work, scope)),
    },
    clock: {
      ...clock,
      wait: (ms, signal) => {
        alive(ms);
        return living(clock.wait(ms, signal));
      },
    },
    ne: { ...ne, admit: (breakers) => living(ne.admit(breakers)) },
    tm: { ...tm, admit: (breakers) => living(tm.admit(breakers)) },
  };
};
