import type { Finding } from '../../peers/finding.ts';
import { allow } from '../allow.ts';
import type { SagaDeps } from '../deps.ts';
import { pendingSteps } from '../engine/after-change.ts';
import { type Beside, type BesideOptions, runBeside } from '../engine/beside.ts';
import { type DrainOptions, type DrainResult, drain } from '../engine/drain.ts';
import type { PaceLimits } from '../engine/pace.ts';
import { closedLanes, lanePlaces, type PeerBounds } from '../engine/peer-lanes.ts';
import { GIVE_UP_MS } from '../engine/trouble.ts';
import { HANGS_MS, type Sign, type Watchdog, watched, withWatchdog } from '../engine/watchdog.ts';
import { afterLooks, keepLookingAfter } from '../reconcile/after-looks.ts';
import { compareIfDue, type KeepCompared, keepCompared } from '../reconcile/compare-peers.ts';
import { type DailyHead, keepTellingHeads } from './daily-head.ts';

export type WorkerOptions = Pick<
  DrainOptions,
  'concurrency' | 'drain' | 'waitMs' | 'signal' | 'onStep' | 'onPace' | 'onTrouble' | 'onAside'
> & {
  readonly peers: PeerBounds;
  /** Compares the peers with the log now and then; null: it does not. */
  readonly compares: Omit<KeepCompared, 'signal'> | null;
  /** Tells where log and audit end, once a day; null: it does not. Never with `drain`, which may run every minute. */
  readonly heads: DailyHead | null;
  /** Hears of each order of which nothing technical is left. */
  readonly onOrder: () => void;
  /** Hears of what the worker finds itself after its own calls; `compares` tells of its own. */
  readonly onFinding: (finding: Finding) => void;
  readonly onRestart: BesideOptions<WorkerLoop>['onRestart'];
  /** With `drain`: looking at the peers at the end failed. */
  readonly onNotCompared: (error: unknown) => void;
};

/** What a worker does beside its orders. */
export type WorkerLoop = 'compare' | 'look-after' | 'heads';

/** How a worker left the operation. */
export type WorkerResult = Pick<DrainResult, 'waiting' | 'closed'> & {
  /** Orders that were brought as far as they come without people and later days. */
  readonly done: number;
  readonly held: number;
  /** Epoch ms, never in the past; null: nothing is due. */
  readonly nextDueAt: number | null;
};

const mostOf = (concurrency: number | PaceLimits): number =>
  typeof concurrency === 'number' ? concurrency : concurrency.most;

/**
 * One worker: runs the steps of all orders that are due, and looks at the peers beside that. With `drain` it ends when
 * nothing technical is left, else at the signal. Throws WORKER_HANGS when one of its loops gives no sign any more.
 */
export const runWorker = async (deps: SagaDeps, options: WorkerOptions): Promise<WorkerResult> => {
  await allow(deps, 'worker run');
  const { ne, tm } = deps.policy;
  const boundMs = Math.max(HANGS_MS, LONGEST_REQUESTS * Math.max(ne.timeoutMs, tm.timeoutMs));
  return withWatchdog({ clock: deps.clock, boundMs }, (watchdog) => work(deps, options, watchdog));
};

/** So many requests may follow one another without a sign: reads, changes and look-ups of one step. */
const LONGEST_REQUESTS = 10;

const work = async (deps: SagaDeps, options: WorkerOptions, watchdog: Watchdog): Promise<WorkerResult> => {
  const { peers, signal } = options;
  let done = 0;
  const orders: DrainOptions = {
    ...options,
    watchdog,
    patienceMs: GIVE_UP_MS,
    closedLanes: () => closedLanes(deps, peers),
    places: lanePlaces(peers, mostOf(options.concurrency)),
    onOrder: (_orderId, process) => {
      // An order that found no place at its peer comes back: it is counted once, when nothing technical is left.
      if (pendingSteps(process, deps).length > 0) return;
      done += 1;
      options.onOrder();
    },
  };
  const { onRestart } = options;
  const besides = options.drain ? [] : loopsBeside(deps, options);
  const main = (until: AbortSignal): Promise<DrainResult> => drain(deps, { ...orders, signal: until });
  let result = await runBeside(main, besides, { clock: deps.clock, signal, onRestart, watchdog });
  // What they find is work too.
  const looks = watchdog.watch({ loop: 'compare' });
  const isMore = options.drain && !signal.aborted && (await looksOnce(watched(deps, looks), options));
  looks.end();
  if (isMore) result = await drain(deps, orders);
  return worked(deps, result, done);
};

/** For as long as the worker runs. */
const loopsBeside = (
  deps: SagaDeps,
  { compares, heads, onFinding }: WorkerOptions,
): readonly Beside<WorkerLoop>[] => [
  ...(compares === null
    ? []
    : [
        {
          name: 'compare' as const,
          run: (signal: AbortSignal, sign: Sign) =>
            keepCompared(watched(deps, sign), { ...compares, signal }),
        },
      ]),
  { name: 'look-after', run: (signal, sign) => keepLookingAfter(watched(deps, sign), { signal, onFinding }) },
  ...(heads === null
    ? []
    : [
        {
          name: 'heads' as const,
          run: (signal: AbortSignal, sign: Sign) =>
            keepTellingHeads(watched(deps, sign), { ...heads, signal }),
        },
      ]),
];

/** Once, before a drain ends. true: there may be more to do. */
const looksOnce = async (
  deps: SagaDeps,
  { compares, signal, onFinding, onNotCompared }: WorkerOptions,
): Promise<boolean> => {
  /** The orders come first: whatever goes wrong in looking does not end the worker. */
  const harmless = <T>(look: Promise<T>): Promise<T | null> =>
    look.catch((error: unknown) => {
      onNotCompared(error);
      return null;
    });
  let found = 0;
  const onOwn = (finding: Finding): void => {
    found += 1;
    onFinding(finding);
  };
  await harmless(afterLooks(deps).sweep({ signal, onFinding: onOwn }));
  const waited = compares === null ? null : await harmless(compareIfDue(deps, { ...compares, signal }));
  return waited === 0 || found > 0;
};

const worked = async (
  { store, clock }: SagaDeps,
  { waiting, closed, nextDueAt }: DrainResult,
  done: number,
): Promise<WorkerResult> => {
  const counts = await store.read((tx) => tx.views.counts());
  return {
    done,
    waiting,
    closed,
    held: counts.held ?? 0,
    // What is due at once has no moment of its own.
    nextDueAt: nextDueAt === null ? null : Math.max(nextDueAt, clock.now()),
  };
};
