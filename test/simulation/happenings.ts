/** Numbers of happenings that are left out of a life. */
export type Spared = ReadonlySet<number>;

/** Numbers, in the order in which they come, what strikes a life and what people do in it, and says what is left out. */
export type Happenings = {
  /** Asked once for each; false: it does not happen. Draw everything random before, so that the rest stays the same. */
  readonly happens: () => boolean;
  readonly count: () => number;
};

export const happenings = (spared: Spared): Happenings => {
  let count = 0;
  return {
    happens: () => {
      count += 1;
      return !spared.has(count);
    },
    count: () => count,
  };
};

/** `1-4,9`: as a line of the shell takes it. */
export const showSpared = (spared: Spared): string => {
  const ranges: [number, number][] = [];
  for (const number of [...spared].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
};

/** What `showSpared` wrote; '' is nothing. Throws when it is something else. */
export const parseSpared = (text: string): Spared => {
  const spared = new Set<number>();
  for (const part of text === '' ? [] : text.split(',')) {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (from === undefined) throw new Error(`not a list of numbers and ranges: ${text}`);
    for (let number = Number(from); number <= Number(to); number += 1) spared.add(number);
  }
  return spared;
};
