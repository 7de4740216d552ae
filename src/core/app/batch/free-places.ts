/** At most so many at once; whoever comes when it is full waits. One comes at a time. */
export type FreePlaces = {
  /** null: there is a place. Otherwise resolves when there is one. */
  readonly enter: () => Promise<void> | null;
  readonly leave: () => void;
  /** Resolves when nobody is left. */
  readonly empty: () => Promise<void>;
};

export const freePlaces = (max: number): FreePlaces => {
  let taken = 0;
  let wake: (() => void) | null = null;
  const next = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  const waitForPlace = async (): Promise<void> => {
    while (taken > max) await next();
  };
  return {
    enter: () => {
      taken += 1;
      return taken <= max ? null : waitForPlace();
    },
    leave: () => {
      taken -= 1;
      const waiting = wake;
      wake = null;
      waiting?.();
    },
    empty: async () => {
      while (taken > 0) await next();
    },
  };
};
