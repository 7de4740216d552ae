import { isClosed, type OrderProcess } from '../process/process.ts';
import type { Policy } from '../rules/policy.ts';
import type { Step, StepName } from '../rules/step.ts';
import { nextSteps } from '../saga/saga.ts';
import { iso } from '../time/iso.ts';

export type Waiter = 'network' | 'desk' | 'customer' | 'technician' | 'us' | 'nobody';

/** Whom an order waits for. `what` is a step or a code that the face words; `nextAt` is UTC ISO, null: not known. */
export type WaitingFor = {
  readonly who: Waiter;
  readonly what: string;
  readonly since: string;
  readonly nextAt: string | null;
};

/** Who has the next move when a step is needed now or soon. */
const WAITS_FOR: Record<StepName, Waiter> = {
  InitiateActivation: 'network',
  CheckService: 'network',
  ActivateService: 'network',
  RevertService: 'network',
  RequestScheduling: 'desk',
  ProposeVisit: 'us',
  ReleaseVisit: 'us',
  CallCustomer: 'desk',
  CheckCall: 'customer',
  MoveVisit: 'desk',
  CheckVisit: 'desk',
  DispatchFieldWork: 'technician',
  RecallFieldWork: 'us',
  CancelSchedule: 'desk',
  CloseAppointment: 'desk',
  ConfirmUndo: 'network',
  CloseOrder: 'us',
};

/** Steps that are a matter of the clock, not of a person or a peer that the order waits for. */
const HOUSEKEEPING: ReadonlySet<StepName> = new Set<StepName>([
  'ReleaseVisit',
  'CheckVisit',
  'DispatchFieldWork',
  'CloseOrder',
]);

/** We ask the desk for new offers when its offers run out; until then the order waits for a person to choose one. */
const isHousekeeping = ({ name }: Step, { scheduling }: OrderProcess): boolean =>
  HOUSEKEEPING.has(name) || (name === 'RequestScheduling' && scheduling.task !== null);

/**
 * Derived from what the order needs next, never stored. `dueAt` (epoch ms by lane) knows of backoffs that the log does
 * not; without it the step's own not-before counts.
 */
export const waitingFor = (
  process: OrderProcess,
  policy: Policy,
  dueAt: Readonly<Partial<Record<Step['lane'], number | null>>> = {},
): WaitingFor => {
  const { stageSince: since, order, scheduling } = process;
  if (isClosed(process)) return { who: 'nobody', what: 'closed', since, nextAt: null };
  const [hold] = order.holds;
  if (hold !== undefined) return { who: 'us', what: hold.cause, since: hold.since, nextAt: null };
  const steps = nextSteps(process, policy).filter((step) => !isHousekeeping(step, process));
  const [step] = steps;
  if (step !== undefined) {
    const at = Math.max(step.notBefore, dueAt[step.lane] ?? 0);
    return { who: WAITS_FOR[step.name], what: step.name, since, nextAt: at === 0 ? null : iso(at) };
  }
  if (scheduling.visit !== null) {
    const nextAt = scheduling.visit.slot.start;
    return { who: 'technician', what: 'visit', since: scheduling.visit.at, nextAt };
  }
  if (scheduling.pending !== null) {
    return { who: 'customer', what: 'contact', since: scheduling.pending.since, nextAt: null };
  }
  return { who: 'us', what: 'assign', since, nextAt: scheduling.callback };
};
