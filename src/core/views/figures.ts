/** How a set of spans lies, in ms; null when there is none. Percentiles by nearest rank, so that each is a span that was. */
export type Spread = {
  readonly n: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly max: number | null;
};

/** `rate` from 0 to 1; null when there is nothing to take it of. */
export type Rate = { readonly n: number; readonly of: number; readonly rate: number | null };

/** Spans in ms, in any order. */
export const spreadOf = (spans: readonly number[]): Spread => {
  const sorted = Float64Array.from(spans).sort();
  const rank = (share: number): number | null => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
  return { n: sorted.length, p50: rank(0.5), p90: rank(0.9), max: sorted.at(-1) ?? null };
};

export const rateOf = (n: number, of: number): Rate => ({ n, of, rate: of === 0 ? null : n / of });
