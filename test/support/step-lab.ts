import { memoryClock } from '../../src/adapters/memory/memory-clock.ts';
import { faultScript } from '../../src/adapters/memory/memory-faults.ts';
import { type MemoryNeOptions, memoryNe, type NeOperation } from '../../src/adapters/memory/memory-ne.ts';
import { memoryStore } from '../../src/adapters/memory/memory-store.ts';
import { type MemoryTmOptions, memoryTm, type TmOperation } from '../../src/adapters/memory/memory-tm.ts';
import type { Sending } from '../../src/core/ports/peers.ts';
import type { Clock } from '../../src/core/ports/runtime.ts';
import type { OrderProcess } from '../../src/core/process/process.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/rules/policy.ts';
import type { Step, StepName } from '../../src/core/rules/step.ts';
import { nextSteps } from '../../src/core/saga/saga.ts';
import type { Settle, Settled } from '../../src/core/saga/steps/kinds.ts';
import { remoteStep } from '../../src/core/saga/steps/steps.ts';
import { type OwnClock, ownClock } from '../../src/core/time/own-clock.ts';
import { TECHNICIAN } from './saga-world.ts';

/** The one step of this name that an order asks for now. Throws when there is none. */
export const stepOf = (process: OrderProcess, name: StepName): Step => {
  const step = nextSteps(process, DEFAULT_POLICY).find((one) => one.name === name);
  if (step === undefined) throw new Error(`${name} is not asked for`);
  return step;
};

/** One remote step by itself: sent for one state of an order, judged against another. */
export const stepLab = async (
  options: {
    readonly ne?: MemoryNeOptions;
    readonly tm?: MemoryTmOptions;
    readonly own?: (clock: Clock) => OwnClock;
    readonly policy?: Policy;
  } = {},
) => {
  const clock = memoryClock('2026-11-24T03:00:00.000Z');
  const policy = options.policy ?? DEFAULT_POLICY;
  const neFaults = faultScript<NeOperation | 'admit'>();
  const tmFaults = faultScript<TmOperation | 'admit'>();
  const ne = memoryNe({ clock, nextFault: neFaults.nextFault, ...options.ne });
  const tm = memoryTm({ clock, nextFault: tmFaults.nextFault, ...options.tm });
  const store = memoryStore();
  await store.write(async (tx) => {
    await tx.technicians.put(TECHNICIAN);
    await tx.technicians.put({ ...TECHNICIAN, technicianId: 'T-02' });
  });
  const askToSend = (peer: 'ne' | 'tm') => async (): Promise<Sending | null> => {
    const admission = await (peer === 'ne' ? ne : tm).admit();
    return admission.admitted ? { permit: admission.permit, deadlineMs: 5000 } : null;
  };
  // It has known of every intent for long, unless a test gives it another memory.
  const own: OwnClock = options.own?.(clock) ?? {
    ...ownClock(clock),
    firstRead: () => Number.NEGATIVE_INFINITY,
  };
  return {
    clock,
    ne,
    tm,
    store,
    neFaults,
    tmFaults,
    send: (process: OrderProcess, step: Step): Promise<Settle> =>
      remoteStep(step).send(process, step, {
        ne,
        tm,
        policy,
        now: clock.now,
        own,
        askToSend: askToSend(step.lane === 'ne' ? 'ne' : 'tm'),
        phone: async () => '010-5577-8157',
      }),
    /** What the answer comes to, for the order as it is by then. */
    judge: (
      settle: Settle,
      process: OrderProcess,
      step: Step,
      intent: string | null = null,
    ): Promise<Settled> =>
      store.write(async (tx) => {
        const asked = nextSteps(process, policy);
        const stillAsked = asked.some(({ name, subject }) => name === step.name && subject === step.subject);
        return settle(process, { tx, policy, now: clock.now(), intent, stillAsked, own });
      }),
  };
};
