import type { RunOptions } from '../../core/app/engine/claimed-order.ts';
import { inWords } from '../../texts/coded.ts';
import type { CommandContext } from '../framework/run/context.ts';

/** How often a terminal gets its line anew, and a pipe a new one, ms. */
const ON_TERMINAL_MS = 200;
const OFF_TERMINAL_MS = 10_000;

export type WorkerProgress = {
  readonly step: NonNullable<RunOptions['onStep']>;
  /** An order has come as far as it can. */
  readonly order: () => void;
  readonly end: () => Promise<void>;
};

/** Tells on stderr what a worker does: a line that changes, or now and then a new one; with -v every step. */
export const workerProgress = (ctx: CommandContext): WorkerProgress => {
  const { t, terminal, services, globals } = ctx;
  const everyMs = terminal.stderrTty ? ON_TERMINAL_MS : OFF_TERMINAL_MS;
  let steps = 0;
  let orders = 0;
  let failed = 0;
  let toldAt = services.clock.monotonic();
  const tell = (): void => {
    const now = services.clock.monotonic();
    if (now - toldAt < everyMs) return;
    toldAt = now;
    void ctx.progress(t.worker.progress({ steps, orders, failed }));
  };
  return {
    step: (step, retry) => {
      steps += 1;
      if (retry !== null) failed += 1;
      if (globals.verbose) {
        const cause = retry === null ? null : inWords(t.causes, retry.cause);
        void ctx.note(t.worker.step(step.name, step.subject, cause));
        return;
      }
      tell();
    },
    order: () => {
      orders += 1;
      tell();
    },
    end: () => ctx.progress(null),
  };
};
