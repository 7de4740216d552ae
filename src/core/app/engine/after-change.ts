import type { OrderProcess } from '../../process/process.ts';
import type { Step } from '../../rules/step.ts';
import { nextSteps } from '../../saga/saga.ts';
import type { Change } from '../change-order.ts';
import type { SagaDeps } from '../deps.ts';
import { LEASE_MS } from '../due/lease.ts';
import { readOrder } from '../write-order.ts';
import { runOrder } from './order-loop.ts';

/** How long a command works on after its commit. */
export type AfterChange = {
  /** Milliseconds of the inline run after the commit; 0: none. */
  readonly inlineMs: number;
  /** Milliseconds to wait on for the end of what was started; undefined: do not wait. */
  readonly waitMs?: number | undefined;
  readonly signal: AbortSignal;
};

/** What a change set in motion and how far it came. */
export type Aftermath = {
  readonly process: OrderProcess;
  /** Steps at the peers that are still to come, whether they wait for a peer, a retry or a worker. */
  readonly pending: readonly Step[];
};

/** How often an order that another process works on is looked at. */
const LOOK_AGAIN_MS = 200;

/** Steps that wait for a person or a date, not for the network, the desk or us. */
const isTechnical = ({ name }: Step): boolean =>
  name !== 'ReleaseVisit' && name !== 'CheckVisit' && name !== 'DispatchFieldWork' && name !== 'ProposeVisit';

/** What is under way: due now, or a matter of seconds (a look-up that must be late, a poll). A call due later is not. */
export const pendingSteps = (
  process: OrderProcess,
  deps: Pick<SagaDeps, 'policy' | 'clock'>,
): readonly Step[] =>
  nextSteps(process, deps.policy).filter(
    (step) => isTechnical(step) && (step.notBefore <= deps.clock.now() || isCheck(step)),
  );

const isCheck = ({ name }: Step): boolean => name === 'CheckService' || name === 'CheckCall';

/**
 * Runs the steps that a change made due: inline, within the budget, and then for as long as the caller waits. Whatever
 * the peers do, the change itself stands; what is left is the worker's.
 */
export const afterChange = async (
  deps: SagaDeps,
  change: Change,
  options: AfterChange,
): Promise<Aftermath> => {
  const { orderId } = change.process;
  const { clock, store, processes } = deps;
  const startedAt = clock.monotonic();
  const total = options.inlineMs + (options.waitMs ?? 0);
  const left = (): number => total - (clock.monotonic() - startedAt);
  let process = change.process;
  let { claim } = change;
  while (true) {
    if (claim !== null) {
      process = await runOrder(deps, claim, { budgetMs: Math.max(left(), 0), signal: options.signal });
    }
    const pending = pendingSteps(process, deps);
    if (options.waitMs === undefined || pending.length === 0 || left() <= 0 || options.signal.aborted) {
      return { process, pending };
    }
    const row = await store.read((tx) => tx.work.get(orderId));
    const dues = Object.values(row?.lanes ?? {}).flatMap(({ due }) => (due === null ? [] : [due]));
    const dueIn = Math.min(...dues) - clock.now();
    await clock.wait(Math.min(Math.max(dueIn, LOOK_AGAIN_MS), left()), options.signal);
    claim = await store.write(
      (tx) => tx.work.claimOne(orderId, { now: clock.now(), owner: processes.self, leaseMs: LEASE_MS }),
      {},
    );
    process = await store.read((tx) => readOrder(tx, orderId));
  }
};
