import type { Spared } from './happenings.ts';

/** Lives that are lived in search of a shorter one. */
const MOST_TRIES = 1_000;

/**
 * Leaves out as many of `count` happenings as it can while `breaks` still says yes: halves first, from the end to the
 * beginning, then quarters, then one by one, and all over again for as long as that helps. What is left out moves what
 * comes after it, so each try is lived again.
 */
export const shrink = async (
  count: number,
  breaks: (spared: Spared) => Promise<boolean>,
): Promise<Spared> => {
  let spared: Spared = new Set();
  let tries = 0;
  const sweep = async (size: number): Promise<void> => {
    for (let end = count; end >= 1 && tries < MOST_TRIES; end -= size) {
      const range = Array.from({ length: Math.min(size, end) }, (_, i) => end - i);
      if (range.every((number) => spared.has(number))) continue;
      tries += 1;
      const more = new Set([...spared, ...range]);
      if (await breaks(more)) spared = more;
    }
  };
  let before = -1;
  while (spared.size > before && spared.size < count && tries < MOST_TRIES) {
    before = spared.size;
    for (let size = Math.ceil(count / 2); size > 1; size = Math.ceil(size / 2)) await sweep(size);
    await sweep(1);
  }
  return spared;
};
