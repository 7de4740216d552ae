import type { ActivationEvent } from '../activation/events.ts';
import { type ActivationState, evolveActivation, NO_ACTIVATION, retryService } from '../activation/state.ts';
import type { OwnHoldCause } from '../codes/hold-cause.ts';
import type { FieldworkEvent } from '../fieldwork/events.ts';
import { evolveFieldwork, type FieldworkState, NO_FIELDWORK } from '../fieldwork/state.ts';
import type { OrderEvent } from '../order/events.ts';
import { evolveOrder, isHeld, NO_ORDER, type OrderState } from '../order/state.ts';
import { REVISIT_CODES } from '../rules/reason-codes.ts';
import { Refusal } from '../rules/refusal.ts';
import type { OrderOutcome, Stage } from '../rules/stage.ts';
import { holdOf } from '../rules/step.ts';
import type { SchedulingEvent } from '../scheduling/events.ts';
import { callRetried, contactChanged, visitEnded, visitVouched } from '../scheduling/from-outside.ts';
import { LOST_APPOINTMENT_HOLD } from '../scheduling/lost-appointment.ts';
import { evolveScheduling, NO_SCHEDULING, type SchedulingState } from '../scheduling/state.ts';
import { CONTEXT_OF } from './context-of.ts';
import type { Envelope } from './events.ts';

/** The whole order: the four contexts' states folded from one stream. */
export type OrderProcess = {
  readonly orderId: string;
  /** Version of the last event; 0: no such order. */
  readonly version: number;
  readonly order: OrderState;
  readonly activation: ActivationState;
  readonly scheduling: SchedulingState;
  readonly fieldwork: FieldworkState;
  readonly stage: Stage;
  readonly stageSince: string;
  readonly updatedAt: string;
};

/** An order that is not placed yet. */
export const newProcess = (orderId: string): OrderProcess => ({
  orderId,
  version: 0,
  order: NO_ORDER,
  activation: NO_ACTIVATION,
  scheduling: NO_SCHEDULING,
  fieldwork: NO_FIELDWORK,
  stage: 'placed',
  stageSince: '',
  updatedAt: '',
});

/** The states of the four contexts. */
type Contexts = Pick<OrderProcess, 'order' | 'activation' | 'scheduling' | 'fieldwork'>;

const evolveContexts = (
  { order, activation, scheduling, fieldwork }: Contexts,
  event: Envelope,
): Contexts => {
  switch (CONTEXT_OF[event.type]) {
    case 'order':
      return { order: evolveOrder(order, event as Envelope<OrderEvent>), activation, scheduling, fieldwork };
    case 'activation': {
      const evolved = evolveActivation(activation, event as Envelope<ActivationEvent>);
      return { order, activation: evolved, scheduling, fieldwork };
    }
    case 'scheduling': {
      const evolved = evolveScheduling(scheduling, event as Envelope<SchedulingEvent>);
      return { order, activation, scheduling: evolved, fieldwork };
    }
    case 'fieldwork': {
      const evolved = evolveFieldwork(fieldwork, event as Envelope<FieldworkEvent>);
      return { order, activation, scheduling, fieldwork: evolved };
    }
  }
};

/**
 * A refused service is off again, and the next request carries a new suffix, when a person says so (rule 7), or when its
 * hold went because it was not wanted. One that was refused while it was not wanted has no hold: the amendment that may
 * want it requests it again.
 */
const evolveRetried = ({ activation, order }: Contexts, event: Envelope): ActivationState => {
  if (event.type === 'HoldReleased') {
    const { action, hold } = event.data;
    return action === 'done' || action === 'waived' ? activation : retryService(activation, hold);
  }
  if (event.type !== 'OrderAmended') return activation;
  return [...activation.services.keys()]
    .map((key) => holdOf('ActivateService', key))
    .filter((hold) => !isHeld(order, hold))
    .reduce(retryService, activation);
};

/** Why a hold wants a person to call again, where the desk cannot say what came of the call before. */
const UNTOLD: ReadonlySet<string> = new Set<OwnHoldCause>(['CALL_NEVER_ENDS', 'NO_LOOKUP']);

/** What a fact of another context means for the schedule. `before`: the order as it was. */
const evolveSchedule = (
  scheduling: SchedulingState,
  event: Envelope,
  before: OrderState,
): SchedulingState => {
  switch (event.type) {
    case 'VisitNotDone': {
      const pendingSince = REVISIT_CODES[event.data.code].to === 'customer-pending' ? event.at : null;
      return visitEnded(scheduling, { as: 'failed', pendingSince, version: event.version });
    }
    case 'FieldWorkCompleted':
      return visitEnded(scheduling, { as: 'completed', pendingSince: null, version: event.version });
    case 'ContactChanged':
      return contactChanged(scheduling);
    case 'HoldReleased': {
      const { hold, action } = event.data;
      if (hold === holdOf('CallCustomer', null)) {
        const isUntold = before.holds.some((one) => one.hold === hold && UNTOLD.has(one.cause));
        return callRetried(scheduling, { isUntold });
      }
      return hold === LOST_APPOINTMENT_HOLD && action === 'done' ? visitVouched(scheduling) : scheduling;
    }
    default:
      return scheduling;
  }
};

/** Adds one event. Total over every event of every context. */
export const evolve = (state: OrderProcess, event: Envelope): OrderProcess => {
  const evolved = evolveContexts(state, event);
  const { order, fieldwork } = evolved;
  const scheduling = evolveSchedule(evolved.scheduling, event, state.order);
  const activation = evolveRetried(evolved, event);
  const stage = stageOf({ order, activation, scheduling, fieldwork });
  return {
    orderId: state.orderId,
    version: event.version,
    order,
    activation,
    scheduling,
    fieldwork,
    stage,
    stageSince: stage === state.stage && state.version > 0 ? state.stageSince : event.at,
    updatedAt: event.at,
  };
};

const evolveOrRefuse = (state: OrderProcess, event: Envelope): OrderProcess => {
  try {
    return evolve(state, event);
  } catch {
    const { orderId, version } = event;
    throw new Refusal('ORDER_UNREADABLE', { orderId, version, problem: 'no-order' });
  }
};

/**
 * Adds events to a known state, in their order. Refused (ORDER_UNREADABLE) where the content of one is not what its type
 * says, which only a change past this program can have made.
 */
export const fold = (state: OrderProcess, events: readonly Envelope[]): OrderProcess =>
  events.reduce(evolveOrRefuse, state);

/** The order as its whole stream says. */
export const processOf = (orderId: string, events: readonly Envelope[]): OrderProcess =>
  fold(newProcess(orderId), events);

/** The first final intent, which excludes the others (rule 1). */
export const finalIntent = (process: OrderProcess): OrderOutcome | null => {
  if (process.order.cancelled !== null) return 'cancelled';
  if (process.fieldwork.failed !== null) return 'returned';
  return process.fieldwork.completed === null ? null : 'completed';
};

/** No final intent yet. */
export const isGoing = (process: OrderProcess): boolean =>
  process.version > 0 && finalIntent(process) === null;

/** OrderCancelled or FieldWorkFailed is on the log. */
export const isUndoing = (process: OrderProcess): boolean =>
  process.order.cancelled !== null || process.fieldwork.failed !== null;

/** Closed, and nothing was learnt since that reopens it. */
export const isClosed = ({
  order,
  activation,
  scheduling,
}: Pick<OrderProcess, 'order' | 'activation' | 'scheduling'>): boolean =>
  order.closed !== null && order.closed.version > Math.max(activation.factVersion, scheduling.factVersion);

/** The table "Stage, and what each reader sees": the first line that fits. */
const stageOf = (contexts: Contexts): Stage => {
  const { order, activation, scheduling, fieldwork } = contexts;
  if (order.cancelled !== null) return isClosed(contexts) ? 'cancelled' : 'cancelling';
  if (fieldwork.failed !== null) return isClosed(contexts) ? 'returned' : 'returning';
  if (fieldwork.completed !== null) return 'completed';
  if (order.holds.length > 0) return 'held';
  if (fieldwork.started !== null) return 'on-site';
  if (fieldwork.dispatched !== null) return 'dispatched';
  if (scheduling.visit !== null) return 'scheduled';
  if (scheduling.pending !== null) return 'customer-pending';
  if (activation.completed !== null) return 'tm-queue';
  return activation.services.size > 0 ? 'activating' : 'placed';
};
