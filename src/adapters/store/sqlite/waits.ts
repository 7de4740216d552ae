/** Leaves the event loop to others for so long. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets timers and sockets have their turn. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
