import type { WorkerBeat } from '../../ports/work.ts';
import type { SagaDeps } from '../deps.ts';

const BEAT_MS = 5_000;

export type HeartbeatOptions = {
  /** Epoch ms. */
  readonly startedAt: number;
  /** false: others do not hear of this process. */
  readonly isWorker: boolean;
  /** How it goes, at the time of the beat. */
  readonly vitals: () => Pick<WorkerBeat, 'concurrency' | 'inFlight' | 'stepsDone' | 'note'>;
};

/**
 * Says now and then that this process lives, and frees what dead processes have left behind. Callers call it often: between
 * two beats it does nothing.
 */
export const openHeartbeat = (
  deps: SagaDeps,
  { startedAt, isWorker, vitals }: HeartbeatOptions,
): (() => Promise<void>) => {
  const { store, clock, processes } = deps;
  let beatAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = clock.monotonic();
    if (now - beatAt < BEAT_MS) return;
    await store.write(async (tx) => {
      for (const owner of await tx.work.owners(clock.now())) {
        if (!processes.alive(owner)) await tx.work.reclaim(owner);
      }
      for (const { owner } of await tx.work.workers()) {
        if (!processes.alive(owner)) await tx.work.leave(owner);
      }
      if (isWorker) {
        await tx.work.beat({ owner: processes.self, startedAt, beatAt: clock.now(), ...vitals() });
      }
    }, {});
    beatAt = now;
  };
};
