type Bucket = { tokens: number; at: number };

/** More callers than this are not told apart: those who have been quiet for longest begin anew. */
const MOST_CALLERS = 10_000;

export type CallerRate = {
  /** 0: it is within its rate. Else: after how many seconds it is again. */
  readonly take: (caller: string) => number;
};

/** So many requests a second of each caller, and twice as many for a moment. `now`: monotonic ms. */
export const callerRate = (perSecond: number, now: () => number): CallerRate => {
  const buckets = new Map<string, Bucket>();
  const most = perSecond * 2;
  return {
    take: (caller) => {
      const at = now();
      const known = buckets.get(caller) ?? { tokens: most, at };
      // The one that was seen last stands at the end.
      buckets.delete(caller);
      if (buckets.size >= MOST_CALLERS) buckets.delete(buckets.keys().next().value ?? '');
      buckets.set(caller, known);
      known.tokens = Math.min(most, known.tokens + ((at - known.at) / 1_000) * perSecond);
      known.at = at;
      if (known.tokens < 1) return Math.ceil((1 - known.tokens) / perSecond);
      known.tokens -= 1;
      return 0;
    },
  };
};
