import { serviceFound } from '../../activation/service-found.ts';
import type { ServiceRequest } from '../../activation/state.ts';
import { wantedKeys } from '../../activation/wanted.ts';
import type { Cause } from '../../codes/cause.ts';
import { holdOrder, liftHold } from '../../order/decide.ts';
import type { LookUp, Outcome } from '../../peers/outcome.ts';
import type { NeService } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { lateBound } from '../../rules/policy.ts';
import { holdOf } from '../../rules/step.ts';
import { ms } from '../../time/iso.ts';
import {
  later,
  laterAlone,
  NOTHING,
  notAdmitted,
  type RemoteStep,
  type SettleContext,
  type Settled,
} from './kinds.ts';
import { laterAfter, laterAfterLookUp } from './outcome-retry.ts';
import { serviceOf } from './service-of.ts';

/** What was learnt, when the reading began, and at which peer. */
type Reading = {
  readonly monitored: Outcome<NeService> | null;
  readonly lookUp: LookUp<NeService> | null;
  readonly beganAt: number;
  readonly peer: string;
};

/** Finds out what became of a request that nobody answered: by its monitor while there is one, else by key. */
export const checkService: RemoteStep = {
  windowed: false,
  send: async (process, step, io) => {
    const { plan, request } = serviceOf(process, step);
    const peer = io.ne.identity;
    const first = await io.leave();
    if (first === null) return notAdmitted;
    const beganAt = io.now();
    if (request === null || request.monitor === null) {
      const lookUp = await io.ne.find(plan.key, first);
      return (current, context) =>
        settleReading(current, plan.key, { monitored: null, lookUp, beganAt, peer }, context);
    }
    const monitored = await io.ne.readMonitor(request.monitor, plan.key, first);
    const isOver =
      monitored.kind !== 'accepted' && monitored.kind !== 'not-sent' && monitored.kind !== 'confirmed';
    const second = isOver ? await io.leave() : null;
    const lookUp = second === null ? null : await io.ne.find(plan.key, second);
    return (current, context) =>
      settleReading(current, plan.key, { monitored, lookUp, beganAt, peer }, context);
  },
};

/** Appended only while the order still asks for it (rule 2). */
const settleReading = (
  process: OrderProcess,
  key: string,
  reading: Reading,
  context: SettleContext,
): Settled => {
  const request = process.activation.services.get(key)?.request ?? null;
  if (!context.stillAsked || request === null) return NOTHING;
  const { monitored, lookUp } = reading;
  if (monitored?.kind === 'confirmed') return found(process, key, monitored.value, []);
  if (monitored?.kind === 'accepted') return stillRunning(process, key, request, context);
  if (lookUp === null) {
    return monitored === null || monitored.kind === 'rejected'
      ? later({ code: 'NOT_ADMITTED' }, null, false)
      : laterAfter(monitored);
  }
  return settleLookUp(process, { key, request, reading, lookUp }, context);
};

type LookedUp = {
  readonly key: string;
  readonly request: ServiceRequest;
  readonly reading: Reading;
  readonly lookUp: LookUp<NeService>;
};

const settleLookUp = (process: OrderProcess, looked: LookedUp, context: SettleContext): Settled => {
  const { key, lookUp } = looked;
  switch (lookUp.kind) {
    case 'found':
      return found(process, key, lookUp.value, []);
    case 'terminated':
      return {
        events: [{ type: 'ServiceReverted', data: { key, how: 'reverted' } }, ...lift(process, key)],
        retry: null,
      };
    case 'ambiguous':
      return ambiguous(process, key, lookUp.matches);
    case 'unsupported':
      return held(process, key, 'NO_LOOKUP', lookUp.cause);
    case 'absent':
      return absent(process, looked, context);
    case 'misconfigured':
    case 'unknown':
      return laterAfterLookUp(lookUp);
  }
};

const found = (
  process: OrderProcess,
  key: string,
  service: NeService,
  duplicates: readonly string[],
): Settled => {
  const fact = serviceFound(service, { key, how: 'look-up', duplicates });
  return { events: [fact, ...lift(process, key)], retry: null };
};

/** More than one live service of one key: a person decides, unless all of them are to go anyway. */
const ambiguous = (process: OrderProcess, key: string, matches: readonly NeService[]): Settled => {
  const live = matches.filter((match) => match.state === 'active');
  const [first, ...rest] = live;
  if (wantedKeys(process).has(key) || first === undefined)
    return held(process, key, 'AMBIGUOUS', { code: 'SEVERAL_SERVICES', matches: matches.length });
  return found(
    process,
    key,
    first,
    rest.map((match) => match.neId),
  );
};

/** Absent is final only late (rule 3), and only at the peer that was asked to create it (rule 4). */
const absent = (
  process: OrderProcess,
  { key, request, reading }: LookedUp,
  { policy }: SettleContext,
): Settled => {
  if (request.peer !== reading.peer) {
    const why = { code: 'REQUESTED_ELSEWHERE', asked: request.peer, here: reading.peer } as const;
    return held(process, key, 'PEER_CHANGED', why);
  }
  const rejected = reading.monitored?.kind === 'rejected' ? reading.monitored : null;
  if (rejected !== null) {
    const data = { key, code: rejected.code };
    const hold = wantedKeys(process).has(key)
      ? holdOrder(process, holdOf('ActivateService', key), 'ActivateService', rejected.code)
      : [];
    return {
      events: [
        { type: 'ServiceRejected', data, causationId: request.intent },
        ...hold,
        ...lift(process, key),
      ],
      retry: null,
    };
  }
  const bound =
    request.monitor === null ? lateBound(ms(request.at), policy.ne) : ms(request.at) + policy.ne.pollMaxMs;
  if (reading.beganAt < bound) return laterAlone({ code: 'TOO_EARLY' }, bound, false);
  const data = { key, why: 'absent' } as const;
  return {
    events: [{ type: 'ServiceNotFound', data, causationId: request.intent }, ...lift(process, key)],
    retry: null,
  };
};

const stillRunning = (
  process: OrderProcess,
  key: string,
  request: ServiceRequest,
  { policy, now }: SettleContext,
): Settled => {
  const poll = laterAlone({ code: 'MONITOR_RUNS' }, now + policy.ne.pollMs, false);
  if (now - ms(request.at) < policy.ne.pollMaxMs) return poll;
  return {
    ...poll,
    events: holdOrder(process, holdOf('CheckService', key), 'CheckService', 'MONITOR_NEVER_ENDS'),
  };
};

const held = (process: OrderProcess, key: string, cause: string, why: Cause): Settled => ({
  ...laterAlone(why),
  events: holdOrder(process, holdOf('CheckService', key), 'CheckService', cause),
});

/** An answer ends the wait for a person. */
const lift = (process: OrderProcess, key: string): readonly NewEvent[] =>
  liftHold(process, holdOf('CheckService', key));
