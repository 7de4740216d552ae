/** At most so many rows are in work at once; a row that comes when there are as many waits. One comes at a time. */
export type RowLimit = {
  /** null: the row may begin. Otherwise resolves when it may. */
  readonly begin: () => Promise<void> | null;
  readonly end: () => void;
  /** Resolves when no row is in work. */
  readonly idle: () => Promise<void>;
};

export const limitRows = (max: number): RowLimit => {
  let running = 0;
  let wake: (() => void) | null = null;
  const next = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  const untilAllowed = async (): Promise<void> => {
    while (running > max) await next();
  };
  return {
    begin: () => {
      running += 1;
      return running <= max ? null : untilAllowed();
    },
    end: () => {
      running -= 1;
      const waiting = wake;
      wake = null;
      waiting?.();
    },
    idle: async () => {
      while (running > 0) await next();
    },
  };
};
