import type { NeService } from '../ports/peers.ts';
import { fnv1a } from '../values/fnv.ts';

/**
 * What the NE lists under names that no database of ours makes: it may be ours all the same, where the NE writes names down
 * in its own way. Kept in constant memory, so that it can say no more than "may".
 */
export type Strangers = {
  readonly add: (live: Pick<NeService, 'neId' | 'key'>) => void;
  readonly isEmpty: () => boolean;
  readonly mayHaveId: (neId: string) => boolean;
  readonly mayHaveName: (name: string) => boolean;
};

const BITS = 0x10_0000;

const bitOf = (text: string): number => {
  const value = fnv1a(text);
  return (value ^ (value >>> 12)) & (BITS - 1);
};

/** Holds none yet. */
export const createStrangers = (): Strangers => {
  const bits = new Uint8Array(BITS / 8);
  let isEmpty = true;
  const set = (text: string): void => {
    const bit = bitOf(text);
    bits[bit >>> 3] = (bits[bit >>> 3] ?? 0) | (1 << (bit & 7));
  };
  const has = (text: string): boolean => {
    const bit = bitOf(text);
    return ((bits[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  };
  return {
    add: ({ neId, key }) => {
      isEmpty = false;
      set(`id ${neId}`);
      set(`name ${key}`);
    },
    isEmpty: () => isEmpty,
    mayHaveId: (neId) => has(`id ${neId}`),
    mayHaveName: (name) => has(`name ${name}`),
  };
};
