/** Whole numbers that look thrown, the same for the same seed on every machine. */
export type Dice = {
  /** From 0 up to, and without, `sides`. */
  readonly below: (sides: number) => number;
};

/** Mulberry32: 32 bits of state, integer operations only. */
export const dice = (seed: number): Dice => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  return { below: (sides) => next() % sides };
};
