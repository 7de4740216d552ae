import type { WorkLook } from '../../core/app/batch/work-on-orders.ts';
import type { RunOptions } from '../../core/app/engine/claimed-order.ts';
import type { Lane } from '../../core/rules/lanes.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { type ProgressLine, progressLine } from './progress.ts';
import { untilText } from './until-text.ts';

/** Tells on stderr how the orders of a batch come on, and which peer keeps them waiting until when. */
export type WorkProgress = {
  readonly look: (look: WorkLook) => void;
  readonly step: NonNullable<RunOptions['onStep']>;
  /** Every row is final: from now on the line shows the orders. */
  readonly rowsEnd: () => void;
  readonly end: () => Promise<void>;
};

/** A breaker that is being tried asks to come back so soon again and again: that is no pause worth telling. */
const SHORT_MS = 1_000;

export const workProgress = (ctx: CommandContext): WorkProgress => {
  const { t, services } = ctx;
  const { clock } = services;
  /** Until when the lanes pause, as the last line said. */
  const told = new Map<Lane, number>();
  let closed: WorkLook['closed'] = new Map();
  let failed = 0;
  let line: ProgressLine | null = null;
  let last: Pick<WorkLook, 'finished' | 'unfinished'> = { finished: 0, unfinished: 0 };

  const say = (text: string): void => {
    void ctx.progress(null);
    void ctx.note(text);
  };
  const pauseText = (lane: Lane, until: number, orders: number): string =>
    t.batch.paused(t.changes.peers[lane], untilText(ctx, until), orders);

  const tellPauses = ({ unfinished }: WorkLook): void => {
    for (const [lane, until] of closed) {
      const isNew = until > (told.get(lane) ?? Number.NEGATIVE_INFINITY) + SHORT_MS;
      if (!isNew || unfinished === 0 || until - clock.now() <= SHORT_MS) continue;
      told.set(lane, until);
      say(pauseText(lane, until, unfinished));
    }
  };

  const begin = (): void => {
    const { finished, unfinished } = last;
    line = progressLine(ctx, t.batch.workProgress, { done: finished, of: finished + unfinished });
  };

  return {
    look: (look) => {
      closed = look.closed;
      last = look;
      tellPauses(look);
      if (line === null) return;
      const [pause] = [...told].filter(([lane]) => closed.has(lane));
      const { finished, unfinished } = look;
      void line.at({
        done: finished,
        of: finished + unfinished,
        failed,
        instead: pause === undefined ? null : pauseText(...pause, unfinished),
      });
    },
    step: ({ lane }, retry) => {
      if (retry !== null) {
        failed += 1;
        return;
      }
      if (closed.has(lane) || !told.delete(lane)) return;
      say(t.batch.goesOn(t.changes.peers[lane]));
      // The pause says nothing about the time that is left.
      if (line !== null) begin();
    },
    rowsEnd: begin,
    end: () => ctx.progress(null),
  };
};
