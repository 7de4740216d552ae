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
  {
    seed: 10_017_011,
    was: 'a worker ended while a run of it still slept, because the order had been claimed again meanwhile',
  },
  {
    seed: 100_217,
    was: 'a worker looked without a pause for what the network had taken on, from the end of its bound to the second look',
  },
  { seed: 10_003_462, was: 'the same, in the middle of a revert' },
];
