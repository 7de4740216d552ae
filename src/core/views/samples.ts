/** Measured spans (ms) with the moment at which each ended, as two columns: a hundred thousand of them stay small. */
export type Samples = { readonly at: number[]; readonly ms: number[] };

/** Facts to be counted, with their moment. */
export type Counts = { readonly at: number[]; readonly what: string[] };

export const noSamples = (): Samples => ({ at: [], ms: [] });
export const noCounts = (): Counts => ({ at: [], what: [] });

/** Adds the span from `from` to `at`, less `without`, in place. What happened before it was typed is never negative. */
export const sample = (to: Samples, from: number, at: number, without = 0): void => {
  to.at.push(at);
  to.ms.push(Math.max(0, at - from - without));
};

/** In place. */
export const count = (to: Counts, at: number, what: string): void => {
  to.at.push(at);
  to.what.push(what);
};

/** Epoch ms, half-open; null: without bound. */
export type Window = { readonly from: number | null; readonly to: number | null };

export const isWithin = (at: number, { from, to }: Window): boolean =>
  (from === null || at >= from) && (to === null || at < to);

/** Spans that ended within the window. */
export const spansWithin = (samples: Samples, window: Window): readonly number[] =>
  samples.ms.filter((_span, i) => isWithin(samples.at[i] ?? Number.NaN, window));

/** Facts of the window by what they are. */
export const countsWithin = (counts: Counts, window: Window): ReadonlyMap<string, number> => {
  const totals = new Map<string, number>();
  for (const [i, what] of counts.what.entries()) {
    if (isWithin(counts.at[i] ?? Number.NaN, window)) totals.set(what, (totals.get(what) ?? 0) + 1);
  }
  return totals;
};
