import { relative } from '../../../core/time/relative.ts';
import { formatLocal } from '../../../core/time/zone.ts';
import type { Texts } from '../../../texts/catalogue.ts';
import type { Lang } from '../../../texts/lang.ts';

/** What a pure `show` may use to word and format data for people. */
export type View = {
  readonly t: Texts;
  readonly lang: Lang;
  readonly tz: string;
  /** Epoch ms. */
  readonly now: number;
  readonly tty: boolean;
  /** Columns. */
  readonly width: number;
  /** The name the program was called by. */
  readonly program: string;
  /** Nothing that was printed may change. */
  readonly plain?: boolean;
  /** Marks are ASCII. */
  readonly ascii?: boolean;
  /** `2026-11-24 14:00` in the operator's zone, with "in 25 min" beside it on a terminal. null: empty. */
  readonly time: (at: string | number | null | undefined) => string;
  /** The same without the span. */
  readonly clock: (at: string | number | null | undefined) => string;
  /** `in 25 min`, `3 h ago`. */
  readonly span: (at: string | number) => string;
};

/** It reads the clock at every use: a view may live as long as `--watch` does. */
type Facts = Omit<View, 'time' | 'clock' | 'span' | 'now'> & { readonly clock: () => number };

const epoch = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at));

/** Dates are written by hand: locale styles differ between versions of Node. */
export const createView = ({ clock: nowMs, ...facts }: Facts): View => {
  const clock: View['clock'] = (at) =>
    at === null || at === undefined || Number.isNaN(epoch(at)) ? '' : formatLocal(epoch(at), facts.tz);
  const span: View['span'] = (at) => facts.t.common.relative(relative(epoch(at) - nowMs()));
  const time: View['time'] = (at) => {
    const text = clock(at);
    return text === '' || at === null || at === undefined || !facts.tty ? text : `${text} (${span(at)})`;
  };
  return {
    ...facts,
    get now() {
      return nowMs();
    },
    clock,
    span,
    time,
  };
};
