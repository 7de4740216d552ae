import { holdCode } from '../../codes/hold-cause.ts';
import { holdOrder, liftHold } from '../../order/decide.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { openAppointments } from '../../scheduling/state.ts';
import { closeAtDesk } from './close-at-desk.ts';
import { type LocalStep, later, NOTHING, notAdmitted, type RemoteStep } from './kinds.ts';
import { laterAfter } from './outcome-retry.ts';

const STEP = 'CancelSchedule';

/** Nothing at the desk is open: the schedule is cleared here. */
export const cancelScheduleLocally: LocalStep = {
  decide: (process) => scheduleCancelled(process, []),
};

/** Cancels each open appointment (one of a visit that failed is marked so), then clears the schedule. */
export const cancelScheduleAtDesk: RemoteStep = {
  windowed: false,
  send: async (process, _step, io) => {
    const closed: string[] = [];
    for (const [appointmentId, appointment] of openAppointments(process.scheduling)) {
      const result = await closeAtDesk(appointmentId, appointment, appointment.closeAs ?? 'cancelled', io);
      if (result.kind === 'not-admitted') return notAdmitted;
      if (result.kind === 'later') return () => laterAfter(result.outcome);
      if (result.kind === 'held') {
        return (current) => ({
          ...later({ code: 'HELD', hold: holdCode(result.cause) }),
          events: holdOrder(current, STEP, STEP, result.cause),
        });
      }
      closed.push(appointmentId);
    }
    return (current, { stillAsked }) =>
      stillAsked ? { events: scheduleCancelled(current, closed), retry: null } : NOTHING;
  },
};

const scheduleCancelled = (process: OrderProcess, appointments: readonly string[]): readonly NewEvent[] => {
  const { order, fieldwork, scheduling } = process;
  const code = order.cancelled?.code ?? fieldwork.failed?.code ?? 'OTHER';
  const { move } = scheduling;
  const dropped: readonly NewEvent[] =
    move === null ? [] : [{ type: 'MoveRejected', data: { code }, causationId: move.intent }];
  const cancelled: NewEvent = { type: 'ScheduleCancelled', data: { code, appointments } };
  return [...dropped, cancelled, ...liftHold(process, STEP)];
};
