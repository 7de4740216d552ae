import { holdOrder, mustBeAtTheDesk } from '../order/decide.ts';
import { isHeld } from '../order/state.ts';
import type { NewEvent } from '../process/events.ts';
import { mustBeIn } from '../process/legal.ts';
import type { OrderProcess } from '../process/process.ts';
import { Refusal } from '../rules/refusal.ts';
import { iso } from '../time/iso.ts';
import type { Slot } from '../time/slot.ts';
import { callKeyText } from '../values/keys.ts';
import type { CallOutcome, VisitProposed } from './events.ts';
import { NO_TECHNICIAN_CAUSE, NO_TECHNICIAN_HOLD } from './no-technician.ts';

/** Holds a technician's time and makes the call due. A present proposal is replaced; the same one again is no event. */
export const proposeVisit = (process: OrderProcess, visit: VisitProposed['data']): readonly NewEvent[] => {
  mustBeAtTheDesk(process, 'schedule assign');
  const { proposal, call, agreed } = process.scheduling;
  if (call !== null) throw new Refusal('CALL_RUNNING', { orderId: process.orderId, callKey: call.callKey });
  // Another time that the customer agreed to since then is booked like any other.
  const isAnew = visit.via === 'agreed' && visit.slot.start !== agreed?.slot.start;
  if (agreed !== null && !isAnew) return scheduleAgreed(process, agreed, visit.technicianId);
  const released: readonly NewEvent[] =
    proposal === null ? [] : [{ type: 'VisitReleased', data: { why: 'replaced' } }];
  return [...released, ...liftedByAssign(process), { type: 'VisitProposed', data: visit }];
};

/** The customer's agreed appointment is used again with the technician found now (rule 8). */
const scheduleAgreed = (
  process: OrderProcess,
  agreed: NonNullable<OrderProcess['scheduling']['agreed']>,
  technicianId: string,
): readonly NewEvent[] => [
  ...liftedByAssign(process),
  {
    type: 'Scheduled',
    data: { visitDateTime: agreed.slot, technicianId, appointmentId: agreed.appointmentId },
  },
];

/** An assignment answers the want of a technician; other holds stay. */
const liftedByAssign = (process: OrderProcess): readonly NewEvent[] =>
  isHeld(process.order, NO_TECHNICIAN_HOLD)
    ? [{ type: 'HoldReleased', data: { hold: NO_TECHNICIAN_HOLD, action: 'done' } }]
    : [];

/** Frees the technician of a proposal that is not agreed yet. */
export const releaseVisit = (process: OrderProcess): readonly NewEvent[] => {
  const { proposal, call, visit } = process.scheduling;
  if (visit !== null) throw new Refusal('VISIT_AGREED', { orderId: process.orderId });
  mustBeAtTheDesk(process, 'schedule unassign');
  if (call !== null) throw new Refusal('CALL_RUNNING', { orderId: process.orderId, callKey: call.callKey });
  if (proposal === null) throw new Refusal('NOTHING_TO_UNASSIGN', { orderId: process.orderId });
  return [{ type: 'VisitReleased', data: { why: 'unassigned' } }];
};

/** What the customer answered, from the desk or from a person who phoned. */
export type CustomerAnswer = {
  readonly callKey: string;
  readonly outcome: CallOutcome;
  readonly slot?: Slot;
  /** The arrival window that goes with it. */
  readonly window?: Slot;
  readonly appointmentId?: string;
  /** Epoch ms; null and not AGREED: customer-pending. */
  readonly nextCallAt: number | null;
  /** Epoch ms. */
  readonly expiresAt?: number;
  readonly by: 'desk' | 'by-hand';
  readonly textId?: string;
  readonly causationId?: string;
};

/**
 * The customer's word is a fact and always recorded (rule 8). While the order goes on, an agreement becomes a visit in
 * the same commit: with `technicianId`, or held for want of one when that is null.
 */
export const recordAnswer = (
  process: OrderProcess,
  answer: CustomerAnswer,
  { going, technicianId }: { readonly going: boolean; readonly technicianId: string | null },
): readonly NewEvent[] => {
  const { callKey, outcome, slot, window, appointmentId, nextCallAt, expiresAt, by, textId, causationId } =
    answer;
  const called: NewEvent = {
    type: 'CustomerCalled',
    data: {
      callKey,
      outcome,
      nextCallAt: nextCallAt === null ? null : iso(nextCallAt),
      by,
      ...(slot === undefined ? {} : { slot }),
      ...(window === undefined ? {} : { window }),
      ...(appointmentId === undefined ? {} : { appointmentId }),
      ...(expiresAt === undefined ? {} : { expiresAt: iso(expiresAt) }),
      ...(textId === undefined ? {} : { textId }),
    },
    ...(causationId === undefined ? {} : { causationId }),
  };
  if (!going || process.scheduling.visit !== null) return [called];
  if (outcome !== 'AGREED' || slot === undefined) {
    const isPending = nextCallAt === null && process.scheduling.proposal !== null;
    return isPending ? [called, { type: 'VisitReleased', data: { why: 'customer-pending' } }] : [called];
  }
  if (technicianId === null) {
    const released: readonly NewEvent[] =
      process.scheduling.proposal === null
        ? []
        : [{ type: 'VisitReleased', data: { why: 'agreed-other-slot' } }];
    const held = holdOrder(process, NO_TECHNICIAN_HOLD, NO_TECHNICIAN_HOLD, NO_TECHNICIAN_CAUSE);
    return [called, ...released, ...held];
  }
  return [
    called,
    ...liftedByAssign(process),
    { type: 'Scheduled', data: { visitDateTime: slot, technicianId, appointmentId: appointmentId ?? null } },
  ];
};

/** The key of the next call. `mark`: of the database's names. */
export const nextCallKey = ({ orderId, scheduling }: OrderProcess, mark: string | null): string =>
  callKeyText({ orderId, mark, number: scheduling.callNumber + 1 });

/** Another time or another technician for an agreed visit. The old visit stands until the new one is confirmed. */
export const moveVisit = (
  process: OrderProcess,
  move: {
    readonly slot: Slot;
    readonly technicianId: string;
    readonly code: string;
    readonly agreed: boolean;
  },
): readonly NewEvent[] => {
  mustBeIn(process, 'schedule move', ['scheduled', 'dispatched']);
  const { visit, move: running } = process.scheduling;
  if (visit === null) throw new Refusal('NO_VISIT', { orderId: process.orderId, stage: process.stage });
  if (running !== null) throw new Refusal('MOVE_RUNNING', { orderId: process.orderId });
  const sameTime = visit.slot.start === move.slot.start && visit.slot.end === move.slot.end;
  if (sameTime && visit.technicianId === move.technicianId) return [];
  if (!sameTime && !move.agreed) throw new Refusal('AGREEMENT_REQUIRED', { orderId: process.orderId });
  const { dispatched } = process.fieldwork;
  const recalled: readonly NewEvent[] =
    dispatched === null
      ? []
      : [{ type: 'FieldWorkRecalled', data: { technicianId: dispatched.technicianId } }];
  const { slot, technicianId, code } = move;
  return [...recalled, { type: 'MoveRequested', data: { slot, technicianId, code } }];
};
