import type { CommandContext } from '../framework/run/context.ts';

/** How often the database is asked whether anybody has written; a cheap question. */
const POLL_MS = 300;
/** Spans such as "in 25 min" are redrawn on a terminal although nothing has changed. */
const REDRAW_MS = 10_000;

export type Watching = {
  /** ms; undefined: for ever. */
  readonly timeout: number | undefined;
};

/** Yields at once, and again after every commit of anybody, until the time is over, Ctrl-C, or the reader has gone. */
export async function* everyChange(ctx: CommandContext, { timeout }: Watching): AsyncGenerator<void> {
  const { clock } = ctx.services;
  const store = await ctx.services.store('read');
  const end = clock.monotonic() + (timeout ?? Number.POSITIVE_INFINITY);
  let seen = await store.dataVersion();
  yield;
  let drawnAt = clock.monotonic();
  while (!ctx.signal.aborted) {
    const left = end - clock.monotonic();
    if (left <= 0) return;
    await clock.wait(Math.min(POLL_MS, left), ctx.signal);
    const version = await store.dataVersion();
    const stale = ctx.view.tty && clock.monotonic() - drawnAt >= REDRAW_MS;
    if (version === seen && !stale) continue;
    seen = version;
    drawnAt = clock.monotonic();
    yield;
  }
}
