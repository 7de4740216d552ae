/** Leaves the event loop to others for so long, or until the signal comes. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    signal?.addEventListener('abort', over);
    if (signal?.aborted === true) over();
  });

/** Lets timers and sockets have their turn. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
