import type { WorkerBeat } from '../../ports/work.ts';
import type { SagaDeps } from '../deps.ts';
import { isLongGone, runningOf, seenWorkers } from './worker-state.ts';

const BEAT_MS = 5_000;

export type HeartbeatOptions = {
  /** Epoch ms. */
  readonly startedAt: number;
  /** false: others do not hear of this process. */
  readonly isWorker: boolean;
  /** How it goes, at the time of the beat. */
  /** Hears how many workers run, this one among them. */
  readonly onWorkers?: (running: number) => void;
  readonly vitals: () => Pick<WorkerBeat, 'concurrency' | 'inFlight' | 'stepsDone' | 'note'>;
};

/**
 * Says now and then that this process lives, and frees what dead processes have left behind. Callers call it often: between
 * two beats it does nothing.
 */
export const openHeartbeat = (
  deps: SagaDeps,
  { startedAt, isWorker, onWorkers, vitals }: HeartbeatOptions,
): (() => Promise<void>) => {
  const { store, clock, processes } = deps;
  let beatAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = clock.monotonic();
    if (now - beatAt < BEAT_MS) return;
    const running = await store.write(async (tx) => {
      for (const owner of await tx.work.owners(clock.now())) {
        if (!processes.alive(owner)) await tx.work.reclaim(owner);
      }
      if (isWorker) {
        await tx.work.beat({ owner: processes.self, startedAt, beatAt: clock.now(), ...vitals() });
      }
      const at = { now: clock.now(), processes };
      const workers = await seenWorkers(tx, at);
      for (const worker of workers) if (isLongGone(worker, at)) await tx.work.leave(worker.owner);
      return runningOf(workers);
    }, {});
    onWorkers?.(running);
    beatAt = now;
  };
};
