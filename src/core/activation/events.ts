import type { Cause } from '../codes/cause.ts';
import type { Told } from '../peers/outcome.ts';
import type { PlannedService } from './service.ts';

/** Services were added to the plan, with exactly what will be sent. */
export type ActivationStarted = {
  readonly type: 'ActivationStarted';
  readonly data: { readonly plan: readonly PlannedService[] };
};

/** The intent to create: committed before the first byte is sent. */
export type ServiceRequested = {
  readonly type: 'ServiceRequested';
  readonly data: {
    readonly key: string;
    readonly peer: string;
    /** Header suffix after a person's retry of a refused service: 0 sends the bare key. */
    readonly attempt: number;
    /** How long from now on it can have an effect, as its sender is set (ms). Absent in older events. */
    readonly boundMs?: number;
    /** The sender's boot, and ms since then: from here others of this boot count, whatever the wall clock does. */
    readonly boot?: string;
    readonly uptimeMs?: number;
  };
};

/** The NE confirmed the create. */
export type ServiceActivated = {
  readonly type: 'ServiceActivated';
  readonly data: {
    readonly key: string;
    readonly neId: string;
    readonly equipmentId?: string;
    /** It is read back by key: whether that shows such a service at this NE is not known yet. */
    readonly readBack?: true;
  };
};

/**
 * Which request an answer is about, by the event id of its intent; null: about none of them. Absent in older events, which
 * answered the last request that was open.
 */
type AnswersRequest = { readonly request?: string | null };

/** The same as ServiceActivated, learnt by look-up, by a person (`fallout done`) or by reconcile. */
export type ServiceFound = {
  readonly type: 'ServiceFound';
  readonly data: AnswersRequest & {
    readonly key: string;
    readonly neId: string;
    readonly equipmentId?: string;
    readonly how: 'look-up' | 'by-hand' | 'reconcile';
    /** Further live services of the same key at the NE (it did not honour the key): every one of them is reverted. */
    readonly duplicates?: readonly string[];
  };
};

/** The NE refused the create, by its own code. */
export type ServiceRejected = {
  readonly type: 'ServiceRejected';
  readonly data: { readonly key: string; readonly code: string };
};

/** It is not known whether the create had an effect, whatever the answer was: CheckService looks it up. */
export type ServiceInDoubt = {
  readonly type: 'ServiceInDoubt';
  readonly data: {
    readonly key: string;
    readonly cause: Cause;
    /** 202: the NE has given a monitor to poll. */
    readonly monitor?: string;
    /** 202 without a monitor. */
    readonly accepted?: true;
    /** A refusal, in the NE's own code: believed when the look-up finds nothing. */
    readonly code?: string;
    /** 429, 503, or an answer that shows a wrong configuration: the worker asks again when the look-up finds nothing. */
    readonly turnedAway?: true;
    /** When to come back (UTC ISO), where the NE said so. */
    readonly retryAt?: string;
    /** A 2xx with an id: there is a service, although its answer was wrong. */
    readonly told?: Told;
  };
};

/** Known absent: `absent` was looked up late enough to be final, `not-sent` never left the machine. */
export type ServiceNotFound = {
  readonly type: 'ServiceNotFound';
  readonly data: { readonly key: string; readonly why: 'absent' | 'not-sent'; readonly cause?: Cause };
};

/**
 * A look-up found nothing, and that proves nothing by itself. `counts`: it was late enough to be the first of the two that
 * do. The boot and the ms since then are those of the reader, when it began. Any later fact of the service annuls it.
 */
export type ServiceNotSeen = {
  readonly type: 'ServiceNotSeen';
  readonly data: {
    readonly key: string;
    readonly counts: boolean;
    readonly boot: string;
    readonly uptimeMs: number;
  };
};

/** Another service has an id of ours by now (`name`), or none has it (null): no step switches anything off by it. */
export type ServiceDisowned = {
  readonly type: 'ServiceDisowned';
  readonly data: { readonly key: string; readonly neId: string; readonly name: string | null };
};

/** Every wanted service is proven on. */
export type ActivationCompleted = {
  readonly type: 'ActivationCompleted';
  readonly data: { readonly equipmentId: string | null; readonly services: readonly string[] };
};

/** Once a service and generation, however often the revert is sent again. */
export type RevertRequested = {
  readonly type: 'RevertRequested';
  readonly data: {
    readonly key: string;
    readonly peer: string;
    /** NE ids. Present: only these further services of the key are to go, the service itself stays on. */
    readonly duplicates?: readonly string[];
  };
};

/** Proven off. was-absent: the NE does not have it (any more). */
export type ServiceReverted = {
  readonly type: 'ServiceReverted';
  readonly data: AnswersRequest & {
    readonly key: string;
    readonly how: 'reverted' | 'was-absent' | 'by-hand';
  };
};

/** The further services of a key are proven off; the service itself is on. */
export type DuplicatesReverted = {
  readonly type: 'DuplicatesReverted';
  readonly data: { readonly key: string; readonly neIds: readonly string[] };
};

/** Appended only when the code changes. */
export type RevertRejected = {
  readonly type: 'RevertRejected';
  readonly data: { readonly key: string; readonly code: string };
};

/** A person has said that no proof of what became of it will come: it stays unproven. `cause`: of the hold that this ended. */
export type ServiceWaived = {
  readonly type: 'ServiceWaived';
  readonly data: { readonly key: string; readonly cause: string };
};

/**
 * A backup took the place of the log: what the worker did after it stands nowhere, and it looks up the services before
 * anything else. The bound, and the clock that it is counted on, are as those of ServiceRequested.
 */
export type HistoryMayBeLost = {
  readonly type: 'HistoryMayBeLost';
  readonly data: {
    /** The NE that got the requests, should there have been any. */
    readonly peer: string;
    readonly boundMs: number;
    readonly boot: string;
    readonly uptimeMs: number;
    /** Keys of services that lost requests may have made: the log does not know whether they are on. */
    readonly asked: readonly string[];
    /** Keys of services that were on, and may have been switched off. */
    readonly maybeGone: readonly string[];
    /** Services that nothing was planned for, as they may have been planned; their keys are among `asked`. */
    readonly plan?: readonly PlannedService[];
  };
};

/** Everything is proven off, because the order was cancelled. */
export type ActivationCancelled = {
  readonly type: 'ActivationCancelled';
  readonly data: { readonly services: readonly string[] };
};

/** Everything is proven off, because of FieldWorkFailed. */
export type ActivationReverted = {
  readonly type: 'ActivationReverted';
  readonly data: { readonly services: readonly string[] };
};

export type ActivationEvent =
  | ActivationStarted
  | ServiceRequested
  | ServiceActivated
  | ServiceFound
  | ServiceRejected
  | ServiceInDoubt
  | ServiceNotFound
  | ServiceNotSeen
  | ServiceDisowned
  | ActivationCompleted
  | RevertRequested
  | ServiceReverted
  | DuplicatesReverted
  | RevertRejected
  | ServiceWaived
  | HistoryMayBeLost
  | ActivationCancelled
  | ActivationReverted;
