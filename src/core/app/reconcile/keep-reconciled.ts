import type { Finding } from '../../reconcile/finding.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { SagaDeps } from '../deps.ts';
import { reconcile } from './reconcile.ts';

export type KeepReconciled = {
  readonly everyMs: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly onFinding: (finding: Finding) => void;
  /** The NE, or the desk, could not be read this time. */
  readonly onRefusal: (refusal: Refusal) => void;
};

/** Compares the NE with the log now and then and sets right what can be set right, until it is told to end. */
export const keepReconciled = async (
  deps: SagaDeps,
  { everyMs, signal, onFinding, onRefusal }: KeepReconciled,
): Promise<void> => {
  while (true) {
    await deps.clock.wait(everyMs, signal);
    if (signal.aborted) return;
    try {
      for await (const finding of reconcile(deps, { fix: true, signal, onDeskUnread: onRefusal }))
        onFinding(finding);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      onRefusal(error);
    }
  }
};
