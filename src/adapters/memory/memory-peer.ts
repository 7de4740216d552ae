import type { Cause } from '../../core/codes/cause.ts';
import type { Observation, Told } from '../../core/peers/outcome.ts';
import type { Admission, Permit, Sending } from '../../core/ports/peers.ts';
import type { Clock } from '../../core/ports/runtime.ts';
import { iso } from '../../core/time/iso.ts';
import type { LedgerEffect, LedgerRequests } from '../simulators/ledger.ts';
import type { NextFault, PeerFault } from './memory-faults.ts';

export type PeerOptions<O extends string> = {
  readonly identity?: string;
  /** Moves late effects, monitors and running calls; give the clock of the test. */
  readonly clock: Clock;
  readonly nextFault?: NextFault<O | 'admit'>;
  /**
   * How long a request takes on that clock; its effect happens half-way. Longer than its deadline: the answer is lost.
   * By default it takes no time and needs no clock.
   */
  readonly latencyMs?: (operation: O, key: string) => number;
  /** Requests in flight of one client (default: any number). */
  readonly places?: number;
};

/** What the peer answers, before the wire spoils it. */
export type Reply<T> =
  | { readonly status: 200 | 201; readonly value: T }
  /** Something was made, and the answer tells of it by id only. */
  | { readonly status: 201; readonly told: Told }
  /** Something was made, and the answer is about something else. */
  | { readonly status: 201; readonly other: Cause }
  | { readonly status: 202; readonly monitor: string | null }
  | { readonly status: 400 | 404 | 412 | 422 | 501; readonly code: string };

export type Request<O extends string, T> = {
  readonly operation: O;
  /** Service key, call key or id: what faults and counts go by. */
  readonly key: string;
  readonly verb: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly collection: boolean;
  readonly sending: Sending;
  /** Faults that `perform` itself plays. */
  readonly plays?: readonly PeerFault['fault'][];
  /** Does what the request asks, at that moment in epoch ms. */
  readonly perform: (at: number, fault: PeerFault | null) => Reply<T>;
};

/** The places of one client's bulkhead. Every client of a peer has its own. */
export type Gate = {
  /** Of the process that sends. */
  readonly clock: Pick<Clock, 'monotonic' | 'uptime'>;
  readonly admit: () => Promise<Admission>;
  /** Marks the permit as used by a request; call the result when the request is over. */
  readonly enter: (permit: Permit) => () => void;
  /** Permits that were given and are neither used up nor released. */
  readonly outstanding: () => number;
};

/** Where a peer's own state writes what happens in it. */
export type Happenings = {
  /** Runs `effect` at that moment (of `clock.now`), or when the peer is next looked at. */
  readonly later: (at: number, effect: (at: number) => void) => void;
  readonly effect: (key: string, effect: string, at: number) => void;
};

/** The part that both peers share: what reaches the peer, what comes back, and what happens late. */
export type Wire<O extends string> = Happenings & {
  readonly send: <T>(gate: Gate, request: Request<O, T>) => Promise<Observation<T>>;
  readonly gate: (clock?: Clock) => Gate;
  /** Lets everything happen that is due. */
  readonly catchUp: () => void;
  readonly effects: () => readonly LedgerEffect[];
  readonly requests: () => readonly LedgerRequests[];
};

/** A peer has a clock of its own: a step of ours does not move it. */
export const peersOwn = (clock: Clock): Clock => {
  const startedAt = clock.now() - clock.monotonic();
  return { ...clock, now: () => startedAt + clock.monotonic() };
};

export const memoryWire = <O extends string>(peer: 'ne' | 'tm', options: PeerOptions<O>): Wire<O> => {
  const { clock, nextFault = () => null, latencyMs = () => 0, places = Number.POSITIVE_INFINITY } = options;
  const effects: LedgerEffect[] = [];
  const counts = new Map<string, LedgerRequests>();
  let jobs: { readonly at: number; readonly effect: (at: number) => void }[] = [];

  const catchUp = (): void => {
    const now = clock.now();
    const due = jobs.filter((job) => job.at <= now).sort((a, b) => a.at - b.at);
    if (due.length === 0) return;
    jobs = jobs.filter((job) => job.at > now);
    for (const job of due) job.effect(job.at);
  };
  const later: Wire<O>['later'] = (at, effect) => {
    jobs.push({ at, effect });
  };
  const count = (operation: O, key: string): void => {
    const id = `${operation} ${key}`;
    counts.set(id, { peer, key, operation, count: (counts.get(id)?.count ?? 0) + 1 });
  };

  const travel = async <T>(request: Request<O, T>, fault: PeerFault | null): Promise<Observation<T>> => {
    const { operation, key, sending, perform } = request;
    const now = clock.now();
    const arrive = (at: number): Reply<T> => {
      count(operation, key);
      return perform(at, fault);
    };
    if (fault?.fault === 'late-after') {
      later(now + fault.ms, arrive);
      return { seen: 'lost', cause: timedOut(sending) };
    }
    const latency = latencyMs(operation, key);
    if (latency > sending.deadlineMs) {
      later(now + latency / 2, arrive);
      await clock.wait(sending.deadlineMs);
      return { seen: 'lost', cause: timedOut(sending) };
    }
    if (latency > 0) await clock.wait(latency / 2);
    catchUp();
    const reply = arrive(clock.now());
    if (latency > 0) await clock.wait(latency / 2);
    if (fault?.fault === 'lost-after')
      return { seen: 'lost', cause: { code: 'ANSWER_LOST', error: 'reset' } };
    if (fault?.fault === 'answered-after') return gatewaySays(request, fault.status);
    const observation = observe(request, reply, fault?.fault === 'garbage');
    return fault?.fault === 'cached' ? { ...observation, cached: `Age ${fault.ageMs / 1000}` } : observation;
  };

  return {
    send: async (gate, request) => {
      const leave = gate.enter(request.sending.permit);
      try {
        catchUp();
        const { since, sinceUptime, deadlineMs } = request.sending;
        const isOver = (from: number | undefined, now: number) =>
          from !== undefined && now - from >= deadlineMs;
        if (isOver(since, gate.clock.monotonic()) || isOver(sinceUptime, gate.clock.uptime())) {
          return { seen: 'never-sent', cause: { code: 'NO_TIME_LEFT' } };
        }
        const fault = nextFault(request.operation, request.key);
        return (fault === null ? null : stopped(request, fault)) ?? (await travel(request, fault));
      } finally {
        leave();
      }
    },
    gate: (own = clock) => memoryGate(nextFault, places, own),
    later,
    catchUp,
    effect: (key, effect, at) => {
      effects.push({ peer, key, effect, at: iso(at) });
    },
    effects: () => effects,
    requests: () => [...counts.values()],
  };
};

const timedOut = ({ deadlineMs }: Sending): Cause => ({ code: 'NO_ANSWER', ms: deadlineMs });

const REASONS = {
  400: 'Bad Request',
  404: 'Not Found',
  412: 'Precondition Failed',
  422: 'Unprocessable',
  501: 'Not Implemented',
};

const observe = <T>(
  { verb, collection }: Pick<Request<string, T>, 'verb' | 'collection'>,
  reply: Reply<T> | { readonly status: 401; readonly code: string },
  garbage = false,
): Extract<Observation<T>, { seen: 'response' }> => {
  const error =
    'code' in reply
      ? { code: reply.code, message: reply.status === 401 ? 'Unauthorized' : REASONS[reply.status] }
      : null;
  return {
    seen: 'response',
    status: reply.status,
    verb,
    collection,
    retryAt: null,
    monitor: reply.status === 202 ? reply.monitor : null,
    error,
    body:
      'value' in reply && !garbage
        ? { ok: true, value: reply.value }
        : {
            ok: false,
            cause: 'other' in reply ? reply.other : { code: 'BODY_NOT_JSON' },
            ...('told' in reply ? { told: reply.told } : {}),
          },
  };
};

const gatewaySays = <T>(
  { verb, collection }: Pick<Request<string, T>, 'verb' | 'collection'>,
  status: number,
): Observation<T> => ({
  seen: 'response',
  status,
  verb,
  collection,
  retryAt: null,
  monitor: null,
  error: { code: `GATEWAY_${status}`, message: 'said the gateway' },
  body: { ok: false, cause: { code: 'NOT_A_SUCCESS' } },
});

/** What the caller sees of a request that stops on the way, without effect; null: it gets there. */
const stopped = <T>(request: Request<string, T>, fault: PeerFault): Observation<T> | null => {
  switch (fault.fault) {
    case 'lost-before':
      return { seen: 'lost', cause: { code: 'ANSWER_LOST', error: 'reset' } };
    case 'not-sent':
      return { seen: 'never-sent', cause: { code: 'CANNOT_CONNECT', error: 'refused' } };
    case 'breaker-open':
      return { seen: 'breaker-open', retryAt: fault.retryAt, cause: { code: 'BREAKER_OPEN', last: null } };
    case 'bulkhead-full':
      return { seen: 'bulkhead-full', retryAt: null, cause: { code: 'IN_FLIGHT', places: 1 } };
    case 'busy': {
      const response = { seen: 'response', status: 429, retryAt: fault.retryAt, monitor: null } as const;
      const { verb, collection } = request;
      return {
        ...response,
        verb,
        collection,
        error: null,
        body: { ok: false, cause: { code: 'BODY_EMPTY' } },
      };
    }
    case 'misconfigured':
      return observe(request, { status: 401, code: 'UNAUTHORIZED' });
    case 'reject':
      return observe(request, { status: 422, code: fault.code });
    case 'lost-after':
    case 'late-after':
    case 'garbage':
    case 'answered-after':
      return null;
    default:
      if (request.plays?.includes(fault.fault) === true) return null;
      throw new Error(`a ${fault.fault} fault means nothing for ${request.operation}`);
  }
};

const memoryGate = (nextFault: NextFault<'admit'>, places: number, clock: Gate['clock']): Gate => {
  const given = new Map<Permit, 'waiting' | 'used'>();
  return {
    clock,
    admit: async () => {
      const fault = nextFault('admit', '');
      if (fault?.fault === 'breaker-open') {
        return {
          admitted: false,
          why: 'breaker-open',
          retryAt: fault.retryAt,
          cause: { code: 'BREAKER_OPEN', last: null },
        };
      }
      if (fault?.fault === 'bulkhead-full' || given.size >= places) {
        return {
          admitted: false,
          why: 'bulkhead-full',
          retryAt: null,
          cause: { code: 'IN_FLIGHT', places: 1 },
        };
      }
      if (fault !== null) throw new Error(`a ${fault.fault} fault means nothing for admit`);
      const permit: Permit = { release: () => given.delete(permit) };
      given.set(permit, 'waiting');
      return { admitted: true, permit };
    },
    enter: (permit) => {
      // The same mistake at a real peer would let two requests through one place, so it is loud here.
      if (given.get(permit) !== 'waiting')
        throw new Error('a permit serves one request, and before its release');
      given.set(permit, 'used');
      return () => given.delete(permit);
    },
    outstanding: () => given.size,
  };
};
