import { everyChange as everyCommit } from '../../core/app/overview/every-change.ts';
import type { CommandContext } from '../framework/run/context.ts';

/** Spans such as "in 25 min" are redrawn on a terminal although nothing has changed. */
const REDRAW_MS = 10_000;

/** Yields at once, and again after every commit of any process, until the time is over, Ctrl-C, or the reader has gone. */
export async function* everyChange(
  { services, view, signal }: CommandContext,
  { timeout }: { readonly timeout: number | undefined },
): AsyncGenerator<void> {
  const deps = { clock: services.clock, store: await services.store('read') };
  yield* everyCommit(deps, { timeout, redrawMs: view.tty ? REDRAW_MS : null, signal });
}
