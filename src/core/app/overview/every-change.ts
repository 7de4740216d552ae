import type { AppDeps } from '../deps.ts';

/** How often it asks the database whether any process has written; a cheap question. */
const POLL_MS = 300;

export type Watching = {
  /** ms; undefined: for ever. */
  readonly timeout: number | undefined;
  /** Yields at least this often, ms, although nothing has changed: spans such as "in 25 min" do. null: no. */
  readonly redrawMs: number | null;
  readonly signal: AbortSignal;
};

/** Yields at once, and again after every commit of any process, until the time is over or the signal comes. */
export async function* everyChange(
  { store, clock }: Pick<AppDeps, 'store' | 'clock'>,
  { timeout, redrawMs, signal }: Watching,
): AsyncGenerator<void> {
  const end = clock.monotonic() + (timeout ?? Number.POSITIVE_INFINITY);
  let seen = await store.dataVersion();
  yield;
  let drawnAt = clock.monotonic();
  while (!signal.aborted) {
    const left = end - clock.monotonic();
    if (left <= 0) return;
    await clock.wait(Math.min(POLL_MS, left), signal);
    const version = await store.dataVersion();
    const stale = redrawMs !== null && clock.monotonic() - drawnAt >= redrawMs;
    if (version === seen && !stale) continue;
    seen = version;
    drawnAt = clock.monotonic();
    yield;
  }
}
