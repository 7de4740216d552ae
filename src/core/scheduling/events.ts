import type { Cause } from '../codes/cause.ts';
import type { Slot } from '../time/slot.ts';

/** desk: the desk phones the customer first. agreed: the customer has agreed already, the desk only books. */
export type CallVia = 'desk' | 'agreed';

export type CallOutcome = 'AGREED' | 'NO_ANSWER' | 'BUSY' | 'CALLBACK' | 'REFUSED' | 'WRONG_NUMBER';

/** The desk has taken a search, and has not answered it yet: it is read by its task. */
export type SlotSearchStarted = {
  readonly type: 'SlotSearchStarted';
  readonly data: { readonly taskId: string; readonly peer: string };
};

export type SchedulingRequested = {
  readonly type: 'SchedulingRequested';
  readonly data: { readonly taskId: string; readonly slots: readonly Slot[] };
};

/** Holds the technician's time. */
export type VisitProposed = {
  readonly type: 'VisitProposed';
  readonly data: {
    readonly slot: Slot;
    readonly technicianId: string;
    readonly via: CallVia;
    /** When the customer is phoned, UTC ISO. */
    readonly callAt: string;
    readonly expiresAt: string;
    readonly choice: 'automatic' | 'by-hand';
    /** Why this technician and slot, as codes with values, e.g. `earliest`, `same-area`, `forced:DAILY_LIMIT`. */
    readonly reasons: readonly string[];
  };
};

export type VisitReleased = {
  readonly type: 'VisitReleased';
  readonly data: {
    readonly why:
      | 'expired'
      | 'unassigned'
      | 'replaced'
      | 'customer-pending'
      | 'agreed-other-slot'
      | 'amended';
  };
};

/** The intent to phone (or to book): committed before the first byte is sent. */
export type CallRequested = {
  readonly type: 'CallRequested';
  readonly data: {
    readonly callKey: string;
    readonly peer: string;
    readonly via: CallVia;
    readonly slot: Slot;
    /** The arrival window that the customer is told. Absent: the start of the slot; also in older events. */
    readonly window?: Slot;
    /** As those of ServiceRequested. Absent in older events. */
    readonly boundMs?: number;
    readonly boot?: string;
    readonly uptimeMs?: number;
  };
};

export type CustomerCalled = {
  readonly type: 'CustomerCalled';
  readonly data: {
    readonly callKey: string;
    readonly outcome: CallOutcome;
    /** Present when AGREED: perhaps another slot than the proposed one. */
    readonly slot?: Slot;
    /** The arrival window that the customer was told and agreed to. Absent: the start of the slot; also in older events. */
    readonly window?: Slot;
    /** Present when the desk keeps an open appointment for it. */
    readonly appointmentId?: string;
    /** null and not AGREED: customer-pending. */
    readonly nextCallAt: string | null;
    /** The proposal's new expiry, when it waits for a further call. */
    readonly expiresAt?: string;
    readonly by: 'desk' | 'by-hand';
    readonly textId?: string;
  };
};

/** It is not known whether the phone rings, or the desk has booked, whatever the answer was: CheckCall looks it up. */
export type CallInDoubt = {
  readonly type: 'CallInDoubt';
  readonly data: {
    readonly callKey: string;
    readonly cause: Cause;
    /** 202: it may be a while until the desk shows it. */
    readonly accepted?: true;
    /** A refusal, in the desk's own code: believed when the look-up finds nothing. */
    readonly code?: string;
    /** 429, 503, or an answer that shows a wrong configuration: the worker asks again when the look-up finds nothing. */
    readonly turnedAway?: true;
    /** When to come back (UTC ISO), where it was said. */
    readonly retryAt?: string;
  };
};

/**
 * The key may be used again. Only `not-sent` says that no phone rang: of any other call that was to ring, the desk may merely
 * not have written it down.
 */
export type CallNotPlaced = {
  readonly type: 'CallNotPlaced';
  readonly data: {
    readonly callKey: string;
    readonly why: 'absent' | 'not-sent' | 'rejected';
    readonly cause?: Cause;
    /** When the desk tries the customer again (UTC ISO); null: not before a person has looked. Absent: as it was due. */
    readonly nextCallAt?: string | null;
    /** The proposal's new expiry, when it waits for a further call. */
    readonly expiresAt?: string;
  };
};

/** Before the customer is phoned again: the desk still knows nothing of a call that may have rung. */
export type CallNotSeen = {
  readonly type: 'CallNotSeen';
  readonly data: { readonly callKey: string };
};

/** The intent to change the appointment of the agreed visit. */
export type MoveRequested = {
  readonly type: 'MoveRequested';
  readonly data: { readonly slot: Slot; readonly technicianId: string; readonly code: string };
};

export type MoveRejected = {
  readonly type: 'MoveRejected';
  readonly data: { readonly code: string };
};

export type Scheduled = {
  readonly type: 'Scheduled';
  readonly data: {
    /** The visit's start and end. */
    readonly visitDateTime: Slot;
    readonly technicianId: string;
    /** null: agreed by a person while the desk keeps no appointment. */
    readonly appointmentId: string | null;
  };
};

/**
 * The plan of an agreed visit shifts inside the arrival window that the customer was told: the promise stays, and nothing is
 * sent to anybody. The same technician goes.
 */
export type VisitRetimed = {
  readonly type: 'VisitRetimed';
  readonly data: {
    readonly from: Slot;
    readonly slot: Slot;
    readonly technicianId: string;
  };
};

/** The desk keeps an appointment without a visit (a second one of a call, or one that was ended): a step cancels it. */
export type AppointmentFound = {
  readonly type: 'AppointmentFound';
  readonly data: {
    readonly callKey: string;
    readonly appointmentId: string;
    readonly slot: Slot;
    readonly peer: string;
  };
};

/** The desk moved the agreed appointment by itself: the customer rang it, say. */
export type AppointmentMovedByDesk = {
  readonly type: 'AppointmentMovedByDesk';
  readonly data: { readonly appointmentId: string; readonly slot: Slot };
};

/** The desk ended the agreed appointment by itself. `code`: what it says of the customer, e.g. REFUSED. */
export type AppointmentCancelledByDesk = {
  readonly type: 'AppointmentCancelledByDesk';
  readonly data: { readonly appointmentId: string; readonly code?: string };
};

/** A person has said that no proof of what became of it at the desk will come: it stays unproven. */
export type AppointmentWaived = {
  readonly type: 'AppointmentWaived';
  readonly data: { readonly appointmentId: string; readonly cause: string };
};

export type AppointmentClosed = {
  readonly type: 'AppointmentClosed';
  readonly data: { readonly appointmentId: string; readonly as: 'completed' | 'failed' | 'cancelled' };
};

export type ScheduleCancelled = {
  readonly type: 'ScheduleCancelled';
  readonly data: { readonly code: string; readonly appointments: readonly string[] };
};

export type SchedulingEvent =
  | SlotSearchStarted
  | SchedulingRequested
  | VisitProposed
  | VisitReleased
  | CallRequested
  | CallInDoubt
  | CustomerCalled
  | CallNotPlaced
  | CallNotSeen
  | MoveRequested
  | MoveRejected
  | Scheduled
  | VisitRetimed
  | AppointmentFound
  | AppointmentMovedByDesk
  | AppointmentCancelledByDesk
  | AppointmentWaived
  | AppointmentClosed
  | ScheduleCancelled;
