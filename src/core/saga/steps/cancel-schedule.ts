import { holdCode } from '../../codes/hold-cause.ts';
import { holdOrder, liftHold } from '../../order/decide.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import type { AppointmentClosed } from '../../scheduling/events.ts';
import { openAppointments } from '../../scheduling/state.ts';
import { type ClosedAtDesk, closeAtDesk } from './close-at-desk.ts';
import {
  type LocalStep,
  laterAlone,
  NOTHING,
  PEER_BUSY,
  type RemoteStep,
  type SettleContext,
  type Settled,
} from './kinds.ts';
import { aloneAfter } from './outcome-retry.ts';

const STEP = 'CancelSchedule';

/** Nothing at the desk is open: the schedule is cleared here. */
export const cancelScheduleLocally: LocalStep = {
  decide: (process) => scheduleCancelled(process, []),
};

/**
 * Cancels each open appointment (one of a visit that failed is marked so), then clears the schedule. One that fails keeps no
 * other one waiting: the step records what is closed, and comes back for the rest.
 */
export const cancelScheduleAtDesk: RemoteStep = {
  windowed: false,
  send: async (process, _step, io) => {
    const closed: Closed[] = [];
    let failure: Failed | null = null;
    const known = process.scheduling.appointments;
    for (const [appointmentId, appointment] of openAppointments(process.scheduling)) {
      const as = appointment.closeAs ?? 'cancelled';
      const result = await closeAtDesk({ appointmentId, appointment, status: as, known }, io);
      if (result.kind === 'closed') closed.push({ appointmentId, as });
      else failure ??= result;
      if (isShut(result)) break;
    }
    return (current, context) => settleClosed(current, { closed, failure }, context);
  },
};

type Closed = AppointmentClosed['data'];
type Failed = Exclude<ClosedAtDesk, { kind: 'closed' }>;

/** This process can send nothing now, so the next one would fail too. */
const isShut = (result: ClosedAtDesk): boolean =>
  result.kind === 'not-admitted' || (result.kind === 'later' && result.outcome.kind === 'not-sent');

const settleClosed = (
  process: OrderProcess,
  { closed, failure }: { readonly closed: readonly Closed[]; readonly failure: Failed | null },
  context: SettleContext,
): Settled | Promise<Settled> => {
  if (!context.stillAsked) return NOTHING;
  if (failure === null) {
    const ids = closed.map(({ appointmentId }) => appointmentId);
    return { events: scheduleCancelled(process, ids), retry: null };
  }
  const facts: readonly NewEvent[] = closed.map((data) => ({ type: 'AppointmentClosed', data }));
  const { events, retry } = afterFailure(process, failure);
  return { events: [...facts, ...events], retry };
};

const afterFailure = (process: OrderProcess, failure: Failed): Settled => {
  switch (failure.kind) {
    case 'not-admitted':
      return PEER_BUSY;
    case 'later':
      return aloneAfter(failure.outcome);
    case 'held':
      return {
        ...laterAlone({ code: 'HELD', hold: holdCode(failure.cause) }),
        events: holdOrder(process, STEP, STEP, failure.cause),
      };
  }
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
