import type { Claim } from '../../ports/work.ts';
import type { OrderProcess } from '../../process/process.ts';
import { PEER_LANES, type PeerLane } from '../../rules/lanes.ts';
import type { SagaDeps } from '../deps.ts';
import { readOrder } from '../write-order.ts';
import { type OrderRun, openRun, type RunOptions, StaleClaim } from './claimed-order.ts';
import { begin, runLane } from './lane-loop.ts';
import { isDue, lanesOfRun } from './lanes-of-run.ts';

/** Why a wait is given up; without a reason of its own, each would cost an error with its stack. */
export const OVER = 'no longer waited for';

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
  const run = openRun(deps, claim, options);
  try {
    await runLanes(run);
    if (!run.isReleased()) await deps.store.write((tx) => tx.work.release(claim), {});
    if (run.process().version > 0) return run.process();
  } catch (error) {
    if (!(error instanceof StaleClaim)) throw error;
  }
  // A run that lost the claim, or came to no commit, does not know the order as it is now.
  return deps.store.read((tx) => readOrder(tx, claim.orderId));
};

const runLocally = (run: OrderRun): Promise<null> =>
  run.commit(
    async (context, process) => {
      const decided = await begin(run, context, { process, lane: null, reports: {} });
      return { ...decided, result: null };
    },
    (_, row) => !run.mayBegin() || PEER_LANES.every((lane) => !isDue(row, lane, run.deps.clock.now())),
  );

/**
 * Starts a loop in each lane as it becomes due, also while another one is still talking to its peer. Local steps go first;
 * where the network need not wait for a backoff, its first intent may share their commit.
 */
const runLanes = async (run: OrderRun): Promise<void> => {
  const { clock } = run.deps;
  const lanes = lanesOfRun(run);
  const start = (lane: PeerLane, why: { readonly isDue: boolean }): void =>
    lanes.start(lane, (walk) => runLane(run, lane, walk), why);
  const first = run.row();
  if (isDue(first, 'local', clock.now())) {
    if (run.mayBegin() && first.lanes.ne.retryAt <= clock.now()) start('ne', { isDue: false });
    else await runLocally(run);
  }
  while (lanes.failures.length === 0 && !run.isReleased()) {
    for (const lane of PEER_LANES) {
      const row = run.row();
      if (lanes.hasLoop(lane) || !lanes.mayRun(row, lane)) continue;
      const network = lanes.ended('ne');
      if (lane === 'tm' && network !== undefined && row.undo) {
        // The wait ends with the network's loop: a timer left behind would keep the process alive.
        const over = new AbortController();
        await Promise.race([network, clock.wait(UNDO_HEAD_START_MS, over.signal)]);
        over.abort(OVER);
        if (run.isReleased() || lanes.hasLoop(lane) || !lanes.mayRun(run.row(), lane)) continue;
      }
      start(lane, { isDue: true });
    }
    const running = lanes.allEnded();
    if (running.length === 0) break;
    await Promise.race([...running, run.nextCommit()]);
  }
  await Promise.all(lanes.allEnded());
  if (lanes.failures.length > 0) throw lanes.failures[0];
};
