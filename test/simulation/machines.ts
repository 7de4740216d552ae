import type { MemoryClock } from '../../src/adapters/memory/memory-clock.ts';
import type { Clock } from '../../src/core/ports/runtime.ts';

/** A computer on which processes run. Time itself is the simulation's; what a machine makes of it is its own. */
export type Machine = {
  readonly name: string;
  /** Of a process that starts now. It keeps the boot it was started in. */
  readonly clock: () => Clock;
  /** The wall clock alone jumps, ms. */
  readonly step: (ms: number) => void;
  /** The wall clock shows the right time again. */
  readonly setRight: () => void;
  /** The machine sleeps so long: the wall clock and the uptime go on, the monotonic clock does not. */
  readonly suspend: (ms: number) => void;
  /** Simulated ms for which nothing runs on it any more. */
  readonly sleepsFor: () => number;
  /** The power was gone: another boot. */
  readonly reboot: () => void;
};

/** `aheadMs`: what the wall clock shows too much from the beginning. `upMs`: how long it was up then. */
export const machine = (
  name: string,
  time: MemoryClock,
  { aheadMs = 0, upMs = 0 }: { readonly aheadMs?: number; readonly upMs?: number } = {},
): Machine => {
  let ahead = aheadMs;
  let boots = 1;
  let bootedAt = time.monotonic() - upMs;
  let slept = 0;
  let asleepFrom = 0;
  let asleepUntil = 0;

  const settle = (): void => {
    if (asleepUntil === 0 || time.monotonic() < asleepUntil) return;
    slept += asleepUntil - asleepFrom;
    asleepUntil = 0;
  };
  const monotonic = (): number => {
    settle();
    return (asleepUntil === 0 ? time.monotonic() : asleepFrom) - slept;
  };

  return {
    name,
    clock: () => {
      const up = bootedAt;
      return {
        now: () => time.now() + ahead,
        monotonic,
        boot: `${name}/${boots}`,
        uptime: () => time.monotonic() - up,
        wait: async (ms, signal) => {
          const until = monotonic() + Math.max(0, ms);
          do {
            await time.wait(until - monotonic(), signal);
          } while (monotonic() < until && signal?.aborted !== true);
        },
      };
    },
    step: (ms) => {
      ahead += ms;
    },
    setRight: () => {
      ahead = 0;
    },
    suspend: (ms) => {
      settle();
      if (asleepUntil === 0) asleepFrom = time.monotonic();
      asleepUntil = Math.max(asleepUntil, time.monotonic() + ms);
    },
    sleepsFor: () => {
      settle();
      return asleepUntil === 0 ? 0 : asleepUntil - time.monotonic();
    },
    reboot: () => {
      boots += 1;
      bootedAt = time.monotonic();
    },
  };
};
