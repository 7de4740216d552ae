import type { Cause } from '../../codes/cause.ts';
import type { LaneWork } from '../../ports/work.ts';
import type { OrderProcess } from '../../process/process.ts';
import type { CallOutcome } from '../../scheduling/events.ts';
import { NO_TECHNICIAN_HOLD } from '../../scheduling/no-technician.ts';
import type { Slot } from '../../time/slot.ts';

type Held = { readonly technicianId: string; readonly slot: Slot };

/** How far an assignment has come, in the words of the desk. Times are UTC ISO. */
export type VisitStanding =
  /** The customer has agreed and a technician goes there. `calls`: how many were made. */
  | ({ readonly kind: 'agreed'; readonly calls: number; readonly moving: Held | null } & Held)
  /** The customer answered something else. `nextAt` null: no call is due; `pending`: customer service has to reach them first. */
  | {
      readonly kind: 'answered';
      readonly outcome: CallOutcome;
      readonly nextAt: string | null;
      readonly pending: boolean;
    }
  /** A call is going on, or the desk has not said yet how it went. */
  | { readonly kind: 'talking' }
  /** The customer agreed, but no technician is free then. */
  | { readonly kind: 'no-technician'; readonly slot: Slot }
  /** The desk refused the call. */
  | { readonly kind: 'rejected'; readonly cause: string }
  /** The call could not be placed. `nextAt` null: not known. */
  | ({
      readonly kind: 'unreachable';
      readonly error: Cause;
      readonly nextAt: number | null;
      readonly expiresAt: string;
    } & Held)
  /** The desk has not called yet. */
  | ({
      readonly kind: 'held';
      readonly via: 'desk' | 'agreed';
      readonly callAt: string;
      readonly expiresAt: string;
    } & Held)
  | { readonly kind: 'none' };

/**
 * `callsBefore`: how many calls the order had before the command, so that an old answer is not taken for a new one.
 * `lane`: the desk's lane of the order's work row.
 */
export const visitStanding = (
  process: OrderProcess,
  { callsBefore, lane }: { readonly callsBefore: number; readonly lane: LaneWork | null },
): VisitStanding => {
  const { visit, move, proposal, call, calls, callback, agreed, pending } = process.scheduling;
  if (visit !== null) {
    const { technicianId, slot } = visit;
    return { kind: 'agreed', technicianId, slot, calls: calls.length, moving: move };
  }
  if (agreed !== null && process.order.holds.some(({ step }) => step === NO_TECHNICIAN_HOLD)) {
    return { kind: 'no-technician', slot: agreed.slot };
  }
  if (call !== null) return { kind: 'talking' };
  const last = calls.at(-1);
  if (last !== undefined && calls.length > callsBefore) {
    const nextAt = proposal?.callAt ?? callback;
    return { kind: 'answered', outcome: last.outcome, nextAt, pending: pending !== null };
  }
  const refused = process.order.holds.find(({ step }) => step === 'CallCustomer');
  if (refused !== undefined) return { kind: 'rejected', cause: refused.cause };
  if (proposal === null) return { kind: 'none' };
  const { technicianId, slot, via, callAt, expiresAt } = proposal;
  if (lane !== null && lane.error !== null) {
    return {
      kind: 'unreachable',
      technicianId,
      slot,
      error: lane.error,
      nextAt: lane.due,
      expiresAt,
    };
  }
  return { kind: 'held', technicianId, slot, via, callAt, expiresAt };
};
