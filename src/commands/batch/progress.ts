import type { CommandContext } from '../framework/context.ts';

/** How often the bar on a terminal is drawn anew, ms. */
const DRAW_MS = 100;
/** Off a terminal a line is printed for each part of this size. */
const PART_PERCENT = 10;
const BAR_CELLS = 20;
const NARROW = 70;

export type BatchProgress = {
  readonly row: (state: 'failed' | 'other') => Promise<void> | undefined;
  readonly end: () => Promise<void>;
};

/** A bar with rate, failures and the time that is left, on stderr; a line for every 10 % off a terminal. */
export const batchProgress = (ctx: CommandContext, total: number, finalBefore: number): BatchProgress => {
  const { t, terminal, services } = ctx;
  const startedAt = services.clock.monotonic();
  let drawnAt = startedAt;
  let done = finalBefore;
  let failed = 0;
  let part = total === 0 ? 0 : Math.floor((finalBefore * 100) / total / PART_PERCENT);

  const text = (now: number): string => {
    const perSecond = (done - finalBefore) / Math.max((now - startedAt) / 1_000, 0.001);
    const seconds = perSecond === 0 ? 0 : Math.ceil((total - done) / perSecond);
    const share = total === 0 ? 1 : done / total;
    const cells = Math.floor(share * BAR_CELLS);
    const isWide = terminal.stderrTty && terminal.width >= NARROW;
    return t.batch.progress({
      bar: isWide ? `[${'#'.repeat(cells)}${'.'.repeat(BAR_CELLS - cells)}] ` : '',
      percent: Math.floor(share * 100),
      done,
      of: total,
      perSecond: Math.round(perSecond),
      failed,
      left: spanText(seconds),
    });
  };

  return {
    row: (state) => {
      done += 1;
      if (state === 'failed') failed += 1;
      if (terminal.stderrTty) {
        const now = services.clock.monotonic();
        if (now - drawnAt < DRAW_MS) return undefined;
        drawnAt = now;
        return ctx.progress(text(now));
      }
      const reached = Math.floor((done * 100) / total / PART_PERCENT);
      if (reached <= part) return undefined;
      part = reached;
      return ctx.progress(text(services.clock.monotonic()));
    },
    end: () => ctx.progress(null),
  };
};

const spanText = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
