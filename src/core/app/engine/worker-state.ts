import type { Processes } from '../../ports/runtime.ts';
import type { AppDeps } from '../deps.ts';

/** A worker that has not said it lives for this long is not believed to run. */
const SILENT_MS = 15_000;

/** gone: its process is no more. silent: it is there, but has not said so for a while. */
export type WorkerState = 'running' | 'silent' | 'gone';

/** Who works, and when they said so last, epoch ms. */
type WorkerSign = { readonly owner: string; readonly beatAt: number };

type Observed = { readonly now: number; readonly processes: Pick<Processes, 'alive'> };

/** Whether a worker lives, as far as this machine can tell. */
export const workerState = ({ owner, beatAt }: WorkerSign, { now, processes }: Observed): WorkerState => {
  if (!processes.alive(owner)) return 'gone';
  // One that lives says so anew soon after a clock that was ahead was put right.
  return Math.abs(now - beatAt) < SILENT_MS ? 'running' : 'silent';
};

/** True when some worker process lives and goes on with whatever is left to do. */
export const isWorkerRunning = async ({
  store,
  clock,
  processes,
}: Pick<AppDeps, 'store' | 'clock' | 'processes'>): Promise<boolean> => {
  const workers = await store.read((tx) => tx.work.workers());
  return workers.some((worker) => workerState(worker, { now: clock.now(), processes }) === 'running');
};
