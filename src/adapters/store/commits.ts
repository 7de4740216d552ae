/** Whom to tell that something was committed. */
export type Commits = {
  readonly tell: () => void;
  /** Yields after what was told from now on, once for all that was told meanwhile; ends with the signal. */
  readonly listen: (signal: AbortSignal) => AsyncIterable<void>;
};

export const commits = (): Commits => {
  const listeners = new Set<() => void>();
  return {
    tell: () => {
      for (const hear of listeners) hear();
    },
    listen: (signal) => {
      let isTold = false;
      let wake = (): void => {};
      const hear = (): void => {
        isTold = true;
        wake();
      };
      listeners.add(hear);
      const end = (): void => {
        listeners.delete(hear);
        wake();
      };
      signal.addEventListener('abort', end, { once: true });
      return (async function* () {
        while (!signal.aborted) {
          if (!isTold) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
          if (signal.aborted) return;
          isTold = false;
          yield;
        }
      })();
    },
  };
};
