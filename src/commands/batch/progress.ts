import type { CommandContext } from '../framework/run/context.ts';

/** How often the bar on a terminal is drawn anew, ms. */
const DRAW_MS = 100;
/** Off a terminal a line is printed for each part of this size. */
const PART_PERCENT = 10;
const BAR_CELLS = 20;
const NARROW = 70;

/** What a line of progress says. */
type ProgressWords = Parameters<CommandContext['t']['batch']['progress']>[0];

export type ProgressCounts = {
  readonly done: number;
  readonly of: number;
  readonly failed: number;
  /** Said on a terminal in place of the bar; null: the bar. */
  readonly instead?: string | null;
};

export type ProgressLine = {
  /** Draws when it is time to; undefined: it was not. */
  readonly at: (counts: ProgressCounts) => Promise<void> | undefined;
};

const partOf = ({ done, of }: Pick<ProgressCounts, 'done' | 'of'>): number =>
  of === 0 ? 0 : Math.floor((done * 100) / of / PART_PERCENT);

/** A bar with rate, failures and the time that is left, on stderr; a line for every 10 % off a terminal. */
export const progressLine = (
  ctx: CommandContext,
  word: (words: ProgressWords) => string,
  from: Pick<ProgressCounts, 'done' | 'of'>,
): ProgressLine => {
  const { terminal, services } = ctx;
  const startedAt = services.clock.monotonic();
  let drawnAt = startedAt;
  let part = partOf(from);

  const text = ({ done, of, failed }: ProgressCounts, now: number): string => {
    const perSecond = (done - from.done) / Math.max((now - startedAt) / 1_000, 0.001);
    const seconds = perSecond === 0 ? 0 : Math.ceil((of - done) / perSecond);
    const share = of === 0 ? 1 : done / of;
    const cells = Math.floor(share * BAR_CELLS);
    const isWide = terminal.stderrTty && terminal.width >= NARROW;
    return word({
      bar: isWide ? `[${'#'.repeat(cells)}${'.'.repeat(BAR_CELLS - cells)}] ` : '',
      percent: Math.floor(share * 100),
      done,
      of,
      perSecond: Math.round(perSecond),
      failed,
      left: ctx.t.batch.span(seconds),
    });
  };

  return {
    at: (counts) => {
      const now = services.clock.monotonic();
      if (terminal.stderrTty) {
        if (now - drawnAt < DRAW_MS) return undefined;
        drawnAt = now;
        return ctx.progress(counts.instead ?? text(counts, now));
      }
      const reached = partOf(counts);
      if (reached <= part) return undefined;
      part = reached;
      return ctx.progress(text(counts, now));
    },
  };
};

export type BatchProgress = {
  readonly row: (state: 'failed' | 'other') => Promise<void> | undefined;
  readonly end: () => Promise<void>;
};

/** The rows of a batch as they become final. */
export const batchProgress = (ctx: CommandContext, total: number, finalBefore: number): BatchProgress => {
  let done = finalBefore;
  let failed = 0;
  const line = progressLine(ctx, ctx.t.batch.progress, { done, of: total });
  return {
    row: (state) => {
      done += 1;
      if (state === 'failed') failed += 1;
      return line.at({ done, of: total, failed });
    },
    end: () => ctx.progress(null),
  };
};
