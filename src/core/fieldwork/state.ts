import type { Envelope } from '../process/events.ts';
import { REVISIT_CODES, type ReturnCode, type RevisitCode } from '../rules/reason-codes.ts';
import { assertNever } from '../values/assert-never.ts';
import type { Evidence, FieldworkEvent } from './events.ts';

export type FieldworkState = {
  readonly dispatched: { readonly technicianId: string; readonly at: string } | null;
  readonly started: { readonly occurredAt: string } | null;
  readonly completed: {
    readonly result: Evidence;
    readonly technicianId: string;
    readonly occurredAt: string;
    readonly at: string;
  } | null;
  readonly failed: { readonly code: ReturnCode; readonly occurredAt: string; readonly at: string } | null;
  /** Visits that ended without a result, oldest first. */
  readonly notDone: readonly {
    readonly code: RevisitCode;
    readonly technicianId: string;
    readonly occurredAt: string;
    readonly textId: string | null;
  }[];
  /** What technicians wrote beside their reports, oldest first; `at`: when it was recorded. */
  readonly notes: readonly { readonly textId: string; readonly at: string; readonly actor: string }[];
};

export const NO_FIELDWORK: FieldworkState = {
  dispatched: null,
  started: null,
  completed: null,
  failed: null,
  notDone: [],
  notes: [],
};

/** Adds one event. Total over the events of this context. */
export const evolveFieldwork = (state: FieldworkState, event: Envelope<FieldworkEvent>): FieldworkState => {
  switch (event.type) {
    case 'FieldWorkDispatched':
      return { ...state, dispatched: { technicianId: event.data.technicianId, at: event.at } };
    case 'FieldWorkRecalled':
      return { ...state, dispatched: null, started: null };
    case 'FieldWorkStarted':
      return { ...state, started: { occurredAt: event.data.occurredAt } };
    case 'FieldWorkCompleted': {
      const { result, technicianId, occurredAt } = event.data;
      return {
        ...state,
        completed: { result, technicianId, occurredAt, at: event.at },
        notes: withNote(state, event, event.data.textId),
      };
    }
    case 'FieldResultCorrected':
      return {
        ...state,
        completed: state.completed && {
          ...state.completed,
          result: { ...state.completed.result, ...event.data.corrected },
        },
      };
    case 'VisitNotDone': {
      const { code, technicianId, occurredAt, textId } = event.data;
      const visit = { code, technicianId, occurredAt, textId: textId ?? null };
      return {
        ...state,
        dispatched: null,
        started: null,
        notDone: [...state.notDone, visit],
        notes: withNote(state, event, textId),
      };
    }
    case 'FieldWorkFailed':
      return {
        ...state,
        failed: { code: event.data.code, occurredAt: event.data.occurredAt, at: event.at },
        notes: withNote(state, event, event.data.textId),
      };
    default:
      return assertNever(event);
  }
};

const withNote = (
  { notes }: FieldworkState,
  { at, actor }: Pick<Envelope, 'at' | 'actor'>,
  textId: string | undefined,
): FieldworkState['notes'] => (textId === undefined ? notes : [...notes, { textId, at, actor }]);

/** Number of the visit that is next or going on, from 1. */
export const visitNumber = (state: FieldworkState): number => state.notDone.length + 1;

/** Visits that were made in vain and count against `visits.max`. */
export const visitsThatCount = (state: FieldworkState): number =>
  state.notDone.filter((visit) => REVISIT_CODES[visit.code].counts).length;
