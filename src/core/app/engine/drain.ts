import type { Tx } from '../../ports/store.ts';
import type { Claim, ClaimQuery } from '../../ports/work.ts';
import type { OrderProcess } from '../../process/process.ts';
import type { Lane } from '../../rules/lanes.ts';
import { LANES } from '../../rules/lanes.ts';
import { isRefusal, Refusal } from '../../rules/refusal.ts';
import type { SagaDeps } from '../deps.ts';
import { LEASE_MS } from '../due/lease.ts';
import type { RunOptions } from './claimed-order.ts';
import { openClockSteps } from './clock-steps.ts';
import { openGauge } from './gauge.ts';
import { openHeartbeat } from './heartbeat.ts';
import { isDue } from './lanes-of-run.ts';
import { OVER, runOrder } from './order-loop.ts';
import type { Pace, PaceLimits } from './pace.ts';
import { setAside } from './set-aside.ts';
import { isPassing, openTrouble, type Trouble } from './trouble.ts';
import { NO_WATCHDOG, type Watchdog, watched } from './watchdog.ts';

/** How long an idle worker sleeps before it looks for work that others committed. */
const IDLE_MS = 500;

/** Where a drain takes its orders from. */
export type WorkSource = {
  /** Up to `limit` orders with a due lane among the query's. */
  readonly claim: (tx: Tx, query: ClaimQuery, limit: number) => Promise<readonly Claim[]>;
  /** Resolves when there may be something to claim that was not there before. */
  readonly changed: () => Promise<void>;
};

export type DrainOptions = {
  /** Orders that are worked on at once: so many, or as many as do best between two bounds. */
  readonly concurrency: number | PaceLimits;
  /** Ends when nothing technical is left, or after `waitMs` without an end. false: goes on until the signal. */
  readonly drain: boolean;
  readonly waitMs: number;
  /** Ends after what is in flight. */
  readonly signal: AbortSignal;
  readonly onStep?: RunOptions['onStep'];
  /** Hears when an order's run ends, with the order as it is then. */
  readonly onOrder?: (orderId: string, process: OrderProcess) => void;
  /** Hears each decision on the number of orders at once. */
  readonly onPace?: (pace: Pace) => void;
  /** Lanes that take no work now because their breaker is open, with the time to come back (epoch ms). */
  readonly closedLanes: () => Promise<ReadonlyMap<Lane, number>>;
  /** Places in flight of a lane's bulkhead. */
  readonly places: Readonly<Record<Lane, number>>;
  /** Absent: all orders that are due. */
  readonly source?: WorkSource;
  /** How long the drain waits for a database that fails, ms (default 0: its first failure ends the drain). */
  readonly patienceMs?: number;
  /** Hears of each failure of the database that the drain waits out, with the pause that follows. */
  readonly onTrouble?: (trouble: Refusal, pauseMs: number) => void;
  /**
   * Hears of an order that was set aside, because it cannot be read or its steps cannot be worked out. Absent: only what
   * cannot be read is set aside, and other errors of one order end the drain.
   */
  readonly onAside?: (orderId: string, error: unknown) => void;
  /** Watches over the drain itself and over each order that is worked on. */
  readonly watchdog?: Watchdog;
};

export type DrainResult = {
  /** Orders whose runs ended. */
  readonly done: number;
  /** Orders with technical work left. */
  readonly waiting: number;
  /** Earliest due of any lane; null: none. */
  readonly nextDueAt: number | null;
  /** Lanes whose breaker is open. */
  readonly closed: ReadonlyMap<Lane, number>;
};

/**
 * The worker: claims due orders, undo first, and runs their steps, `concurrency` at a time. Leases of dead processes are
 * freed at once. Any number of workers may share one database.
 */
export const drain = async (unwatched: SagaDeps, options: DrainOptions): Promise<DrainResult> => {
  const { watchdog = NO_WATCHDOG } = options;
  const sign = watchdog.watch({ loop: 'orders' });
  const deps = watched(unwatched, sign);
  const { store, clock, processes } = deps;
  const { source } = options;
  const startedAt = clock.now();
  const giveUpAt = clock.monotonic() + options.waitMs;
  // By claim: a run that slept past its lease may still go on when another claim takes its order.
  const active = new Map<Claim, { readonly lanes: ReadonlySet<Lane>; readonly ended: Promise<void> }>();
  const gauge = openGauge(clock, options);
  let done = 0;
  /** Whether a run has ended since work was last looked for; ends the rest. */
  let hasEnded = false;
  let wake = (): void => {};
  const runEnded = (): void => {
    hasEnded = true;
    wake();
  };
  const failures: { readonly claim: Claim; readonly error: unknown }[] = [];
  const { patienceMs = 0 } = options;
  const trouble = openTrouble({
    clock,
    signal: options.signal,
    giveUpMs: options.drain ? Math.min(patienceMs, options.waitMs) : patienceMs,
    onTrouble: options.onTrouble,
  });
  const steps = openClockSteps(deps, { isWorker: source === undefined });
  const beat = openHeartbeat(deps, {
    startedAt,
    // A drain of some orders only is no worker that others may count on.
    isWorker: source === undefined,
    onWorkers: gauge.share,
    vitals: () => ({
      concurrency: gauge.jobs(),
      inFlight: active.size,
      stepsDone: done,
      note: gauge.note(),
    }),
  });

  const isAside = (error: unknown): boolean =>
    isRefusal(error, 'ORDER_UNREADABLE') || (options.onAside !== undefined && !(error instanceof Refusal));

  /** What runs have left behind that failed: an order that is set aside, or a lease that no run needs until it ends. */
  const clearUp = async (): Promise<void> => {
    for (let first = failures[0]; first !== undefined; first = failures[0]) {
      const { claim, error } = first;
      if (isAside(error)) {
        await setAside(deps, claim, error);
        failures.shift();
        options.onAside?.(claim.orderId, error);
      } else if (isPassing(error)) {
        await store.write((tx) => tx.work.release(claim), {});
        failures.shift();
      } else {
        throw error;
      }
    }
  };

  const start = (claim: Claim): void => {
    const now = clock.now();
    const lanes = new Set(LANES.filter((lane) => isDue(claim.row, lane, now)));
    const life = watchdog.watch({ loop: 'order', orderId: claim.orderId });
    const ended = runOrder(watched(unwatched, life), claim, {
      signal: options.signal,
      onStep: (step, retry) => {
        gauge.settled(retry?.burn === true);
        options.onStep?.(step, retry);
      },
    }).then((process) => {
      done += 1;
      active.delete(claim);
      gauge.inFlight(active.size);
      options.onOrder?.(claim.orderId, process);
      runEnded();
    });
    const settled = ended
      .catch((error: unknown) => {
        failures.push({ claim, error });
        active.delete(claim);
        gauge.inFlight(active.size);
        runEnded();
      })
      .finally(life.end);
    active.set(claim, { lanes, ended: settled });
    gauge.inFlight(active.size);
  };

  const openLanes = async (): Promise<{ lanes: readonly Lane[]; closed: ReadonlyMap<Lane, number> }> => {
    const closed = await options.closedLanes();
    const busy = (lane: Lane) => [...active.values()].filter((run) => run.lanes.has(lane)).length;
    return { lanes: LANES.filter((lane) => !closed.has(lane) && busy(lane) < options.places[lane]), closed };
  };

  const claimSome = async (lanes: readonly Lane[]): Promise<number> => {
    const free = gauge.jobs() - active.size;
    if (free <= 0) gauge.full();
    if (free <= 0 || lanes.length === 0) return 0;
    const query: ClaimQuery = { now: clock.now(), owner: processes.self, leaseMs: LEASE_MS, lanes };
    const most = Math.min(free, ...lanes.map((lane) => options.places[lane]));
    const claims = await store.write(
      (tx) => (source === undefined ? tx.work.claim(query, most) : source.claim(tx, query, most)),
      {},
    );
    claims.forEach(start);
    return claims.length;
  };

  /** Until a run ends, there is new work, or the time is over. */
  const rest = async (ms: number, signal: AbortSignal | undefined): Promise<void> => {
    // A wait left behind would keep a timer and a listener for every run that ends before it.
    const over = new AbortController();
    const end = (): void => over.abort(OVER);
    signal?.addEventListener('abort', end, { once: true });
    await Promise.race([
      new Promise<void>((resolve) => {
        wake = resolve;
        if (hasEnded) resolve();
      }),
      clock.wait(ms, over.signal),
      ...(source === undefined ? [] : [source.changed()]),
    ]);
    signal?.removeEventListener('abort', end);
    over.abort(OVER);
  };

  /** Looks for work once, and waits for more; false: nothing is left. */
  const round = async (): Promise<boolean> => {
    gauge.look();
    await clearUp();
    await steps.notice();
    await beat();
    hasEnded = false;
    const { lanes } = await openLanes();
    const claimed = await claimSome(lanes);
    trouble.isOver();
    if (claimed > 0) return true;
    if (active.size > 0) {
      await rest(IDLE_MS, undefined);
      return true;
    }
    let wait = options.drain ? await untilNext(deps, options, giveUpAt) : IDLE_MS;
    if (wait === null && (await steps.again())) wait = await untilNext(deps, options, giveUpAt);
    if (wait !== null) await rest(wait, options.signal);
    return wait !== null;
  };

  try {
    while (!options.signal.aborted && (await patiently(round, trouble)));
  } finally {
    await Promise.all([...active.values()].map((run) => run.ended));
    // Should this fail, the other workers find that this process is gone.
    await store.write((tx) => tx.work.leave(processes.self), {}).catch(onlyRefusals);
  }
  try {
    // What ended beside the last round.
    await patiently(clearUp, trouble);
    return { done, ...(await patiently(() => leftOver(deps, options), trouble)) };
  } finally {
    sign.end();
  }
};

/** Does it as often as the database makes it fail. */
const patiently = async <T>(act: () => Promise<T>, trouble: Trouble): Promise<T> => {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      await trouble.wait(error);
    }
  }
};

const onlyRefusals = (error: unknown): void => {
  if (!(error instanceof Refusal)) throw error;
};

/** Milliseconds until there may be work again; null: nothing is left that a drain waits for. */
const untilNext = async (deps: SagaDeps, options: DrainOptions, giveUpAt: number): Promise<number | null> => {
  const left = giveUpAt - deps.clock.monotonic();
  if (left <= 0) return null;
  const { nextDueAt, leased } = await deps.store.read((tx) => tx.work.counts(deps.clock.now()));
  if (leased > 0) return Math.min(IDLE_MS, left);
  if (nextDueAt === null) return null;
  const closed = await options.closedLanes();
  const dueIn = Math.max(nextDueAt, ...closed.values()) - deps.clock.now();
  const wait = nextDueAt <= deps.clock.now() && closed.size > 0 ? dueIn : nextDueAt - deps.clock.now();
  return wait > left ? null : Math.max(wait, 10);
};

const leftOver = async (deps: SagaDeps, options: DrainOptions): Promise<Omit<DrainResult, 'done'>> => {
  const closed = await options.closedLanes();
  const counts = await deps.store.read((tx) => tx.work.counts(deps.clock.now()));
  const due = Math.max(...LANES.map((lane) => counts.due[lane]));
  return { waiting: Math.max(due, counts.later.ne, counts.failing), nextDueAt: counts.nextDueAt, closed };
};
