import { chance } from '../../src/adapters/simulators/chance.ts';

/** A whole number from 0 up to `n`, without it. */
export type Roll = (n: number) => number;

/** Numbers that are the same for the same seed. */
export const dice = (seed: number): Roll => {
  let rolls = 0;
  return (n) => {
    rolls += 1;
    return Math.floor(chance(seed, 'dice', '', rolls) * n);
  };
};
