import type { Cause } from '../../codes/cause.ts';
import type { StepWait } from '../../ports/work.ts';
import type { Step } from '../../rules/step.ts';
import type { Retry } from '../../saga/steps/kinds.ts';

/** How a step went; null: well, or the worker must not try it again. */
export type SettledStep = { readonly step: Step; readonly retry: Retry | null };

const isOf =
  ({ name, subject }: Pick<Step, 'name' | 'subject'>) =>
  (wait: StepWait): boolean =>
    wait.step === name && wait.subject === subject;

export const waitOf = (waits: readonly StepWait[], step: Step): StepWait | undefined =>
  waits.find(isOf(step));

/** Two causes that differ by figures alone (a number of milliseconds, an id) are one reason. */
const reasonOf = (cause: Cause): string => JSON.stringify(cause).replace(/\d+/g, '#');

/** How often in a row a step has failed for this reason, with this time. */
export const sameReason = (wait: StepWait | undefined, cause: Cause): number =>
  1 + (wait !== undefined && reasonOf(wait.error) === reasonOf(cause) ? wait.same : 0);

type NextWaits = {
  readonly previous: readonly StepWait[];
  /** What the order asks for now: a step that it does not ask for waits no longer. */
  readonly steps: readonly Step[];
  readonly settled: SettledStep | undefined;
  /** When a step that failed so often comes again. */
  readonly retryAt: (step: Step, retry: Retry, tries: number) => number;
};

/** The steps that wait alone after one more was settled. */
export const nextWaits = ({ previous, steps, settled, retryAt }: NextWaits): readonly StepWait[] => {
  if (previous.length === 0 && settled?.retry?.alone !== true) return previous;
  const kept = previous.filter(
    (wait) => steps.some((step) => isOf(step)(wait)) && (settled === undefined || !isOf(settled.step)(wait)),
  );
  if (settled === undefined) return kept;
  const { step, retry } = settled;
  const before = waitOf(previous, step);
  // A lane that waits as a whole says nothing of the step: what it had failed before stays.
  if (retry !== null && retry.alone !== true) return before === undefined ? kept : [...kept, before];
  if (retry === null || !steps.some((one) => one.name === step.name && one.subject === step.subject))
    return kept;
  const tries = (before?.tries ?? 0) + (retry.burn ? 1 : 0);
  const same = retry.burn ? sameReason(before, retry.cause) : (before?.same ?? 0);
  const wait: StepWait = {
    step: step.name,
    subject: step.subject,
    lane: step.lane,
    retryAt: retryAt(step, retry, tries),
    tries,
    same,
    error: retry.cause,
  };
  return [...kept, wait];
};

/** Whether two lists say the same. */
export const isSameWaits = (a: readonly StepWait[], b: readonly StepWait[]): boolean =>
  a === b || (a.length === b.length && (a.length === 0 || JSON.stringify(a) === JSON.stringify(b)));
