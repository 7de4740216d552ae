/** How the clock of a server goes, as a process hears it now and then. Times are ms. */
export type ServerClock = {
  /** The server said that it was `now` (epoch) at some moment between `asked` (by the own clock) and this one. */
  readonly heard: (now: number, asked: number) => void;
  /** By how much it is ahead of a wall clock that shows `wall` at this moment. */
  readonly aheadOf: (wall: number) => number;
  /** How long ago it was heard. */
  readonly age: () => number;
};

/**
 * It has been set, when it departs from the own clock by more. A worker extends a lease of a minute while it has more than five
 * seconds less than that: a clock that went wrong by no more takes no lease of a process that works.
 */
const SET_MS = 5_000;
/** Clocks that nobody sets go apart by less than that part of the time; so do those that are being slowed or quickened. */
const DRIFT = 1 / 1_000;

/**
 * `own` is never set, and counts while the machine sleeps. What is asked takes a while: so between two bounds, which each answer
 * narrows, it is known what is to be added to the own clock.
 */
export const serverClock = (own: () => number, onSet: () => void): ServerClock => {
  let known: { readonly least: number; readonly most: number; readonly at: number } | null = null;
  return {
    heard: (now, asked) => {
      const at = own();
      const told = { least: now - at, most: now - asked, at };
      if (known === null) {
        known = told;
        return;
      }
      const drifted = (at - known.at) * DRIFT;
      const least = Math.max(told.least, known.least - drifted);
      const most = Math.min(told.most, known.most + drifted);
      if (least - most > SET_MS) onSet();
      known = least <= most ? { least, most, at } : told;
    },
    aheadOf: (wall) => (known === null ? 0 : Math.round(known.least + own() - wall)),
    age: () => (known === null ? Number.POSITIVE_INFINITY : own() - known.at),
  };
};
