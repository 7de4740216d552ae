import { shownKey } from '../../core/values/keys.ts';

/**
 * A number in [0, 1) that depends on nothing but the given parts (cyrb53, a well-mixed 53-bit hash).
 * It takes the place of a random generator: what a simulator does can be repeated from seed, key and count, in any
 * process and in any order of requests. The mark of a database in a key counts for nothing: two that do the same get the
 * same answers.
 */
export const chance = (...parts: readonly (string | number)[]): number => {
  const text = parts.map((part) => (typeof part === 'string' ? shownKey(part) : part)).join('\u0000');
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)) / 2 ** 53;
};

/** A whole number from 0 to `count` - 1, by `chance`. */
export const pick = (count: number, ...parts: readonly (string | number)[]): number =>
  Math.floor(chance(...parts) * count);
