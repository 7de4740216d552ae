import { fnv1a } from '../../values/fnv.ts';

/** Of a million different keys two look the same with a chance of about 1 to 30 million: 64 bits of hashes. */
export type KeyIndex = {
  /** Keeps the key's line; the line that had it before, or 0. */
  readonly add: (key: string, line: number) => number;
  readonly has: (key: string) => boolean;
};

const FIRST_SIZE = 4_096;

/**
 * Which keys a file has, and on which lines, in 12 to 48 bytes a key however long they are: of a million rows no key is
 * kept as text.
 */
export const keyIndex = (): KeyIndex => {
  let mask = FIRST_SIZE - 1;
  let low = new Uint32Array(FIRST_SIZE);
  let high = new Uint32Array(FIRST_SIZE);
  /** 0: the place is free. */
  let lines = new Uint32Array(FIRST_SIZE);
  let used = 0;

  /** Where these hashes are, or the free place where they belong. */
  const placeOf = (a: number, b: number): number => {
    let at = a & mask;
    while (lines[at] !== 0 && !(low[at] === a && high[at] === b)) at = (at + 1) & mask;
    return at;
  };

  const put = (at: number, a: number, b: number, line: number): void => {
    low[at] = a;
    high[at] = b;
    lines[at] = line;
  };

  const grow = (): void => {
    const before = { low, high, lines };
    const size = (mask + 1) * 2;
    mask = size - 1;
    low = new Uint32Array(size);
    high = new Uint32Array(size);
    lines = new Uint32Array(size);
    for (const [i, line] of before.lines.entries()) {
      const [a = 0, b = 0] = [before.low[i], before.high[i]];
      if (line !== 0) put(placeOf(a, b), a, b, line);
    }
  };

  return {
    add: (key, line) => {
      const [a, b] = hashes(key);
      const at = placeOf(a, b);
      const known = lines[at] ?? 0;
      if (known !== 0) return known;
      put(at, a, b, line);
      used += 1;
      if (used * 2 > mask) grow();
      return 0;
    },
    has: (key) => {
      const [a, b] = hashes(key);
      return lines[placeOf(a, b)] !== 0;
    },
  };
};

/** Two independent 32-bit hashes: FNV-1a and a Murmur mix. */
const hashes = (text: string): readonly [number, number] => {
  let mix = 0x9747b28c ^ text.length;
  for (let i = 0; i < text.length; i += 1) {
    mix = Math.imul((mix ^ Math.imul(text.charCodeAt(i), 0xcc9e2d51)) + 0xe6546b64, 0x1b873593);
    mix ^= mix >>> 15;
  }
  return [fnv1a(text), mix >>> 0];
};
