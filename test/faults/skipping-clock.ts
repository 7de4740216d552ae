import type { Clock } from '../../src/core/ports/runtime.ts';

/** A clock that skips the time in which all those who live by it only wait. */
export type SkippingClock = Clock & {
  /** Somebody more lives by it. */
  readonly join: () => void;
  /** One of them has come to its end. */
  readonly leave: () => void;
  /** Waits for a moment (epoch ms) with nothing under way: it comes at once when all the others wait like this too. */
  readonly idleUntil: (moment: number) => Promise<void>;
};

/** Runs on like `base` while anybody works, so that what takes real time (a request that times out) takes it. */
export const skippingClock = (base: Clock): SkippingClock => {
  let skipped = 0;
  let living = 0;
  let idle: readonly { readonly moment: number; readonly wake: () => void }[] = [];
  const now = (): number => base.now() + skipped;
  const meet = (): void => {
    if (idle.length === 0 || idle.length < living) return;
    // In whole milliseconds, as the wall clock of any machine goes on.
    skipped += Math.max(0, Math.ceil(Math.min(...idle.map(({ moment }) => moment))) - now());
    const due = idle.filter(({ moment }) => moment <= now());
    idle = idle.filter((one) => !due.includes(one));
    for (const { wake } of due) wake();
  };
  return {
    now,
    monotonic: () => base.monotonic() + skipped,
    boot: base.boot,
    uptime: () => base.uptime() + skipped,
    wait: base.wait,
    join: () => {
      living += 1;
    },
    leave: () => {
      living -= 1;
      meet();
    },
    idleUntil: (moment) =>
      new Promise((wake) => {
        idle = [...idle, { moment, wake }];
        meet();
      }),
  };
};
