/**
 * Seeds that once broke a promise, with what was wrong. A change to the simulation itself makes other lives of them; the
 * rule that was broken then has its own test, and the seed stays as one more life.
 */
export const REGRESSIONS: readonly { readonly seed: number; readonly was: string }[] = [
  {
    seed: 2_000_089,
    was: 'the network worked on longer than rule 3 allows for a caller who had gone; it was the simulated peer',
  },
  { seed: 1_000_374, was: 'the same, after the caller had died' },
];
