import type { Cause } from '../../codes/cause.ts';
import type { Lane } from '../../rules/lanes.ts';
import type { Refusal } from '../../rules/refusal.ts';
import type { Step, StepName } from '../../rules/step.ts';
import type { Change } from '../change-order.ts';
import type { AppDeps, SagaDeps } from '../deps.ts';
import { type AfterChange, type Aftermath, afterChange, pendingSteps } from './after-change.ts';
import { isWorkerRunning } from './worker-state.ts';

/** How long a face lets run what a change made due. */
export type Patience = Omit<AfterChange, 'signal'> & { readonly dryRun: boolean };

/** Whether a change takes the order's lease in its own commit: only when there is time to run steps inline. */
export const claimsInline = ({ dryRun, inlineMs, waitMs }: Patience): boolean =>
  !dryRun && (inlineMs > 0 || waitMs !== undefined);

/** Of several orders what a change makes due is the worker's, unless the asker waits for it. */
export const runsHere = ({
  orders,
  waitMs,
}: {
  readonly orders: number;
  readonly waitMs: number | undefined;
}): boolean => orders === 1 || waitMs !== undefined;

export type CarryOn = Patience & {
  readonly signal: AbortSignal;
  /** Opens the peers; called only when there is something to run. */
  readonly saga: () => Promise<SagaDeps>;
  /** The refusal that something thrown stands for; null: it is a bug. */
  readonly refusalOf: (thrown: unknown) => Refusal | null;
};

/** `trouble`: what kept the steps from running in this process. */
export type CarriedOn = Aftermath & { readonly trouble: Refusal | null };

/**
 * Runs what a change made due, after its commit: inline, and on for as long as the caller waits. A dry run runs nothing.
 * The change stands whatever happens here: `trouble` says what keeps the steps from running (peers that are not set up
 * well, a busy database), and the worker runs them.
 */
export const carryOn = async (
  deps: Pick<AppDeps, 'policy' | 'clock'>,
  change: Change,
  { dryRun, saga, refusalOf, ...options }: CarryOn,
): Promise<CarriedOn> => {
  const { process } = change;
  if (dryRun) return { process, pending: [], trouble: null };
  if (change.claim === null && options.waitMs === undefined) {
    return { process, pending: pendingSteps(process, deps), trouble: null };
  }
  try {
    return { ...(await afterChange(await saga(), change, options)), trouble: null };
  } catch (error) {
    const trouble = refusalOf(error);
    if (trouble === null) throw error;
    return { process, pending: pendingSteps(process, deps), trouble };
  }
};

/** What is left to do for an order, a lane at a time, and whether a worker goes on with it. */
export type LeftToDo = {
  readonly lanes: readonly {
    readonly lane: Lane;
    readonly steps: readonly StepName[];
    /** What its last try failed with. */
    readonly error: Cause | null;
  }[];
  readonly isWorkerRunning: boolean;
};

/** What the answer says of `pending` steps of an order. */
export const leftToDo = async (
  deps: Pick<AppDeps, 'store' | 'clock' | 'processes'>,
  orderId: string,
  pending: readonly Step[],
): Promise<LeftToDo> => {
  const row = await deps.store.read((tx) => tx.work.get(orderId));
  const lanes = [...new Set(pending.map(({ lane }) => lane))].map((lane) => ({
    lane,
    steps: pending.filter((step) => step.lane === lane).map(({ name }) => name),
    error: row?.lanes[lane].error ?? null,
  }));
  return { lanes, isWorkerRunning: await isWorkerRunning(deps) };
};
