import type { Cause } from '../codes/cause.ts';
import type { Envelope } from '../process/events.ts';
import type { CancelCode } from '../rules/reason-codes.ts';
import type { OrderOutcome, Stage } from '../rules/stage.ts';
import { assertNever } from '../values/assert-never.ts';
import { type Lines, linesOf } from '../values/lines.ts';
import type { CancelTask, ClientTerms } from './client-terms.ts';
import type { OrderEvent, OrderPlaced, Priority, Wishes } from './events.ts';

/** A step that waits for a person; by its id, `holdOf`. */
export type Hold = {
  /** Step, or step and subject: `ActivateService:ORD-000042/internet.hsi#1/1`. */
  readonly hold: string;
  readonly step: string;
  readonly cause: string;
  /** What the peer said last, where the cause does not say it. */
  readonly said?: Cause;
  readonly since: string;
};

export type OrderState = {
  /** null before OrderPlaced. */
  readonly placed: (OrderPlaced['data'] & { readonly at: string }) | null;
  /** The lines wanted now: as placed, then as amended. */
  readonly lines: Lines;
  readonly area: string | null;
  /** As placed, then as the client changed them. */
  readonly priority: Priority;
  readonly wishes: Wishes;
  /** What the client says of it; null: no client placed it. */
  readonly terms: ClientTerms | null;
  readonly cancelTasks: readonly CancelTask[];
  readonly cancelled: { readonly code: CancelCode; readonly stage: Stage; readonly at: string } | null;
  /** In the order they were set; at most one an id. */
  readonly holds: readonly Hold[];
  readonly closed: { readonly outcome: OrderOutcome; readonly version: number; readonly at: string } | null;
  readonly notes: readonly { readonly textId: string; readonly at: string; readonly actor: string }[];
};

export const NO_ORDER: OrderState = {
  placed: null,
  lines: { internet: 0, tv: 0 },
  area: null,
  priority: 'normal',
  wishes: {},
  terms: null,
  cancelTasks: [],
  cancelled: null,
  holds: [],
  closed: null,
  notes: [],
};

/** Adds one event. Total over the events of this context. */
export const evolveOrder = (state: OrderState, event: Envelope<OrderEvent>): OrderState => {
  switch (event.type) {
    case 'OrderPlaced': {
      const { area, textId, priority, wishes, terms = null } = event.data;
      return {
        ...state,
        placed: { ...event.data, at: event.at },
        lines: linesOf(event.data),
        area,
        priority,
        wishes,
        terms,
        notes: textId === undefined ? state.notes : withNote(state, textId, event),
      };
    }
    case 'OrderAmended':
      return { ...state, lines: linesOf(event.data) };
    case 'ContactChanged':
      return event.data.area === undefined ? state : { ...state, area: event.data.area };
    case 'TermsChanged': {
      const { terms, priority = state.priority, wishes = state.wishes } = event.data;
      return { ...state, terms, priority, wishes };
    }
    case 'CancellationAssessed': {
      const { taskId, code, denied = null, textId } = event.data;
      const told = textId === undefined ? {} : { textId };
      return {
        ...state,
        cancelTasks: [...state.cancelTasks, { taskId, code, denied, ...told, at: event.at }],
      };
    }
    case 'NoteAdded':
      return { ...state, notes: withNote(state, event.data.textId, event) };
    case 'OrderCancelled':
      return {
        ...state,
        cancelled: { code: event.data.code, stage: event.data.stage, at: event.at },
        notes: event.data.textId === undefined ? state.notes : withNote(state, event.data.textId, event),
      };
    case 'OrderHeld': {
      const { hold, step, cause, said } = event.data;
      const others = state.holds.filter((held) => held.hold !== hold);
      return {
        ...state,
        holds: [...others, { hold, step, cause, since: event.at, ...(said === undefined ? {} : { said }) }],
      };
    }
    case 'HoldReleased':
      return { ...state, holds: state.holds.filter((held) => held.hold !== event.data.hold) };
    case 'OrderClosed':
      return { ...state, closed: { outcome: event.data.outcome, version: event.version, at: event.at } };
    default:
      return assertNever(event);
  }
};

const withNote = (
  state: OrderState,
  textId: string,
  event: { readonly at: string; readonly actor: string },
) => [...state.notes, { textId, at: event.at, actor: event.actor }];

/** Whether this very hold stands. */
export const isHeld = (state: OrderState, hold: string): boolean =>
  state.holds.some((held) => held.hold === hold);
