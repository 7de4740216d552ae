import type { ReturnCode, RevisitCode } from '../rules/reason-codes.ts';

/** What the technician must leave behind for a visit to count as completed. */
export type Evidence = {
  readonly ontSerial: string;
  /** Optical power received at the ONT, in dBm, -27 to -8. */
  readonly rxPowerDbm: number;
  /** One set-top-box serial a TV line. */
  readonly stbSerials: readonly string[];
  /** The signer's name in the vault. */
  readonly signerTextId: string;
};

/** The visit was handed over to its technician. */
export type FieldWorkDispatched = {
  readonly type: 'FieldWorkDispatched';
  readonly data: { readonly technicianId: string };
};

/** The technician was called back. */
export type FieldWorkRecalled = {
  readonly type: 'FieldWorkRecalled';
  readonly data: { readonly technicianId: string };
};

/** `occurredAt`, here and below: when it happened, not when it was typed. */
export type FieldWorkStarted = {
  readonly type: 'FieldWorkStarted';
  readonly data: { readonly technicianId: string; readonly occurredAt: string };
};

/** A final intent, and the point of no return. */
export type FieldWorkCompleted = {
  readonly type: 'FieldWorkCompleted';
  readonly data: {
    readonly result: Evidence;
    readonly technicianId: string;
    readonly visit: number;
    readonly occurredAt: string;
    readonly textId?: string;
  };
};

/** Fields of the evidence that were typed wrong, with their new values. */
export type FieldResultCorrected = {
  readonly type: 'FieldResultCorrected';
  readonly data: { readonly corrected: Partial<Evidence>; readonly occurredAt: string };
};

/** A revisit is needed: nothing is reverted. */
export type VisitNotDone = {
  readonly type: 'VisitNotDone';
  readonly data: {
    readonly code: RevisitCode;
    readonly visit: number;
    readonly technicianId: string;
    readonly occurredAt: string;
    readonly textId?: string;
  };
};

/** A final intent: the return. */
export type FieldWorkFailed = {
  readonly type: 'FieldWorkFailed';
  readonly data: {
    readonly code: ReturnCode;
    readonly visit: number;
    readonly technicianId: string;
    readonly occurredAt: string;
    readonly textId?: string;
  };
};

export type FieldworkEvent =
  | FieldWorkDispatched
  | FieldWorkRecalled
  | FieldWorkStarted
  | FieldWorkCompleted
  | FieldResultCorrected
  | VisitNotDone
  | FieldWorkFailed;
