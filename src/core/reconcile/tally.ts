import { fnv1a } from '../values/fnv.ts';

/**
 * Two sets of names, compared in constant memory: each name changes one of a fixed number of buckets, once by each set,
 * and what is in both cancels out. A bucket that is not empty in the end holds a name that only one set has.
 */
export type Tally = {
  readonly add: (name: string) => void;
  /** Whether a name may be in one set only. May be wrong in saying yes, for names that share a bucket. */
  readonly differs: (name: string) => boolean;
  readonly isEven: () => boolean;
};

const BUCKETS = 0x1_0000;

/** 32 bits. */
const hash = (text: string, start?: number): number => {
  let value = fnv1a(text, start);
  // The low bits of FNV-1a depend on the last characters alone: the high ones are mixed in.
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
};

/** Two empty sets, which are equal. */
export const createTally = (): Tally => {
  const first = new Uint32Array(BUCKETS);
  const second = new Uint32Array(BUCKETS);
  /** Buckets that are not empty. */
  let filled = 0;
  const bucketOf = (name: string): number => hash(name) % BUCKETS;
  const isFilled = (bucket: number): boolean => first[bucket] !== 0 || second[bucket] !== 0;
  return {
    add: (name) => {
      const bucket = bucketOf(name);
      const was = isFilled(bucket);
      first[bucket] = (first[bucket] ?? 0) ^ hash(name, 0x9747b28c);
      second[bucket] = (second[bucket] ?? 0) ^ hash(name, 0x1b873593);
      filled += Number(isFilled(bucket)) - Number(was);
    },
    differs: (name) => isFilled(bucketOf(name)),
    isEven: () => filled === 0,
  };
};
