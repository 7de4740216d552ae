import type { Clock } from '../../ports/runtime.ts';
import { DAY_MS } from '../../time/units.ts';
import type { AppDeps } from '../deps.ts';

export type Watching = {
  /** ms; undefined: for ever. */
  readonly timeout: number | undefined;
  /** Yields at least this often, ms, although nothing has changed: spans such as "in 25 min" do. null: no. */
  readonly redrawMs: number | null;
  readonly signal: AbortSignal;
};

/** A day, ms: whoever waits longer waits again, for no timer knows "for ever". */
const MOST_MS = DAY_MS;

/** Resolves when the first of these comes: a change, the time, the signal. Throws what listening throws. */
const firstOf = async (
  changed: Promise<unknown>,
  { clock, ms, signal }: { readonly clock: Clock; readonly ms: number; readonly signal: AbortSignal },
): Promise<void> => {
  const enough = new AbortController();
  try {
    await Promise.race([
      changed,
      clock.wait(Math.min(ms, MOST_MS), AbortSignal.any([signal, enough.signal])),
    ]);
  } finally {
    enough.abort();
  }
};

/** Yields at once, and again after every commit of any process, until the time is over or the signal comes. */
export async function* everyChange(
  { store, clock }: Pick<AppDeps, 'store' | 'clock'>,
  { timeout, redrawMs, signal }: Watching,
): AsyncGenerator<void> {
  const end = clock.monotonic() + (timeout ?? Number.POSITIVE_INFINITY);
  const over = new AbortController();
  const changes = (await store.changes(AbortSignal.any([signal, over.signal])))[Symbol.asyncIterator]();
  let isChanged = false;
  const nextChange = (): Promise<void> => {
    isChanged = false;
    const changed = changes.next().then(() => {
      isChanged = true;
    });
    // It may fail while the caller draws; who waits for it next hears of it.
    changed.catch(() => {});
    return changed;
  };
  try {
    let changed = nextChange();
    yield;
    let drawnAt = clock.monotonic();
    while (!signal.aborted) {
      const now = clock.monotonic();
      if (now >= end) return;
      const redrawAt = redrawMs === null ? Number.POSITIVE_INFINITY : drawnAt + redrawMs;
      await firstOf(changed, { clock, ms: Math.min(end, redrawAt) - now, signal });
      if (signal.aborted) return;
      if (!isChanged && clock.monotonic() < redrawAt) continue;
      if (isChanged) changed = nextChange();
      drawnAt = clock.monotonic();
      yield;
    }
  } finally {
    over.abort();
  }
}
