import { isFrom } from '../../activation/absence.ts';
import type { OwnHoldCause } from '../../codes/hold-cause.ts';
import { holdOrder, liftHold } from '../../order/decide.ts';
import type { LookUp } from '../../peers/outcome.ts';
import type { Appointment } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import { isUndoing, type OrderProcess } from '../../process/process.ts';
import { type PeerTiming, wholeBound } from '../../rules/policy.ts';
import { holdOf } from '../../rules/step.ts';
import type { OpenCall } from '../../scheduling/calls.ts';
import { ms } from '../../time/iso.ts';
import { untilNextLook } from '../../time/next-look.ts';
import { countedFrom } from '../../time/own-clock.ts';
import { callNeverCame } from './absent-call.ts';
import { settleAppointment } from './call-answer.ts';
import {
  laterAlone,
  NOTHING,
  notAdmitted,
  type RemoteStep,
  type SettleContext,
  type Settled,
} from './kinds.ts';
import { aloneAfterLookUp } from './outcome-retry.ts';

/** Finds out what became of a call. The customer is never phoned again blind. */
export const checkCall: RemoteStep = {
  windowed: false,
  send: async (process, step, io) => {
    const callKey = step.subject ?? '';
    const sending = await io.askToSend();
    if (sending === null) return notAdmitted;
    const { call } = process.scheduling;
    if (call !== null) io.own.firstRead(call.intent);
    const beganAt = io.own.uptime();
    const lookUp = await io.tm.findCall(callKey, sending);
    return (current, context) =>
      settleCheck(current, { callKey, beganAt, peer: io.tm.identity, lookUp }, context);
  },
};

type Checked = {
  readonly callKey: string;
  /** On the own clock. */
  readonly beganAt: number;
  readonly peer: string;
  readonly lookUp: LookUp<Appointment>;
};

const settleCheck = async (
  process: OrderProcess,
  checked: Checked,
  context: SettleContext,
): Promise<Settled> => {
  const { callKey, lookUp } = checked;
  const { call } = process.scheduling;
  if (!context.stillAsked || call === null) return NOTHING;
  switch (lookUp.kind) {
    case 'found':
    case 'terminated':
      return settleMatches(process, callKey, [lookUp.value], context);
    case 'absent': {
      if (call.peer !== checked.peer) return held(process, callKey, 'PEER_CHANGED');
      const { own, policy, now } = context;
      const from = countedFrom(call, own) + effectBound(call, policy.tm);
      if (isFrom(checked.beganAt, from))
        return { events: [...callNeverCame(process, call, context), ...lift(process, callKey)], retry: null };
      // A call that the desk took on (202) may show itself long before its bound ends.
      const since = call.doubt?.isAccepted === true ? now - ms(call.at) : null;
      const wait = untilNextLook({ left: from - own.uptime(), since, atLeast: policy.tm.pollMs });
      return laterAlone({ code: 'TOO_EARLY' }, now + wait, false);
    }
    case 'ambiguous':
      // A person says which of them stands, unless all of them must go anyway.
      return isUndoing(process)
        ? settleMatches(process, callKey, undecided(lookUp.matches), context)
        : held(process, callKey, 'AMBIGUOUS');
    case 'unsupported':
      return held(process, callKey, 'NO_LOOKUP');
    case 'misconfigured':
    case 'unknown':
      return aloneAfterLookUp(lookUp);
  }
};

/** How long after its intent it may still ring: as its sender was set, and longer where the desk took it on (202). Ms. */
const effectBound = ({ boundMs, doubt }: OpenCall, timing: PeerTiming): number => {
  const bound = boundMs ?? wholeBound(timing);
  return doubt?.isAccepted === true ? Math.max(bound, timing.pollMaxMs) : bound;
};

/** Of several appointments of one call: what is still open there, or else the word of the first. */
const undecided = (matches: readonly Appointment[]): readonly Appointment[] => {
  const open = matches.filter(({ status }) => ['initialized', 'confirmed', 'unknown'].includes(status));
  return open.length > 0 ? open : matches.slice(0, 1);
};

/** Each call is a fact of its own; while one is still going on the step settles nothing. */
const settleMatches = async (
  process: OrderProcess,
  callKey: string,
  matches: readonly Appointment[],
  context: SettleContext,
): Promise<Settled> => {
  const events: NewEvent[] = [];
  for (const match of matches) {
    const settled = await settleAppointment(process, callKey, match, context);
    if (settled.retry !== null) return settled;
    events.push(...settled.events);
  }
  return { events: [...events, ...lift(process, callKey)], retry: null };
};

const held = (process: OrderProcess, callKey: string, cause: OwnHoldCause): Settled => ({
  ...laterAlone({ code: 'HELD', hold: cause }),
  events: holdOrder(process, holdOf('CheckCall', callKey), 'CheckCall', cause),
});

const lift = (process: OrderProcess, callKey: string): readonly NewEvent[] =>
  liftHold(process, holdOf('CheckCall', callKey));
