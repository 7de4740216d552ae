import type { WorkRow } from '../../ports/work.ts';
import { type Lane, PEER_LANES, type PeerLane } from '../../rules/lanes.ts';
import type { OrderRun } from './claimed-order.ts';

/** One loop of a run, as it goes from lane to lane. No lane ever has two loops. */
export type Walk = {
  /** Whether the run ends with the row as it is then, if this loop goes on no longer. */
  readonly isLast: (row: WorkRow) => boolean;
  /** The other lane, when it has no loop and need not wait. */
  readonly freeBeside: (lane: PeerLane) => PeerLane | null;
  /**
   * The loop goes on in that lane, too; called inside the attempt at the commit that carries its first intent there. What it
   * returns takes it back.
   */
  readonly goOn: (lane: PeerLane) => () => void;
  /** The loop has left that lane. */
  readonly leave: (lane: PeerLane) => void;
};

/** The lanes of one run, and the loops that go through them. */
export type LanesOfRun = {
  readonly hasLoop: (lane: PeerLane) => boolean;
  /** Whether a loop may begin there: something is due, the run has time left, and no backoff of this run stands against it. */
  readonly mayRun: (row: WorkRow, lane: PeerLane) => boolean;
  /**
   * Starts a loop. `isDue`: because its lane is due; one that then waits for its backoff is not started again. Its failure
   * ends its own lanes only.
   */
  readonly start: (
    lane: PeerLane,
    loop: (walk: Walk) => Promise<void>,
    why: { readonly isDue: boolean },
  ) => void;
  /** Resolves when the loop in that lane ends, whether it fails or not; undefined: the lane has none. */
  readonly ended: (lane: PeerLane) => Promise<void> | undefined;
  /** The same of every loop that runs. */
  readonly allEnded: () => readonly Promise<void>[];
  /** What loops failed with. */
  readonly failures: readonly unknown[];
};

/** Whether something is due in a lane of an order now. */
export const isDue = (row: WorkRow, lane: Lane, now: number): boolean => {
  const { due } = row.lanes[lane];
  return due !== null && due <= now;
};

export const lanesOfRun = (run: OrderRun): LanesOfRun => {
  const { clock } = run.deps;
  const loops = new Map<PeerLane, Promise<void>>();
  /** Lanes that a loop of this run has begun because they were due. */
  const tried = new Set<PeerLane>();
  const failures: unknown[] = [];

  const mayRun: LanesOfRun['mayRun'] = (row, lane) => {
    const isWaiting = row.lanes[lane].retryAt > 0 || row.waits.some((wait) => wait.lane === lane);
    return isDue(row, lane, clock.now()) && run.mayBegin() && !(tried.has(lane) && isWaiting);
  };

  const isLast: Walk['isLast'] = (row) => loops.size === 1 && PEER_LANES.every((lane) => !mayRun(row, lane));

  const freeBeside: Walk['freeBeside'] = (lane) => {
    const other = lane === 'ne' ? 'tm' : 'ne';
    const { lanes, waits } = run.row();
    const hasTried = tried.has(other);
    const isWaiting =
      lanes[other].retryAt > (hasTried ? 0 : clock.now()) ||
      (hasTried && waits.some((wait) => wait.lane === other));
    return loops.has(other) || isWaiting ? null : other;
  };

  const start: LanesOfRun['start'] = (first, loop, why) => {
    /** Where this loop goes through now. */
    const own = new Set<PeerLane>();
    const leave = (lane: PeerLane): void => {
      own.delete(lane);
      loops.delete(lane);
    };
    const enter = (lane: PeerLane): void => {
      own.add(lane);
      loops.set(lane, running);
    };
    const goOn = (lane: PeerLane): (() => void) => {
      // Since the lane was free this loop awaited nothing that lets another loop begin there.
      const wasTried = tried.has(lane);
      tried.add(lane);
      enter(lane);
      return () => {
        if (!wasTried) tried.delete(lane);
        leave(lane);
      };
    };
    if (why.isDue) tried.add(first);
    const running = loop({ isLast, freeBeside, goOn, leave })
      .catch((error: unknown) => {
        failures.push(error);
      })
      .finally(() => {
        for (const lane of [...own]) leave(lane);
      });
    enter(first);
  };

  return {
    hasLoop: (lane) => loops.has(lane),
    mayRun,
    start,
    ended: (lane) => loops.get(lane),
    allEnded: () => [...loops.values()],
    failures,
  };
};
