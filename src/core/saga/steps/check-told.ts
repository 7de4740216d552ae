import { absentFrom, isFrom } from '../../activation/absence.ts';
import { serviceFound } from '../../activation/service-found.ts';
import type { ServiceState } from '../../activation/service-state.ts';
import type { OwnHoldCause } from '../../codes/hold-cause.ts';
import { holdOrder, liftHold } from '../../order/decide.ts';
import type { LookUp } from '../../peers/outcome.ts';
import type { NeService } from '../../ports/peers.ts';
import type { OrderProcess } from '../../process/process.ts';
import { holdOf } from '../../rules/step.ts';
import {
  laterAlone,
  NOTHING,
  notAdmitted,
  type Settle,
  type SettleContext,
  type Settled,
  type StepIo,
} from './kinds.ts';
import { laterAfterLookUp } from './outcome-retry.ts';
import { oursOf } from './revert-parts.ts';

/**
 * A person has looked at a service that the NE has under another name, and says: go on. The step reads it by its id and
 * takes it for this service if it is there under a name that the NE gave it.
 */
export const checkTold = async (service: ServiceState, io: StepIo): Promise<Settle> => {
  const [told] = service.told;
  if (told === undefined) return () => NOTHING;
  const sending = await io.askToSend();
  if (sending === null) return notAdmitted;
  const beganAt = io.own.uptime();
  const read = await io.ne.read(told.neId, sending);
  return (current, context) =>
    settleTold(current, { key: service.plan.key, neId: told.neId, read, beganAt }, context);
};

type ReadTold = {
  readonly key: string;
  readonly neId: string;
  readonly read: LookUp<NeService>;
  readonly beganAt: number;
};

const settleTold = (process: OrderProcess, told: ReadTold, context: SettleContext): Settled => {
  const { key, neId, read, beganAt } = told;
  const service = process.activation.services.get(key);
  if (!context.stillAsked || service === undefined) return NOTHING;
  switch (read.kind) {
    case 'found':
    case 'terminated': {
      const { names } = oursOf(service);
      // The NE gave its id alone: no name says whether what is there now is that one.
      const isNamed = service.told.some((one) => one.neId === neId && one.name !== null);
      if (!names.includes(read.value.key) && !isNamed) return held(process, key, 'NAME_UNKNOWN');
      if (!names.includes(read.value.key)) return disowned(process, key, neId, read.value.key);
      if (read.kind === 'terminated') return disowned(process, key, neId, null);
      const fact = serviceFound({ ...read.value, neId }, { key, how: 'look-up' });
      return { events: [fact, ...liftHold(process, holdOf('CheckService', key))], retry: null };
    }
    case 'absent': {
      const from = absentFrom(service, { timing: context.policy.ne, own: context.own });
      if (isFrom(beganAt, from)) return disowned(process, key, neId, null);
      return laterAlone({ code: 'TOO_EARLY' }, context.now + from - context.own.uptime(), false);
    }
    case 'ambiguous':
    case 'unsupported':
      return held(process, key, 'NO_LOOKUP');
    case 'misconfigured':
    case 'unknown':
      return laterAfterLookUp(read);
  }
};

const held = (process: OrderProcess, key: string, cause: OwnHoldCause): Settled => ({
  ...laterAlone({ code: 'HELD', hold: cause }),
  events: holdOrder(process, holdOf('CheckService', key), 'CheckService', cause),
});

const disowned = (process: OrderProcess, key: string, neId: string, name: string | null): Settled => ({
  events: [
    { type: 'ServiceDisowned', data: { key, neId, name } },
    ...liftHold(process, holdOf('CheckService', key)),
  ],
  retry: null,
});
