/** ms, bytes. */
export type Limits = {
  /** From the first byte of a request to its last. */
  readonly requestMs: number;
  readonly headersMs: number;
  /** A connection on which nothing comes or goes. */
  readonly silentMs: number;
  /** Longer than proxies keep theirs, so that none sends on a connection that is just being closed. */
  readonly keepAliveMs: number;
  /** How often the first two are looked at. */
  readonly lookMs: number;
  readonly bodyBytes: number;
  /** A reader of a stream that is behind and reads nothing. */
  readonly stalledMs: number;
};

export const LIMITS: Limits = {
  requestMs: 30_000,
  headersMs: 10_000,
  silentMs: 90_000,
  keepAliveMs: 75_000,
  lookMs: 1_000,
  bodyBytes: 256 * 1_024,
  stalledMs: 10_000,
};
