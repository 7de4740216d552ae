import type { Claim } from '../ports/work.ts';
import { isUndoing, type OrderProcess } from '../process.ts';
import type { SagaDeps } from './deps.ts';
import { type OrderRun, openRun, type RunOptions, StaleClaim } from './order-run.ts';
import { begin, type PeerLane, runLane } from './run-lane.ts';

const PEER_LANES: readonly PeerLane[] = ['ne', 'tm'];

/** With all reachable the NE is undone before the desk; a network that hangs keeps the desk waiting no longer. */
const UNDO_HEAD_START_MS = 300;

/**
 * Runs the due steps of one claimed order until it must wait: for a retry, a person, a peer or a time. Lanes run beside
 * each other, and a failure ends its own lane only. The lease is released at the end. Returns the order as it is then.
 */
export const runOrder = async (
  deps: SagaDeps,
  claim: Claim,
  options: RunOptions = {},
): Promise<OrderProcess> => {
  const run = await openRun(deps, claim, options);
  try {
    if (run.isDue('local')) await runLocally(run);
    await runLanes(run);
  } catch (error) {
    if (error instanceof StaleClaim) return run.process();
    throw error;
  }
  await deps.store.write((tx) => tx.work.release(claim));
  return run.process();
};

const runLocally = (run: OrderRun): Promise<null> =>
  run.commit(async (context, process) => {
    const decided = await begin(run, context, { process, lane: null, permit: null, reports: {} });
    return { ...decided, result: null };
  });

/** Starts each lane as it becomes due, also while another one is still talking to its peer. */
const runLanes = async (run: OrderRun): Promise<void> => {
  const active = new Map<PeerLane, Promise<void>>();
  const ended = new Set<PeerLane>();
  const failures: unknown[] = [];
  const start = (lane: PeerLane): void => {
    const running = runLane(run, lane)
      .catch((error: unknown) => {
        failures.push(error);
      })
      .finally(() => active.delete(lane));
    active.set(lane, running);
    ended.add(lane);
  };
  while (failures.length === 0) {
    for (const lane of PEER_LANES) {
      const mayRunAgain = !ended.has(lane) || !run.isWaiting(lane);
      if (active.has(lane) || !mayRunAgain || !run.isDue(lane) || !run.mayBegin()) continue;
      const network = active.get('ne');
      if (lane === 'tm' && network !== undefined && isUndoing(run.process())) {
        // The wait is given up with the network's end: a timer left behind would keep the process alive.
        const over = new AbortController();
        await Promise.race([network, run.deps.clock.wait(UNDO_HEAD_START_MS, over.signal)]);
        over.abort();
      }
      start(lane);
    }
    if (active.size === 0) break;
    await Promise.race([...active.values(), run.nextCommit()]);
  }
  await Promise.all(active.values());
  if (failures.length > 0) throw failures[0];
};
