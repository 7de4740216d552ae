import { absentFrom, isFrom, noteRead, tellsFrom } from '../../activation/absence.ts';
import { openRequests, type ServiceRequest } from '../../activation/requests.ts';
import { serviceFound } from '../../activation/service-found.ts';
import type { ServiceState } from '../../activation/service-state.ts';
import { wantedKeys } from '../../activation/wanted.ts';
import type { Cause } from '../../codes/cause.ts';
import type { HoldCause, OwnHoldCause } from '../../codes/hold-cause.ts';
import { holdOrder, liftHold } from '../../order/decide.ts';
import type { LookUp, Outcome } from '../../peers/outcome.ts';
import type { NeService } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { LOST_SERVICE_CAUSE, LOST_SERVICE_STEP, lostHold } from '../../rules/lost-service.ts';
import { holdOf } from '../../rules/step.ts';
import { ms } from '../../time/iso.ts';
import { untilNextLook } from '../../time/next-look.ts';
import { type Absence, answeredBy, judgeAbsence, naming, noteShown } from './absence-proof.ts';
import { checkTold } from './check-told.ts';
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
import { settledPart } from './revert-parts.ts';
import { serviceOf } from './service-of.ts';

/** So many creates of one service may come to nothing unanswered; then a person looks before there is another one. */
const MOST_IN_VAIN = 3;

/** What the reading has shown, when it began on the own clock, and at which peer. */
type Reading = {
  readonly monitored: Outcome<NeService> | null;
  readonly lookUp: LookUp<NeService> | null;
  readonly beganAt: number;
  readonly peer: string;
};

/**
 * Finds out what became of an unanswered request: by its monitor while there is one, else by key. The same
 * look-up reads back the first service of its specification at an NE.
 */
export const checkService: RemoteStep = {
  windowed: false,
  send: async (process, step, io) => {
    const service = serviceOf(process, step);
    const { key } = service.plan;
    const peer = io.ne.identity;
    noteRead(service, io.own);
    const [request] = openRequests(service);
    if (request === undefined && service.told.length > 0) return checkTold(service, io);
    const first = await io.askToSend();
    if (first === null) return notAdmitted;
    const beganAt = io.own.uptime();
    const monitor = request?.monitor ?? null;
    if (monitor === null) {
      const lookUp = await io.ne.find(key, first);
      return (current, context) =>
        settleReading(current, key, { monitored: null, lookUp, beganAt, peer }, context);
    }
    const monitored = await io.ne.readMonitor(monitor, key, first);
    const isOver =
      monitored.kind !== 'accepted' && monitored.kind !== 'not-sent' && monitored.kind !== 'confirmed';
    const second = isOver ? await io.askToSend() : null;
    const lookUp = second === null ? null : await io.ne.find(key, second);
    return (current, context) => settleReading(current, key, { monitored, lookUp, beganAt, peer }, context);
  },
};

/** Appended only while the order still asks for it (rule 2). */
const settleReading = (
  process: OrderProcess,
  key: string,
  reading: Reading,
  context: SettleContext,
): Settled | Promise<Settled> => {
  const service = process.activation.services.get(key);
  if (!context.stillAsked || service === undefined) return NOTHING;
  const [request] = openRequests(service);
  const { monitored, lookUp } = reading;
  if (monitored?.kind === 'confirmed') {
    const { value } = monitored;
    return found(process, service, { live: [value], request: request?.intent ?? null });
  }
  if (monitored?.kind === 'accepted') {
    return request === undefined ? NOTHING : stillRunning(process, key, request, context);
  }
  if (lookUp === null) {
    return monitored === null || monitored.kind === 'rejected'
      ? later({ code: 'NOT_ADMITTED' }, null, false)
      : laterAfter(monitored);
  }
  return settleLookUp(process, { service, request: request ?? null, reading, lookUp }, context);
};

type LookedUp = {
  readonly service: ServiceState;
  /** The first that is open. */
  readonly request: ServiceRequest | null;
  readonly reading: Reading;
  readonly lookUp: LookUp<NeService>;
};

const settleLookUp = async (
  process: OrderProcess,
  looked: LookedUp,
  context: SettleContext,
): Promise<Settled> => {
  const { service, lookUp, reading } = looked;
  const { key } = service.plan;
  switch (lookUp.kind) {
    case 'found':
    case 'ambiguous': {
      await noteShown(service, reading.peer, context);
      const live = lookUp.kind === 'found' ? [lookUp.value] : lookUp.matches;
      return settleFound(process, looked, live, context);
    }
    case 'terminated':
      await noteShown(service, reading.peer, context);
      return settleOver(process, looked, context);
    case 'unsupported':
      return held(process, key, 'NO_LOOKUP', lookUp.cause);
    case 'absent':
      return settleAbsent(process, looked, context);
    case 'unknown':
      return lookUp.shown === undefined
        ? laterAfterLookUp(lookUp)
        : settleNotYet(process, looked, { shown: lookUp.shown, cause: lookUp.cause }, context);
    case 'misconfigured':
      return laterAfterLookUp(lookUp);
  }
};

type NotYet = { readonly shown: NeService; readonly cause: Cause };

/**
 * It is there, and neither on nor over. While it is wanted the NE has as long as for any work of its own, and then a person is told;
 * when it is not, it is switched off as it is.
 */
const settleNotYet = (
  process: OrderProcess,
  looked: LookedUp,
  { shown, cause }: NotYet,
  context: SettleContext,
): Settled => {
  const { service, request } = looked;
  const { key } = service.plan;
  if (request === null) return laterAlone(cause);
  if (!wantedKeys(process).has(key)) {
    const answers = answerOf(looked, context);
    return answers === null
      ? tooEarly(looked, context)
      : found(process, service, { live: [shown], request: answers });
  }
  return stillRunning(process, key, request, context, cause);
};

const answerOf = ({ service, request, reading }: LookedUp, { policy, own }: SettleContext): string | null =>
  answeredBy(service, { request, beganAt: reading.beganAt }, { timing: policy.ne, own });

/** More than one live service of one key: a person decides, unless all are to go anyway or the log knows which it is. */
const settleFound = (
  process: OrderProcess,
  looked: LookedUp,
  matches: readonly NeService[],
  context: SettleContext,
): Settled => {
  const { service } = looked;
  const { key } = service.plan;
  const live = matches.filter(({ state }) => matches.length === 1 || state === 'active');
  const own = service.known === 'on' ? live.filter(({ neId }) => neId === service.neId) : [];
  const others = live.filter((one) => !own.includes(one));
  const isUnclear = matches.length > 1 && own.length === 0 && wantedKeys(process).has(key);
  if (isUnclear || live.length === 0)
    return held(process, key, 'AMBIGUOUS', { code: 'SEVERAL_SERVICES', matches: matches.length });
  const request = answerOf(looked, context);
  const isNew =
    others.some(({ neId }) => !service.duplicates.includes(neId)) ||
    service.known !== 'on' ||
    service.maybeGone;
  if (!isNew && request === null && !service.readBack) return tooEarly(looked, context);
  return found(process, service, { live: [...own, ...others], request });
};

type Found = {
  /** Not empty; the first is the service itself. */
  readonly live: readonly NeService[];
  readonly request: string | null;
};

const found = (process: OrderProcess, service: ServiceState, { live, request }: Found): Settled => {
  const [first, ...rest] = live;
  if (first === undefined) return NOTHING;
  const { key } = service.plan;
  const duplicates = rest.map(({ neId }) => neId);
  const fact = serviceFound(first, { key, how: 'look-up', duplicates, ...naming(service, request) });
  // The NE told of another id beside this one: a person finds out whose that is.
  const isBeside = service.told.some(({ neId }) => !live.some((one) => one.neId === neId));
  const create = isBeside ? heldCreate(process, key, 'TOLD_OTHERWISE') : liftCreate(process, key);
  return { events: [fact, ...lift(process, key), ...create], retry: null };
};

/** What the request made is over. That proves nothing of a service that is known to be on under another id. */
const settleOver = (process: OrderProcess, looked: LookedUp, context: SettleContext): Settled => {
  const { service } = looked;
  if (service.maybeGone) return gone(process, service);
  const request = answerOf(looked, context);
  if (request === null) return tooEarly(looked, context);
  const { key } = service.plan;
  const over: NewEvent =
    service.known === 'on'
      ? { type: 'ServiceNotFound', data: { key, why: 'absent' }, causationId: request }
      : { type: 'ServiceReverted', data: { key, how: 'reverted', request } };
  return { events: [over, ...lift(process, key)], retry: null };
};

/** Its service may have been there for long. */
const mayShowSoon = ({ isAccepted, isSupposed }: ServiceRequest): boolean => isAccepted || isSupposed;

/** The next look comes when it can tell; a request that the NE took on may show before, so looks come now and then. */
const tooEarly = ({ service, request }: LookedUp, { policy, own, now }: SettleContext): Settled => {
  if (request === null) return laterAlone({ code: 'NOT_SHOWN', key: service.plan.key });
  const left = tellsFrom(request, service, { timing: policy.ne, own }) - own.uptime();
  const since = mayShowSoon(request) ? now - ms(request.at) : null;
  const wait = untilNextLook({ left, since, atLeast: policy.ne.pollMs });
  return laterAlone({ code: 'TOO_EARLY' }, now + wait, false);
};

/** Nothing is there (rules 3 and 4): what the NE refused is refused then, and everything else is off. */
const settleAbsent = async (
  process: OrderProcess,
  looked: LookedUp,
  context: SettleContext,
): Promise<Settled> => {
  const { service, request, reading } = looked;
  const { key } = service.plan;
  if (service.maybeGone) {
    const look = { ...reading, isConfirmed: false };
    const absence = await judgeAbsence(settledPart(service), look, context);
    return absence.kind === 'proven' ? gone(process, service) : unprovenAbsence(process, looked, absence);
  }
  // The look-up does not even show what is known to be on.
  if (service.known === 'on' || request === null) {
    const from = absentFrom(service, { timing: context.policy.ne, own: context.own });
    const why = { code: 'NOT_SHOWN', key } as const;
    return request === null && service.readBack && isFrom(reading.beganAt, from)
      ? held(process, key, 'KEY_UNSHOWN', why)
      : laterAlone(why);
  }
  // A monitor that ends in error says itself that nothing more will come.
  if (reading.monitored?.kind === 'rejected' && request.peer === reading.peer)
    return refused(process, key, request.intent, reading.monitored.code);
  if (service.told.length > 0) return settleTold(process, looked, request, context);
  const absence = await judgeAbsence(service, { ...reading, isConfirmed: false }, context);
  if (absence.kind === 'again' && mayShowSoon(request)) {
    const { now, policy } = context;
    const since = now - ms(request.at);
    const wait = untilNextLook({ left: absence.at - now, since, atLeast: policy.ne.pollMs });
    return { events: absence.events, retry: laterAlone(absence.cause, now + wait, false).retry };
  }
  if (absence.kind !== 'proven') return unprovenAbsence(process, looked, absence);
  return request.refusedCode === null
    ? neverCame(process, service, request)
    : refused(process, key, request.intent, request.refusedCode);
};

const unprovenAbsence = (
  process: OrderProcess,
  { service, reading }: LookedUp,
  absence: Exclude<Absence, { kind: 'proven' }>,
): Settled => {
  const { key } = service.plan;
  switch (absence.kind) {
    case 'elsewhere': {
      const { asked } = absence;
      return held(process, key, 'PEER_CHANGED', { code: 'REQUESTED_ELSEWHERE', asked, here: reading.peer });
    }
    case 'unshown':
      return held(process, key, 'KEY_UNSHOWN', { code: 'HELD', hold: 'KEY_UNSHOWN' });
    case 'again':
      return { events: absence.events, retry: laterAlone(absence.cause, absence.at, false).retry };
  }
};

/** The service was on before history was lost, and is off now: only a person can say whether that was meant. */
const gone = (process: OrderProcess, { plan }: ServiceState): Settled => ({
  ...laterAlone({ code: 'NOT_SHOWN', key: plan.key }),
  events: holdOrder(process, lostHold(plan.key), LOST_SERVICE_STEP, LOST_SERVICE_CAUSE),
});

/**
 * The NE gave an id that is not under our name: the order keeps it, no step creates anew, and a person looks while the
 * service is wanted. An undo switches it off by its id.
 */
const settleTold = (
  process: OrderProcess,
  looked: LookedUp,
  request: ServiceRequest,
  context: SettleContext,
): Settled => {
  const { service } = looked;
  const { key } = service.plan;
  const [told] = service.told;
  if (told === undefined || answerOf(looked, context) === null) return tooEarly(looked, context);
  if (!wantedKeys(process).has(key)) return laterAlone({ code: 'NOT_SHOWN', key });
  const data = { key, cause: { code: 'NOT_SHOWN', key }, told } as const;
  return {
    events: [
      { type: 'ServiceInDoubt', data, causationId: request.intent },
      ...heldCreate(process, key, 'TOLD_OTHERWISE'),
      ...lift(process, key),
    ],
    retry: null,
  };
};

const refused = (process: OrderProcess, key: string, intent: string, code: string): Settled => {
  const rejected: NewEvent = { type: 'ServiceRejected', data: { key, code }, causationId: intent };
  return {
    events: [rejected, ...heldCreate(process, key, { peer: code }), ...lift(process, key)],
    retry: null,
  };
};

const neverCame = (process: OrderProcess, service: ServiceState, request: ServiceRequest): Settled => {
  const { key } = service.plan;
  const cause = request.turnedAway === null ? {} : { cause: request.turnedAway.cause };
  const data = { key, why: 'absent', ...cause } as const;
  const isInVain = request.turnedAway === null && !request.isSupposed;
  const isLast = isInVain && service.inVain + 1 >= MOST_IN_VAIN;
  return {
    events: [
      { type: 'ServiceNotFound', data, causationId: request.intent },
      ...(isLast ? heldCreate(process, key, 'NEVER_ANSWERED') : []),
      ...lift(process, key),
    ],
    retry: null,
  };
};

/** A service that the order no longer wants needs no person to mend it. */
const heldCreate = (process: OrderProcess, key: string, code: HoldCause): readonly NewEvent[] =>
  wantedKeys(process).has(key)
    ? holdOrder(process, holdOf('ActivateService', key), 'ActivateService', code)
    : [];

/** `said`: what the NE says of itself; absent: only its monitor runs. */
const stillRunning = (
  process: OrderProcess,
  key: string,
  request: ServiceRequest,
  { policy, now }: SettleContext,
  said?: Cause,
): Settled => {
  const poll = laterAlone(said ?? { code: 'MONITOR_RUNS' }, now + policy.ne.pollMs, false);
  if (now - ms(request.at) < policy.ne.pollMaxMs) return poll;
  return {
    ...poll,
    events: holdOrder(process, holdOf('CheckService', key), 'CheckService', 'MONITOR_NEVER_ENDS', said),
  };
};

const held = (process: OrderProcess, key: string, cause: OwnHoldCause, why: Cause): Settled => ({
  ...laterAlone(why),
  events: holdOrder(process, holdOf('CheckService', key), 'CheckService', cause),
});

/** An answer ends the wait for a person. */
const lift = (process: OrderProcess, key: string): readonly NewEvent[] => [
  ...liftHold(process, holdOf('CheckService', key)),
  ...liftHold(process, lostHold(key)),
];

/** A service that is on needs no person to look why the NE could not make it. */
const liftCreate = (process: OrderProcess, key: string): readonly NewEvent[] =>
  liftHold(process, holdOf('ActivateService', key));
