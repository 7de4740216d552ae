import type { Lane } from './lanes.ts';
import { LOST_SERVICE_STEP } from './lost-service.ts';

/** Every step of the saga, in the words of the policy table. */
export type StepName =
  | 'InitiateActivation'
  | 'CheckService'
  | 'ActivateService'
  | 'RevertService'
  | 'RequestScheduling'
  | 'ProposeVisit'
  | 'ReleaseVisit'
  | 'CallCustomer'
  | 'CheckCall'
  | 'MoveVisit'
  | 'CheckVisit'
  | 'DispatchFieldWork'
  | 'RecallFieldWork'
  | 'CancelSchedule'
  | 'CloseAppointment'
  | 'ConfirmUndo'
  | 'CloseOrder';

/** Something that an order needs. It is stored nowhere: each question derives it from the order's state. */
export type Step = {
  readonly name: StepName;
  readonly lane: Lane;
  /** Epoch ms before which it must not run; 0: at once. */
  readonly notBefore: number;
  /** Epoch ms of the event that `notBefore` counts from; absent: it does not count from one. */
  readonly from?: number;
  /** The step of a peer that goes first: this one goes when that has failed, however late it is by then. */
  readonly givesWayTo?: StepName;
  /** Service key, call key or appointment id that it is about; null: the order as a whole. */
  readonly subject: string | null;
};

/**
 * Epoch ms from which the step may run. An event of a time that is still to come was written by a clock that was ahead and
 * has been put right since: what counts from it would let the order wait for hours, so the step is due at once. No safety
 * rests on that: what must not be believed early is measured on a clock that no step moves.
 */
export const dueAt = ({ notBefore, from = 0 }: Step, now: number): number => (from > now ? 0 : notBefore);

/** A local step that may come to nothing now (no technician is free, say), and that the worker tries again later. */
export const mayComeToNothing = (step: StepName): boolean => step === 'ProposeVisit';

/** Id of the hold that a step leaves behind when a person is needed. */
export const holdOf = (step: StepName, subject: string | null): string =>
  subject === null ? step : `${step}:${subject}`;

/** Steps whose holds concern one service only, so that the rest of the order goes on. */
const SERVICE_STEPS: ReadonlySet<string> = new Set<StepName | typeof LOST_SERVICE_STEP>([
  'CheckService',
  'ActivateService',
  'RevertService',
  LOST_SERVICE_STEP,
]);

/** A hold of the whole order: nothing new is begun at the desk while one exists. */
export const isOrderWide = (step: string): boolean => !SERVICE_STEPS.has(step);
