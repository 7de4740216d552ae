import type { Processes } from '../../ports/runtime.ts';
import type { Tx } from '../../ports/store.ts';
import type { WorkerBeat } from '../../ports/work.ts';
import type { AppDeps } from '../deps.ts';

/** A worker that has not said it lives for this long is not believed to run. */
const SILENT_MS = 15_000;

/** gone: its process is no more. silent: it is there, but has not said so for a while. */
export type WorkerState = 'running' | 'silent' | 'gone';

/** Who works, and when they said so last, epoch ms. */
type WorkerSign = Pick<WorkerBeat, 'owner' | 'beatAt'>;

type Observed = { readonly now: number; readonly processes: Pick<Processes, 'alive'> };

/** Whether a worker lives, as far as this machine can tell. */
export const workerState = ({ owner, beatAt }: WorkerSign, { now, processes }: Observed): WorkerState => {
  if (!processes.alive(owner)) return 'gone';
  // A live worker says so anew soon after a clock that was ahead was put right.
  return Math.abs(now - beatAt) < SILENT_MS ? 'running' : 'silent';
};

/** After so long nobody needs to know any more that there was such a worker. */
const FORGOTTEN_MS = 60 * 60_000;

/** A worker of which nothing is to be expected: of another host, it is only known that it has been silent for an hour. */
export const isLongGone = (sign: WorkerSign, at: Observed): boolean =>
  workerState(sign, at) === 'gone' || Math.abs(at.now - sign.beatAt) >= FORGOTTEN_MS;

/** A worker as it said last, and whether it lives. */
export type SeenWorker = WorkerBeat & { readonly state: WorkerState };

/** Every worker that has said it lives and has not signed off. */
export const seenWorkers = async ({ work }: Pick<Tx, 'work'>, at: Observed): Promise<readonly SeenWorker[]> =>
  (await work.workers()).map((beat) => ({ ...beat, state: workerState(beat, at) }));

/** How many of them work. */
export const runningOf = (workers: readonly SeenWorker[]): number =>
  workers.filter(({ state }) => state === 'running').length;

/** Whether a worker among them goes on with whatever is left to do. */
export const isSomeRunning = (workers: readonly SeenWorker[]): boolean => runningOf(workers) > 0;

/** True when some worker process lives and goes on with whatever is left to do. */
export const isWorkerRunning = async ({
  store,
  clock,
  processes,
}: Pick<AppDeps, 'store' | 'clock' | 'processes'>): Promise<boolean> =>
  isSomeRunning(await store.read((tx) => seenWorkers(tx, { now: clock.now(), processes })));
