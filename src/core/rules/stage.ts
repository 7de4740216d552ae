/** How far an order is. The order of this list is the order of columns and counts. */
export const STAGES = [
  'placed',
  'activating',
  'held',
  'tm-queue',
  'customer-pending',
  'scheduled',
  'dispatched',
  'on-site',
  'completed',
  'returning',
  'returned',
  'cancelling',
  'cancelled',
] as const;

export type Stage = (typeof STAGES)[number];

/** How an order ends. */
export type OrderOutcome = 'completed' | 'returned' | 'cancelled';

/** MyPage's milestones, in the reference system's names. */
export type Milestone =
  | 'OrderPlaced'
  | 'ActivationCompleted'
  | 'Scheduled'
  | 'FieldWorkCompleted'
  | 'FieldWorkFailed'
  | 'OrderCancelled';

/** TMF641 ServiceOrder states. */
export type TmfState =
  | 'acknowledged'
  | 'inProgress'
  | 'held'
  | 'pending'
  | 'completed'
  | 'failed'
  | 'pendingCancellation'
  | 'cancelled';

/** The stages of an order that goes well, in their order. */
const ROAD: readonly Stage[] = [
  'placed',
  'activating',
  'tm-queue',
  'scheduled',
  'dispatched',
  'on-site',
  'completed',
];

/** Whether an order in `stage` is at `wanted` or, on the good road, beyond it. */
export const isStageReached = (stage: Stage, wanted: Stage): boolean =>
  stage === wanted || (ROAD.includes(wanted) && ROAD.indexOf(stage) > ROAD.indexOf(wanted));
