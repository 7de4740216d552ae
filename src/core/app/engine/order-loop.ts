import type { Claim, WorkRow } from '../../ports/work.ts';
import type { OrderProcess } from '../../process/process.ts';
import { type Lane, PEER_LANES, type PeerLane } from '../../rules/lanes.ts';
import type { SagaDeps } from '../deps.ts';
import { readOrder } from '../write-order.ts';
import { type OrderRun, openRun, type RunOptions, StaleClaim } from './claimed-order.ts';
import { begin, runLane } from './lane-loop.ts';

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
    if (!run.isReleased()) await deps.store.write((tx) => tx.work.release(claim));
    if (run.process().version > 0) return run.process();
  } catch (error) {
    if (!(error instanceof StaleClaim)) throw error;
  }
  // Who lost the claim, or came to no commit, does not know the order as it is now.
  return deps.store.read((tx) => readOrder(tx, claim.orderId));
};

const runLocally = (run: OrderRun): Promise<null> =>
  run.commit(
    async (context, process) => {
      const decided = await begin(run, context, { process, lane: null, hold: () => {}, reports: {} });
      return { ...decided, result: null };
    },
    (_, row) => !run.mayBegin() || PEER_LANES.every((lane) => !isDue(row, lane, run.deps.clock.now())),
  );

/** Whether something is due in a lane of an order now. */
export const isDue = (row: WorkRow, lane: Lane, now: number): boolean => {
  const { due } = row.lanes[lane];
  return due !== null && due <= now;
};

/**
 * Starts each lane as it becomes due, also while another one is still talking to its peer. Local steps go first; where
 * the network is not kept waiting by a backoff, its first intent may share their commit.
 */
const runLanes = async (run: OrderRun): Promise<void> => {
  const { clock } = run.deps;
  const active = new Map<PeerLane, Promise<void>>();
  /** Lanes that this run has started because they were due: one that then waits for its backoff is not started again. */
  const tried = new Set<PeerLane>();
  const failures: unknown[] = [];
  const mayRun = (row: WorkRow, lane: PeerLane): boolean => {
    const isWaiting = row.lanes[lane].retryAt > 0 || row.waits.some((wait) => wait.lane === lane);
    return isDue(row, lane, clock.now()) && run.mayBegin() && !(tried.has(lane) && isWaiting);
  };
  const start = (first: PeerLane): void => {
    /** Where it goes through now. */
    const held = new Set<PeerLane>();
    const leave = (lane: PeerLane): void => {
      held.delete(lane);
      active.delete(lane);
    };
    const take = (lane: PeerLane): void => {
      held.add(lane);
      active.set(lane, running);
    };
    const running = runLane(run, first, {
      isLast: (row) => active.size === 1 && PEER_LANES.every((lane) => !mayRun(row, lane)),
      free: (lane) => {
        const other = lane === 'ne' ? 'tm' : 'ne';
        const { lanes, waits } = run.row();
        const hasTried = tried.has(other);
        const isWaiting =
          lanes[other].retryAt > (hasTried ? 0 : clock.now()) ||
          (hasTried && waits.some((wait) => wait.lane === other));
        return active.has(other) || isWaiting ? null : other;
      },
      // Since it was found free only what comes of itself was awaited: nobody has started it meanwhile.
      take: (lane) => {
        tried.add(lane);
        take(lane);
      },
      leave,
    })
      .catch((error: unknown) => {
        failures.push(error);
      })
      .finally(() => {
        for (const lane of [...held]) leave(lane);
      });
    take(first);
  };
  const first = run.row();
  if (isDue(first, 'local', clock.now())) {
    if (run.mayBegin() && first.lanes.ne.retryAt <= clock.now()) start('ne');
    else await runLocally(run);
  }
  while (failures.length === 0 && !run.isReleased()) {
    for (const lane of PEER_LANES) {
      const row = run.row();
      if (active.has(lane) || !mayRun(row, lane)) continue;
      const network = active.get('ne');
      if (lane === 'tm' && network !== undefined && row.undo) {
        // The wait is given up with the network's end: a timer left behind would keep the process alive.
        const over = new AbortController();
        await Promise.race([network, clock.wait(UNDO_HEAD_START_MS, over.signal)]);
        over.abort(OVER);
        if (run.isReleased() || active.has(lane) || !mayRun(run.row(), lane)) continue;
      }
      tried.add(lane);
      start(lane);
    }
    if (active.size === 0) break;
    await Promise.race([...active.values(), run.nextCommit()]);
  }
  await Promise.all(active.values());
  if (failures.length > 0) throw failures[0];
};
