/** A stream of choices that depends on the seed alone. */
export type Random = {
  /** 0 up to 1. */
  readonly next: () => number;
  /** A whole number from 0 to `count` - 1. */
  readonly below: (count: number) => number;
  readonly between: (from: number, to: number) => number;
  /** True this often, 0 to 1. */
  readonly is: (probability: number) => boolean;
  readonly pick: <T>(from: readonly [T, ...T[]]) => T;
  /** Another stream, so that choices of one part do not shift those of another. */
  readonly fork: () => Random;
};

/** mulberry32: small, and good enough to choose by. */
export const random = (seed: number): Random => {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    below,
    between: (from, to) => from + below(to - from + 1),
    is: (probability) => next() < probability,
    pick: (from) => from[below(from.length)] ?? from[0],
    fork: () => random(below(2 ** 31)),
  };
};
