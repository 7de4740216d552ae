/** Collects what may share one write, until there is enough of it. */
export type Groups<T> = {
  readonly add: (one: T) => void;
  /** Runs what is collected, however little it is. */
  readonly flush: () => void;
  /** How a group went: more share a write after one that was kept, far fewer for a while after one that was undone. */
  readonly learn: (how: 'kept' | 'undone') => void;
};

/** `most`: so many share one write, as long as none of them is refused. `run` is given at least one. */
export const rowGroups = <T>(most: number, run: (some: readonly T[]) => void): Groups<T> => {
  let enough = most;
  let some: T[] = [];
  const flush = (): void => {
    const group = some;
    some = [];
    if (group.length > 0) run(group);
  };
  return {
    add: (one) => {
      some.push(one);
      if (some.length >= enough) flush();
    },
    flush,
    learn: (how) => {
      enough = how === 'kept' ? Math.min(enough * 2, most) : Math.max(1, Math.floor(enough / 4));
    },
  };
};
