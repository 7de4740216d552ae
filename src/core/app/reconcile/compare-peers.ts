import type { Finding } from '../../peers/finding.ts';
import type { Comparison, ReconcileCounts } from '../../ports/comparisons.ts';
import { START } from '../../ports/cursor.ts';
import type { Tx } from '../../ports/store.ts';
import { causeOfRefusal, Refusal } from '../../rules/refusal.ts';
import { ms } from '../../time/iso.ts';
import { DAY_MS } from '../../time/units.ts';
import type { AppDeps, SagaDeps } from '../deps.ts';
import { reconcile } from './reconcile.ts';
import type { Compared, ReconcileOptions } from './reconcile-options.ts';

/** So many findings are kept for people; the rest is found again when these are gone. */
const MOST_KEPT = 1_000;

const NO_COUNTS: ReconcileCounts = { services: 0, foreign: 0, orders: 0, appointments: 0, unclear: 0 };

const begun = ({ clock, processes }: Pick<AppDeps, 'clock' | 'processes'>): Comparison => ({
  beganAt: clock.now(),
  owner: processes.self,
  endedAt: null,
  gaps: [],
  counts: NO_COUNTS,
  failure: null,
});

/**
 * Compares, sets right what can be set right, and keeps what it came to: when, what it did not see, and what it left to a
 * person. What was found before and is not any more is forgotten, if everything was seen.
 * Throws Refusal as `reconcile` does.
 */
export async function* compareAndKeep(
  deps: SagaDeps,
  options: Omit<ReconcileOptions, 'fix'>,
): AsyncGenerator<Finding, Compared> {
  await deps.store.write((tx) => tx.comparisons.put(begun(deps)));
  return yield* keepWhatComes(deps, options);
}

async function* keepWhatComes(
  deps: SagaDeps,
  options: Omit<ReconcileOptions, 'fix'>,
): AsyncGenerator<Finding, Compared> {
  const { store, clock } = deps;
  const started = (await store.read((tx) => tx.comparisons.last())) ?? begun(deps);
  const kept: Finding[] = [];
  const end = (outcome: Pick<Comparison, 'gaps' | 'counts' | 'failure'>): Promise<void> =>
    store.write(async ({ comparisons }) => {
      const endedAt = clock.now();
      await comparisons.put({ ...started, endedAt, ...outcome });
      await comparisons.keep(kept, endedAt);
      const sawAll = outcome.failure === null && outcome.gaps.length === 0 && kept.length < MOST_KEPT;
      if (sawAll) await comparisons.keepOnly(kept);
    });
  try {
    const all = reconcile(deps, { ...options, fix: true });
    for (let next = await all.next(); ; next = await all.next()) {
      if (next.done === true) {
        await end({ ...next.value, failure: null });
        return next.value;
      }
      const isForPeople = next.value.state !== 'fixed';
      if (isForPeople && kept.length < MOST_KEPT) kept.push(next.value);
      yield next.value;
    }
  } catch (error) {
    if (error instanceof Refusal) await end({ gaps: [], counts: NO_COUNTS, failure: causeOfRefusal(error) });
    throw error;
  }
}

/** A comparison whose process lives is waited for no longer than this. */
const LONGEST_MS = DAY_MS;

/**
 * Milliseconds until the peers are to be compared again; 0: now. An operation that is younger than the interval needs no
 * comparison yet.
 */
const dueIn = async (tx: Tx, { clock, processes }: AppDeps, everyMs: number): Promise<number> => {
  const now = clock.now();
  const last = await tx.comparisons.last();
  if (last === null) {
    const [first] = await tx.events.page({ after: START, limit: 1 });
    return first === undefined ? everyMs : left(ms(first.at), everyMs, now);
  }
  const { owner, beganAt, endedAt } = last;
  if (endedAt !== null) return left(beganAt, everyMs, now);
  const isUnderWay = owner !== processes.self && processes.alive(owner);
  return isUnderWay ? left(beganAt, LONGEST_MS, now) : 0;
};

/** A time in the future was written by a clock that was put back since: it counts for nothing. */
const left = (since: number, everyMs: number, now: number): number =>
  since > now ? 0 : Math.max(0, since + everyMs - now);

/** Takes the comparison that is due, so that of several processes one does it. Milliseconds to wait when it is not. */
const takeDue = async (deps: SagaDeps, everyMs: number): Promise<number> => {
  const wait = await deps.store.read((tx) => dueIn(tx, deps, everyMs));
  if (wait > 0) return wait;
  return deps.store.write(async (tx) => {
    const now = await dueIn(tx, deps, everyMs);
    if (now === 0) await tx.comparisons.put(begun(deps));
    return now;
  });
};

export type KeepCompared = Pick<ReconcileOptions, 'signal' | 'onDeskUnread'> & {
  readonly everyMs: number;
  readonly onFinding: (finding: Finding) => void;
  /** Hears the end of each comparison. */
  readonly onCompared?: (compared: Compared) => void;
  /** The NE, or the desk, could not be read this time. */
  readonly onRefusal: (refusal: Refusal) => void;
};

/** Compares if it is time to. Returns the milliseconds until it is; 0: it has compared. */
export const compareIfDue = async (
  deps: SagaDeps,
  { everyMs, signal, onFinding, onCompared, onRefusal }: KeepCompared,
): Promise<number> => {
  const wait = await takeDue(deps, everyMs);
  if (wait > 0) return wait;
  try {
    const all = keepWhatComes(deps, { signal, onDeskUnread: onRefusal });
    for (let next = await all.next(); ; next = await all.next()) {
      if (next.done === true) {
        onCompared?.(next.value);
        return 0;
      }
      onFinding(next.value);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    onRefusal(error);
    return 0;
  }
};

/** The same for as long as the signal allows, also when its process has just been started again. */
export const keepCompared = async (
  deps: SagaDeps,
  options: KeepCompared & { readonly signal: AbortSignal },
): Promise<void> => {
  const { signal } = options;
  while (!signal.aborted) {
    const wait = await compareIfDue(deps, options);
    if (wait > 0) await deps.clock.wait(wait, signal);
  }
};
