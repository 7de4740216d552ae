/** What ends a run of a batch before its last row. */
export type RunEnd = {
  /** Line of a row that is refused, known before its entry is written: no row begins after the last that is allowed. */
  readonly countFailure: (line: number) => void;
  /** What makes going on pointless; the first counts. */
  readonly giveUp: (error: unknown) => void;
  /** No row is to begin any more. */
  readonly isOver: () => boolean;
  /** How it ended, once nothing is in flight. Throws what made the run give up. */
  readonly ending: () => 'finished' | 'limit' | 'interrupted';
};

export type RunEndOptions = {
  /** So many failures end the run; null: none do. */
  readonly maxFailures: number | null;
  readonly signal: AbortSignal;
};

export const runEnd = ({ maxFailures, signal }: RunEndOptions): RunEnd => {
  const failures = new Set<number>();
  const fatal: unknown[] = [];
  const isLimit = (): boolean => maxFailures !== null && failures.size >= maxFailures;
  return {
    countFailure: (line) => failures.add(line),
    giveUp: (error) => fatal.push(error),
    isOver: () => fatal.length > 0 || signal.aborted || isLimit(),
    ending: () => {
      if (fatal.length > 0) throw fatal[0];
      if (isLimit()) return 'limit';
      return signal.aborted ? 'interrupted' : 'finished';
    },
  };
};
