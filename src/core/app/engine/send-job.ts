import type { Permit, Sending } from '../../ports/peers.ts';
import type { Settle, StepIo } from '../../saga/steps/kinds.ts';
import { remoteStep } from '../../saga/steps/steps.ts';
import { ownClock } from '../../time/own-clock.ts';
import { LEASE_LEFT_MS } from '../due/lease.ts';
import type { OrderRun } from './claimed-order.ts';
import type { Job } from './job.ts';
import { askPermit, isPermit } from './permits.ts';

/** The call, outside any transaction. A create, a call or a move starts only inside its window (rule 3). */
export const sendJob = async (run: OrderRun, job: Job): Promise<Settle> => {
  const { deps } = run;
  const { lane } = job;
  const { store, clock, policy } = deps;
  const { windowMs, timeoutMs } = policy[lane];
  const { orderId } = run.claim;
  const remote = remoteStep(job.step);
  let admitted: Permit | null = job.permit;
  // A request further on begins inside a window too: that after the last moment at which the one before can have ended.
  let latest = windowMs;
  const askToSend = async (): Promise<Sending | null> => {
    const permit = admitted ?? (await askPermit(deps[lane]));
    admitted = null;
    if (!isPermit(permit)) return null;
    const since = clock.monotonic();
    const sinceUptime = clock.uptime();
    // Whichever clock has gone on further: the one stands still while the machine sleeps, the other is coarse.
    const age = Math.max(since - job.intentAt, sinceUptime - job.intentUptime);
    const isTooLate = remote.windowed && age > latest;
    // So long after the last commit another worker may have the order, and what the step must say may differ by now.
    const isLeased = age <= LEASE_LEFT_MS;
    const left = run.left();
    if (!isTooLate && isLeased && left > 0) {
      const deadlineMs = Math.min(timeoutMs, left);
      latest = age + deadlineMs + windowMs;
      return { permit, deadlineMs, since, sinceUptime, orderId };
    }
    permit.release();
    return null;
  };
  const phone = () =>
    store.read(async (tx) => (await tx.vault.contacts([orderId])).get(orderId)?.phone ?? null);
  const io: StepIo = {
    ne: deps.ne,
    tm: deps.tm,
    policy,
    now: clock.now,
    own: ownClock(clock),
    askToSend,
    phone,
  };
  deps.crashPoint(`${job.step.name}:before-send`);
  try {
    return await remote.send(job.process, job.step, io);
  } finally {
    job.permit.release();
    deps.crashPoint(`${job.step.name}:after-send`);
  }
};
