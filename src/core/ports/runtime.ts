/** Time, which the core never reads by itself. */
export type Clock = {
  /** Wall clock in epoch ms (moved by OSS_NOW). */
  readonly now: () => number;
  /** Monotonic milliseconds, for windows and deadlines. */
  readonly monotonic: () => number;
  /** The boot of this machine that `uptime` counts from; another boot, another id. */
  readonly boot: string;
  /**
   * Milliseconds since that boot, the same in every process of it. Steps of the wall clock do not move it, and it goes on
   * while the machine sleeps (`monotonic` may not). With OSS_NOW it is moved as the wall clock is.
   */
  readonly uptime: () => number;
  /** Resolves after `ms`, or at once when `signal` aborts. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
};

export type Ids = {
  /** UUIDv7. */
  readonly uuid: () => string;
};

/** Who this process is, and whether another one still lives. */
export type Processes = {
  /** host, pid and process start. */
  readonly self: string;
  /** Unknown hosts count as alive: only the lease frees those. */
  readonly alive: (owner: string) => boolean;
};
