import type { WorkerBeat } from '../../ports/work.ts';
import type { SagaDeps } from '../deps.ts';
import { replanAhead } from './replan-ahead.ts';

const BEAT_MS = 5_000;
/** A wall clock that was put back by more has planned things for a time that is long to come. */
const STEP_MS = 1_000;

export type HeartbeatOptions = {
  /** Epoch ms. */
  readonly startedAt: number;
  /** false: others do not hear of this process, and its first beat plans nothing anew. */
  readonly isWorker: boolean;
  /** How it goes, at the time of the beat. */
  readonly vitals: () => Pick<WorkerBeat, 'concurrency' | 'inFlight' | 'stepsDone' | 'note'>;
};

/**
 * Says now and then that this process lives, frees what dead processes have left behind, and plans anew what a wall clock
 * that was put back has moved into the future. To be called often: between two beats it does nothing.
 */
export const openHeartbeat = (
  deps: SagaDeps,
  { startedAt, isWorker, vitals }: HeartbeatOptions,
): (() => Promise<void>) => {
  const { store, clock, processes } = deps;
  let beatAt = Number.NEGATIVE_INFINITY;
  /** By how much the wall clock was ahead of the one that no step moves; at first more than any. */
  let wallAhead = Number.POSITIVE_INFINITY;
  return async () => {
    const now = clock.monotonic();
    if (now - beatAt < BEAT_MS) return;
    const ahead = clock.now() - clock.uptime();
    if (ahead < wallAhead - STEP_MS && (isWorker || Number.isFinite(wallAhead))) await replanAhead(deps);
    wallAhead = ahead;
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
    });
    beatAt = now;
  };
};
