import type { StepName } from '../rules/step.ts';

/** Steps that talk to a peer: each has the same six places at which the power may go. */
export const REMOTE_STEPS = [
  'ActivateService',
  'CheckService',
  'RevertService',
  'RequestScheduling',
  'CallCustomer',
  'CheckCall',
  'MoveVisit',
  'CheckVisit',
  'CancelSchedule',
  'CloseAppointment',
] as const satisfies readonly StepName[];

/** Around the commit of the intent, around the request, and around the commit of the outcome. */
export const STEP_PLACES = [
  'before-intent',
  'after-intent',
  'before-send',
  'after-send',
  'before-settle',
  'after-settle',
] as const;

/** Around the commit of every write of a process: commands, claims, leases, the journal of a batch. */
export const COMMIT_PLACES = ['commit:before', 'commit:after'] as const;

export type CrashPointName =
  | `${(typeof REMOTE_STEPS)[number]}:${(typeof STEP_PLACES)[number]}`
  | (typeof COMMIT_PLACES)[number];

/** Every named place at which a test may kill the process (OSS_CRASH_POINT). */
export const CRASH_POINTS: readonly CrashPointName[] = [
  ...REMOTE_STEPS.flatMap((step) => STEP_PLACES.map((place) => `${step}:${place}` as const)),
  ...COMMIT_PLACES,
];
