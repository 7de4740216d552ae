import type { Envelope } from '../process/events.ts';
import { type Slot, sameSlot } from '../time/slot.ts';
import { assertNever } from '../values/assert-never.ts';
import { callKeyText, readCallKey } from '../values/keys.ts';
import { sameWindow } from './arrival-window.ts';
import {
  type AnsweredCall,
  doubtedCall,
  isAnswerTo,
  type OpenCall,
  requestedCall,
  ringAnswered,
  type UnprovenRing,
} from './calls.ts';
import type { CallNotPlaced, CallOutcome, CallVia, CustomerCalled, SchedulingEvent } from './events.ts';

/** A visit that is proposed to the customer and holds the technician's time. */
export type Proposal = {
  readonly slot: Slot;
  readonly technicianId: string;
  readonly via: CallVia;
  readonly callAt: string;
  /** When that time was planned (UTC ISO), by the clock of its planner. */
  readonly plannedAt: string;
  readonly expiresAt: string;
  readonly choice: 'automatic' | 'by-hand';
  readonly reasons: readonly string[];
};

export type AgreedVisit = {
  readonly slot: Slot;
  /** The promise: when the customer was told that somebody arrives. Absent: at the start of the slot. */
  readonly window?: Slot;
  readonly technicianId: string;
  readonly appointmentId: string | null;
  readonly at: string;
  /** A person said that it stands, although the desk does not know it. */
  readonly vouched: boolean;
};

/** An appointment that the desk keeps. */
export type DeskAppointment = {
  /** The call that agreed it: its key finds the appointment when the desk does not know the id. */
  readonly callKey: string;
  readonly slot: Slot;
  /** Where it is kept; null when a person booked it by hand. */
  readonly peer: string | null;
  readonly open: boolean;
  /** When the desk last said how it stands (UTC ISO). */
  readonly saidAt: string;
  /** What it is to be marked as; null: nothing yet. */
  readonly closeAs: 'completed' | 'failed' | 'cancelled' | null;
  /** A person has said that no proof of what became of it will come. */
  readonly waived?: true;
};

export type SchedulingState = {
  /** A search that the desk has not answered yet. */
  readonly search: { readonly taskId: string; readonly peer: string; readonly at: string } | null;
  readonly task: { readonly taskId: string; readonly slots: readonly Slot[]; readonly at: string } | null;
  readonly proposal: Proposal | null;
  readonly call: OpenCall | null;
  /** Number of the last call key that was used up. */
  readonly callNumber: number;
  /** That key; null: none was used yet. */
  readonly lastCallKey: string | null;
  readonly calls: readonly AnsweredCall[];
  /** Calls that the desk does not know of and that may have rung all the same, in their order. */
  readonly rings: readonly UnprovenRing[];
  /** Calls in a row that came to nothing, since a person last said: try again. */
  readonly inVain: number;
  /** When the customer asked to be called back, UTC ISO: a promise, whatever is held or given up meanwhile. */
  readonly callback: string | null;
  /** Agreed by the customer, but no technician for it yet. */
  readonly agreed: {
    readonly slot: Slot;
    readonly window?: Slot;
    readonly appointmentId: string | null;
  } | null;
  readonly visit: AgreedVisit | null;
  /** The first agreed slot. */
  readonly promise: Slot | null;
  /** A move without outcome. */
  readonly move: {
    readonly slot: Slot;
    readonly technicianId: string;
    readonly code: string;
    readonly intent: string;
    readonly at: string;
  } | null;
  /** Set while the customer has to be reached first. */
  readonly pending: { readonly since: string } | null;
  readonly appointments: ReadonlyMap<string, DeskAppointment>;
  /** Version of the last fact that leaves something to do at the desk. */
  readonly factVersion: number;
};

export const NO_SCHEDULING: SchedulingState = {
  search: null,
  task: null,
  proposal: null,
  call: null,
  callNumber: 0,
  lastCallKey: null,
  calls: [],
  rings: [],
  inVain: 0,
  callback: null,
  agreed: null,
  visit: null,
  promise: null,
  move: null,
  pending: null,
  appointments: new Map(),
  factVersion: 0,
};

const NOT_TO_BE_CALLED: ReadonlySet<string> = new Set<CallOutcome>(['REFUSED', 'WRONG_NUMBER']);

/** What the desk says of a customer who is not phoned again before a person has looked. */
export const isNotToBeCalled = (code: string | undefined): boolean =>
  code !== undefined && NOT_TO_BE_CALLED.has(code);

export const evolveScheduling = (
  state: SchedulingState,
  event: Envelope<SchedulingEvent>,
): SchedulingState => {
  switch (event.type) {
    case 'SlotSearchStarted':
      return { ...state, search: { ...event.data, at: event.at } };
    case 'SchedulingRequested':
      return { ...state, search: null, task: { ...event.data, at: event.at } };
    case 'VisitProposed':
      // What the customer agreed to already is booked at once; a call waits for its time.
      return {
        ...state,
        proposal: {
          ...event.data,
          callAt: event.data.via === 'agreed' ? event.at : event.data.callAt,
          plannedAt: event.at,
        },
        pending: null,
        // Proposed beside an agreement that no technician can keep: the customer has agreed to this instead.
        agreed: null,
        appointments: withoutAgreed(state),
      };
    case 'VisitReleased':
      return { ...state, proposal: null };
    case 'CallRequested': {
      const call = requestedCall(event);
      return { ...state, call, callNumber: numberOf(call.callKey), lastCallKey: call.callKey };
    }
    case 'CallInDoubt':
      return { ...state, call: doubtedCall(state.call, event) };
    case 'CustomerCalled':
      return { ...afterCall(state, event), factVersion: event.version };
    case 'CallNotPlaced':
      return notPlaced(state, event);
    case 'CallNotSeen': {
      const { callKey } = event.data;
      const rings = state.rings.map((ring) =>
        ring.callKey === callKey ? { ...ring, isLookedAt: true } : ring,
      );
      return { ...state, rings };
    }
    case 'MoveRequested': {
      const { slot, technicianId, code } = event.data;
      return { ...state, move: { slot, technicianId, code, intent: event.eventId, at: event.at } };
    }
    case 'MoveRejected':
      return { ...state, move: null };
    case 'Scheduled': {
      const { visitDateTime: slot, technicianId, appointmentId } = event.data;
      return {
        ...state,
        visit: {
          slot,
          // Another technician at the same time keeps what was promised.
          ...sameWindow(state.agreed ?? state.visit, slot),
          technicianId,
          appointmentId,
          at: event.at,
          vouched: false,
        },
        promise: state.promise ?? slot,
        agreed: null,
        callback: null,
        proposal: null,
        pending: null,
        move: null,
        appointments:
          appointmentId === null
            ? state.appointments
            : withAppointment(state, appointmentId, {
                callKey:
                  state.appointments.get(appointmentId)?.callKey ??
                  state.lastCallKey ??
                  firstCallKey(event.orderId),
                slot: slotAtDesk(state, appointmentId, slot),
                peer: state.appointments.get(appointmentId)?.peer ?? null,
                open: true,
                // A technician who was found for it since is no word of the desk; a move is, for the desk has confirmed it.
                saidAt: (state.move === null && state.appointments.get(appointmentId)?.saidAt) || event.at,
                closeAs: null,
              }),
      };
    }
    case 'VisitRetimed': {
      const { slot } = event.data;
      // The desk keeps its appointment as it was agreed: only our plan is another.
      return { ...state, visit: state.visit && { ...state.visit, slot } };
    }
    case 'AppointmentFound': {
      const { callKey, appointmentId, slot, peer } = event.data;
      const open = { open: true, saidAt: event.at, closeAs: 'cancelled' } as const;
      const found: DeskAppointment = { callKey, slot, peer, ...open };
      return {
        ...state,
        appointments: withAppointment(state, appointmentId, found),
        factVersion: event.version,
      };
    }
    case 'AppointmentMovedByDesk': {
      const { appointmentId, slot } = event.data;
      const known = state.appointments.get(appointmentId);
      // Agreed, without a technician yet: what follows in the same commit says who goes, or that none can.
      return {
        ...state,
        visit: null,
        agreed: { slot, appointmentId },
        appointments:
          known === undefined
            ? state.appointments
            : withAppointment(state, appointmentId, { ...known, slot, saidAt: event.at }),
      };
    }
    case 'AppointmentCancelledByDesk': {
      const { appointmentId, code } = event.data;
      return {
        ...closeAppointments(state, [appointmentId]),
        task: null,
        visit: null,
        agreed: null,
        pending: isNotToBeCalled(code) ? { since: event.at } : state.pending,
      };
    }
    case 'AppointmentWaived': {
      const known = state.appointments.get(event.data.appointmentId);
      if (known === undefined) return { ...state, factVersion: event.version };
      const waived: DeskAppointment = { ...known, open: false, waived: true };
      return {
        ...state,
        appointments: withAppointment(state, event.data.appointmentId, waived),
        factVersion: event.version,
      };
    }
    case 'AppointmentClosed':
      return { ...closeAppointments(state, [event.data.appointmentId]), factVersion: event.version };
    case 'ScheduleCancelled':
      return {
        ...closeAppointments(state, event.data.appointments),
        task: null,
        proposal: null,
        callback: null,
        agreed: null,
        visit: null,
        move: null,
        pending: null,
        factVersion: event.version,
      };
    default:
      return assertNever(event);
  }
};

/** Another technician for the same visit moves nothing at the desk, whose time may be another than that of our plan. */
const slotAtDesk = ({ visit, appointments }: SchedulingState, appointmentId: string, slot: Slot): Slot =>
  (visit !== null && sameSlot(visit.slot, slot) && appointments.get(appointmentId)?.slot) || slot;

/** Of an appointment that no call on the log has led to. */
const firstCallKey = (orderId: string): string => callKeyText({ orderId, mark: null, number: 0 });

const numberOf = (callKey: string): number => readCallKey(callKey)?.number ?? 0;

const notPlaced = (state: SchedulingState, event: Envelope<CallNotPlaced>): SchedulingState => {
  const { callKey, why, nextCallAt } = event.data;
  const { call, rings, callNumber } = state;
  const number = numberOf(callKey);
  const mayHaveRung = why !== 'not-sent' && call?.via === 'desk';
  return {
    ...state,
    call: null,
    // Only the last key is free again: a later one may have been used by hand.
    callNumber: callNumber === number ? number - 1 : callNumber,
    rings: mayHaveRung
      ? [...rings, { callKey, intent: call.intent, at: call.at, peer: call.peer, isLookedAt: false }]
      : rings,
    inVain: why === 'absent' ? state.inVain + 1 : state.inVain,
    ...(nextCallAt === undefined ? {} : waiting(state, { ...event.data, nextCallAt }, event.at)),
  };
};

/** The proposal until the desk tries the customer again; null: not before a person has looked. */
const waiting = (
  { proposal }: SchedulingState,
  next: { readonly nextCallAt: string | null; readonly expiresAt?: string },
  at: string,
): Pick<SchedulingState, 'proposal' | 'pending'> => ({
  proposal: proposal && {
    ...proposal,
    callAt: next.nextCallAt ?? proposal.callAt,
    plannedAt: at,
    expiresAt: next.nextCallAt === null ? at : (next.expiresAt ?? proposal.expiresAt),
  },
  pending: next.nextCallAt === null ? { since: at } : null,
});

const afterCall = (state: SchedulingState, event: Envelope<CustomerCalled>): SchedulingState => {
  const { callKey, outcome, slot, window, appointmentId, nextCallAt, by } = event.data;
  const { causationId } = event;
  const isAnswered = state.call !== null && isAnswerTo(state.call, { causationId, callKey });
  const ring = ringAnswered(state.rings, event);
  const peer = (isAnswered ? state.call?.peer : ring?.peer) ?? null;
  const called: SchedulingState = {
    ...state,
    call: isAnswered ? null : state.call,
    callNumber: Math.max(state.callNumber, numberOf(callKey)),
    lastCallKey: callKey,
    calls: [...state.calls, { at: event.at, outcome, callKey, request: causationId, by }],
    rings: state.rings.filter((one) => one !== ring),
    inVain: 0,
    callback: outcome === 'CALLBACK' ? nextCallAt : null,
  };
  if (outcome === 'AGREED' && slot !== undefined) {
    // A person who agrees to another time gives the earlier one up; what the desk itself answers stands beside it.
    const kept = by === 'by-hand' ? withoutAgreed(called) : called.appointments;
    const appointments =
      appointmentId === undefined
        ? kept
        : withAppointment({ ...called, appointments: kept }, appointmentId, {
            callKey: state.appointments.get(appointmentId)?.callKey ?? callKey,
            slot,
            peer: peer ?? state.appointments.get(appointmentId)?.peer ?? null,
            open: true,
            saidAt: (by === 'by-hand' && state.appointments.get(appointmentId)?.saidAt) || event.at,
            closeAs: null,
          });
    return {
      ...called,
      // An agreement beside a visit that stands is on the log, and ends with that visit.
      agreed:
        called.visit === null
          ? { slot, ...(window === undefined ? {} : { window }), appointmentId: appointmentId ?? null }
          : null,
      promise: called.promise ?? slot,
      pending: null,
      appointments,
    };
  }
  return { ...called, ...waiting(called, event.data, event.at) };
};

/** An agreed time gives way to another: a step must tell the desk that its appointment came to nothing. */
const withoutAgreed = ({ appointments, agreed }: SchedulingState): SchedulingState['appointments'] => {
  const id = agreed?.appointmentId ?? null;
  const appointment = id === null ? undefined : appointments.get(id);
  if (id === null || appointment === undefined) return appointments;
  return new Map(appointments).set(id, { ...appointment, closeAs: appointment.closeAs ?? 'failed' });
};

const withAppointment = (state: SchedulingState, id: string, appointment: DeskAppointment) =>
  new Map(state.appointments).set(id, appointment);

const closeAppointments = (state: SchedulingState, ids: readonly string[]): SchedulingState => {
  const appointments = new Map(state.appointments);
  for (const id of ids) {
    const appointment = appointments.get(id);
    if (appointment !== undefined) appointments.set(id, { ...appointment, open: false });
  }
  return { ...state, appointments };
};

/** What the desk still keeps for this order, by appointment id. */
export const openAppointments = (state: SchedulingState): readonly [string, DeskAppointment][] =>
  [...state.appointments].filter(([, appointment]) => appointment.open);
