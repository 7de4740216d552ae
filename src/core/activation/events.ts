import type { Cause } from '../codes/cause.ts';
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
  };
};

/** The NE confirmed the create. */
export type ServiceActivated = {
  readonly type: 'ServiceActivated';
  readonly data: { readonly key: string; readonly neId: string; readonly equipmentId?: string };
};

/** The same as ServiceActivated, learnt by look-up, by a person (`fallout done`) or by reconcile. */
export type ServiceFound = {
  readonly type: 'ServiceFound';
  readonly data: {
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

/** Nobody knows whether the create had an effect: it is looked up. `monitor`: the NE has given one to poll. */
export type ServiceInDoubt = {
  readonly type: 'ServiceInDoubt';
  readonly data: { readonly key: string; readonly cause: Cause; readonly monitor?: string };
};

/** Known absent: `absent` was looked up late enough to be final, `not-sent` never left the machine. */
export type ServiceNotFound = {
  readonly type: 'ServiceNotFound';
  readonly data: { readonly key: string; readonly why: 'absent' | 'not-sent'; readonly cause?: Cause };
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
  readonly data: { readonly key: string; readonly how: 'reverted' | 'was-absent' | 'by-hand' };
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
  | ActivationCompleted
  | RevertRequested
  | ServiceReverted
  | DuplicatesReverted
  | RevertRejected
  | ActivationCancelled
  | ActivationReverted;
