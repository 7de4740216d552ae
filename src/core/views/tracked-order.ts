import type { Envelope } from '../process/events.ts';
import { REVISIT_CODES } from '../rules/reason-codes.ts';
import type { Stage } from '../rules/stage.ts';
import { isNotToBeCalled } from '../scheduling/state.ts';
import { ms } from '../time/iso.ts';
import { assertNever } from '../values/assert-never.ts';

/**
 * The little of an order that the report needs while it is open: its stage, and how long its customer could not be
 * reached. It says the same stage as `process.ts` (a test holds them together) in a fraction of the memory, and is
 * changed in place: a report folds millions of events. Times are epoch ms.
 */
export type TrackedOrder = {
  readonly placedAt: number;
  planned: boolean;
  activated: boolean;
  scheduled: boolean;
  dispatched: boolean;
  onSite: boolean;
  cancelled: boolean;
  returned: boolean;
  completed: boolean;
  holds: readonly string[];
  pendingSince: number | null;
  /** Of the times in customer-pending that are over. */
  pendingMs: number;
  factVersion: number;
  closedVersion: number;
  stage: Stage;
  stageSince: number;
};

const NO_HOLDS: readonly string[] = [];

export const trackedOrder = (placedAt: number): TrackedOrder => ({
  placedAt,
  planned: false,
  activated: false,
  scheduled: false,
  dispatched: false,
  onSite: false,
  cancelled: false,
  returned: false,
  completed: false,
  holds: NO_HOLDS,
  pendingSince: null,
  pendingMs: 0,
  factVersion: 0,
  closedVersion: 0,
  stage: 'placed',
  stageSince: placedAt,
});

export const isClosed = (order: TrackedOrder): boolean => order.closedVersion > order.factVersion;

const stageOf = (order: TrackedOrder): Stage => {
  if (order.cancelled) return isClosed(order) ? 'cancelled' : 'cancelling';
  if (order.returned) return isClosed(order) ? 'returned' : 'returning';
  if (order.completed) return 'completed';
  if (order.holds.length > 0) return 'held';
  if (order.onSite) return 'on-site';
  if (order.dispatched) return 'dispatched';
  if (order.scheduled) return 'scheduled';
  if (order.pendingSince !== null) return 'customer-pending';
  if (order.activated) return 'tm-queue';
  return order.planned ? 'activating' : 'placed';
};

const endPending = (order: TrackedOrder, event: Envelope): void => {
  if (order.pendingSince === null) return;
  order.pendingMs += ms(event.at) - order.pendingSince;
  order.pendingSince = null;
};

const setPending = (order: TrackedOrder, pending: boolean, event: Envelope): void => {
  if (!pending) endPending(order, event);
  else order.pendingSince ??= ms(event.at);
};

const change = (order: TrackedOrder, event: Envelope): void => {
  switch (event.type) {
    case 'ActivationStarted':
      order.planned ||= event.data.plan.length > 0;
      return;
    case 'HistoryMayBeLost':
      order.planned ||= (event.data.plan ?? []).length > 0;
      if (event.data.asked.length + event.data.maybeGone.length > 0) order.factVersion = event.version;
      return;
    case 'ActivationCompleted':
      order.activated = true;
      return;
    case 'ServiceRequested':
    case 'ServiceActivated':
    case 'ServiceFound':
    case 'ServiceRejected':
    case 'ServiceInDoubt':
    case 'ServiceNotFound':
    case 'ServiceNotSeen':
    case 'ServiceDisowned':
    case 'RevertRequested':
    case 'ServiceReverted':
    case 'DuplicatesReverted':
    case 'RevertRejected':
    case 'ServiceWaived':
    case 'AppointmentFound':
    case 'AppointmentWaived':
    case 'AppointmentClosed':
      order.factVersion = event.version;
      return;
    case 'OrderHeld':
      order.holds = [...order.holds.filter((hold) => hold !== event.data.hold), event.data.hold];
      return;
    case 'HoldReleased':
      order.holds = order.holds.filter((hold) => hold !== event.data.hold);
      return;
    case 'OrderCancelled':
      order.cancelled = true;
      return;
    case 'OrderClosed':
      order.closedVersion = event.version;
      return;
    case 'VisitProposed':
    case 'ContactChanged':
      endPending(order, event);
      return;
    case 'CustomerCalled': {
      const { outcome, slot, nextCallAt } = event.data;
      const agreed = outcome === 'AGREED' && slot !== undefined;
      setPending(order, !agreed && nextCallAt === null, event);
      order.factVersion = event.version;
      return;
    }
    case 'CallNotPlaced':
      if (event.data.nextCallAt !== undefined) setPending(order, event.data.nextCallAt === null, event);
      return;
    case 'Scheduled':
      endPending(order, event);
      order.scheduled = true;
      return;
    case 'ScheduleCancelled':
      endPending(order, event);
      order.scheduled = false;
      order.factVersion = event.version;
      return;
    case 'FieldWorkDispatched':
      order.dispatched = true;
      return;
    case 'FieldWorkStarted':
      order.onSite = true;
      return;
    case 'FieldWorkRecalled':
      order.dispatched = false;
      order.onSite = false;
      return;
    case 'AppointmentMovedByDesk':
      // A technician for the new time follows in the same commit, or a hold.
      order.scheduled = false;
      return;
    case 'AppointmentCancelledByDesk':
      order.scheduled = false;
      setPending(order, isNotToBeCalled(event.data.code), event);
      return;
    case 'VisitNotDone':
      order.dispatched = false;
      order.onSite = false;
      order.scheduled = false;
      setPending(order, REVISIT_CODES[event.data.code].to === 'customer-pending', event);
      order.factVersion = event.version;
      return;
    case 'FieldWorkFailed':
      order.returned = true;
      return;
    case 'FieldWorkCompleted':
      order.completed = true;
      order.factVersion = event.version;
      return;
    case 'OrderPlaced':
    case 'OrderAmended':
    case 'NoteAdded':
    case 'TermsChanged':
    case 'CancellationAssessed':
    case 'ActivationCancelled':
    case 'ActivationReverted':
    case 'SlotSearchStarted':
    case 'SchedulingRequested':
    case 'VisitReleased':
    case 'CallRequested':
    case 'CallInDoubt':
    case 'CallNotSeen':
    case 'MoveRequested':
    case 'MoveRejected':
    case 'VisitRetimed':
    case 'FieldResultCorrected':
      return;
    default:
      assertNever(event);
  }
};

/** Adds one event, in place. */
export const track = (order: TrackedOrder, event: Envelope): void => {
  change(order, event);
  const stage = stageOf(order);
  if (stage === order.stage) return;
  order.stage = stage;
  order.stageSince = ms(event.at);
};
