import type { Cause } from '../codes/cause.ts';
import type { Envelope } from '../process/events.ts';
import { ms } from '../time/iso.ts';
import type { Slot } from '../time/slot.ts';
import type { CallInDoubt, CallOutcome, CallRequested, CallVia, CustomerCalled } from './events.ts';

/** What was answered to a call, and proves nothing by itself. */
export type CallDoubt = {
  /** 202: the desk took it on, and may show it late. */
  readonly isAccepted: boolean;
  /** A 2xx that told of another call: something was done at the desk, and is under no name of ours. */
  readonly isOfAnother: boolean;
  /** The desk's own code: it, or a gateway on the way, said no. Believed once nothing is found. */
  readonly refusedCode: string | null;
  /** 429, 503, or an answer that tells of a wrong configuration; `until`: when to come back (UTC ISO). */
  readonly turnedAway: { readonly cause: Cause; readonly until: string | null } | null;
};

/** A call without outcome. */
export type OpenCall = {
  readonly callKey: string;
  /** Event id of the intent, which every outcome names. */
  readonly intent: string;
  readonly at: string;
  readonly peer: string;
  readonly via: CallVia;
  readonly slot: Slot;
  /** The arrival window that the customer is told; absent: no play. */
  readonly window?: Slot;
  /** How long after its intent it can still ring, as its sender was set; null: an older event, not said. */
  readonly boundMs: number | null;
  /** Where and when it was written, on the clock that no step of the wall clock moves; null: not said. */
  readonly boot: string | null;
  readonly uptimeMs: number | null;
  /** null: nothing came back. */
  readonly doubt: CallDoubt | null;
};

/** A call that has its outcome. `request`: the intent that it answers; null: none is named. */
export type AnsweredCall = {
  readonly at: string;
  readonly outcome: CallOutcome;
  readonly callKey: string;
  readonly request: string | null;
  readonly by: CustomerCalled['data']['by'];
};

/** A call that the desk does not know of, and that may have rung all the same: no look-up disproves a ring. */
export type UnprovenRing = Pick<OpenCall, 'callKey' | 'intent' | 'at' | 'peer'> & {
  /** A step has asked the desk for it once more, before another call. */
  readonly isLookedAt: boolean;
};

export const requestedCall = ({ eventId, at, data }: Envelope<CallRequested>): OpenCall => {
  const { callKey, peer, via, slot, window, boundMs = null, boot = null, uptimeMs = null } = data;
  const told = window === undefined ? {} : { window };
  return { callKey, intent: eventId, at, peer, via, slot, ...told, boundMs, boot, uptimeMs, doubt: null };
};

/** A doubt names its call: one that is over by then stays as it is. */
export const doubtedCall = (
  call: OpenCall | null,
  { causationId, data }: Envelope<CallInDoubt>,
): OpenCall | null => {
  if (call === null || !isAnswerTo(call, { causationId, callKey: data.callKey })) return call;
  const { cause, retryAt = null } = data;
  const doubt: CallDoubt = {
    isAccepted: data.accepted === true || call.doubt?.isAccepted === true,
    isOfAnother: isOfAnother(cause) || call.doubt?.isOfAnother === true,
    refusedCode: data.code ?? call.doubt?.refusedCode ?? null,
    turnedAway: data.turnedAway === true ? { cause, until: retryAt } : (call.doubt?.turnedAway ?? null),
  };
  return { ...call, doubt };
};

const isOfAnother = (cause: Cause): boolean => cause.code === 'HTTP_BODY' && cause.body.code === 'OTHER_CALL';

/** Whether an answer is about that very request: the worker may use a key again. Older events name none. */
export const isAnswerTo = (
  call: Pick<OpenCall, 'callKey' | 'intent'>,
  answer: { readonly causationId: string | null; readonly callKey: string },
): boolean =>
  call.callKey === answer.callKey && (answer.causationId === null || answer.causationId === call.intent);

/**
 * The unproven ring that an answer is about; undefined: none. A call that a person made is another one, also where the key of
 * the ring was free again.
 */
export const ringAnswered = (
  rings: readonly UnprovenRing[],
  { causationId, data: { callKey, by } }: Envelope<CustomerCalled>,
): UnprovenRing | undefined =>
  by === 'by-hand' ? undefined : rings.findLast((ring) => isAnswerTo(ring, { causationId, callKey }));

type Rings = { readonly calls: readonly AnsweredCall[]; readonly rings: readonly UnprovenRing[] };

/**
 * When the customer's phone rang, or may have: what the limit of a day and the pause between two calls count. Epoch ms. None
 * rang later than `now`, whatever a clock wrote that was ahead.
 */
export const ringTimes = ({ calls, rings }: Rings, now: number): readonly number[] =>
  [...calls, ...rings].map(({ at }) => Math.min(ms(at), now)).sort((a, b) => a - b);

const UNREACHED: ReadonlySet<CallOutcome> = new Set<CallOutcome>(['NO_ANSWER', 'BUSY']);

/** When the last call was that found no answer, or whose ring is not proven. Epoch ms; null: there was none. */
export const lastUnreached = ({ calls, rings }: Rings, now: number): number | null => {
  const times = ringTimes({ calls: calls.filter(({ outcome }) => UNREACHED.has(outcome)), rings }, now);
  return times.at(-1) ?? null;
};
