import { differences } from '../activation/wanted.ts';
import { releaseForUndo } from '../order/decide.ts';
import type { NewEvent } from '../process/events.ts';
import { mustBeGoing, mustBeIn, mustExist } from '../process/legal.ts';
import type { OrderProcess } from '../process/process.ts';
import type { Policy } from '../rules/policy.ts';
import { REVISIT_CODES, type ReturnCode, type RevisitCode } from '../rules/reason-codes.ts';
import { Refusal } from '../rules/refusal.ts';
import type { AgreedVisit } from '../scheduling/state.ts';
import type { Evidence } from './events.ts';
import { visitNumber, visitsThatCount } from './state.ts';

/** Holds of a visit that failed for a reason the desk cannot mend. */
const VISIT_HOLD = 'FieldVisit';
const VISITS_MAX_CAUSE = 'VISITS_MAX';

/** When it happened (UTC ISO), and the vault id of what the technician wrote. */
export type FieldReport = { readonly occurredAt: string; readonly textId?: string };

const agreedVisit = (process: OrderProcess, command: string): AgreedVisit => {
  mustBeGoing(process, command);
  const { visit } = process.scheduling;
  if (visit === null) throw new Refusal('NO_VISIT', { orderId: process.orderId, stage: process.stage });
  return visit;
};

/** What must be on the log before a result is: it may be missing when the technician was early, late or offline. */
const missingSteps = (process: OrderProcess, visit: AgreedVisit, occurredAt: string): readonly NewEvent[] => {
  const { technicianId } = visit;
  const { dispatched, started } = process.fieldwork;
  return [
    ...(dispatched === null ? [{ type: 'FieldWorkDispatched', data: { technicianId } } as const] : []),
    ...(started === null ? [{ type: 'FieldWorkStarted', data: { technicianId, occurredAt } } as const] : []),
  ];
};

/** The technician is on site. Starting again is "already so". */
export const startFieldWork = (process: OrderProcess, { occurredAt }: FieldReport): readonly NewEvent[] => {
  const visit = agreedVisit(process, 'field start');
  if (process.fieldwork.started !== null) return [];
  mustBeIn(process, 'field start', ['scheduled', 'dispatched']);
  return missingSteps(process, visit, occurredAt);
};

/** The point of no return: refused while the network is not as the order wants it. */
export const completeFieldWork = (
  process: OrderProcess,
  result: Evidence,
  report: FieldReport,
): readonly NewEvent[] => {
  mustExist(process);
  if (process.fieldwork.completed !== null) return [];
  const visit = agreedVisit(process, 'field complete');
  const services = differences(process);
  if (services.length > 0) {
    throw new Refusal('NETWORK_NOT_AS_WANTED', { orderId: process.orderId, services });
  }
  if (process.scheduling.move !== null) throw new Refusal('MOVE_RUNNING', { orderId: process.orderId });
  const { technicianId } = visit;
  return [
    ...missingSteps(process, visit, report.occurredAt),
    {
      type: 'FieldWorkCompleted',
      data: { result, technicianId, visit: visitNumber(process.fieldwork), ...reported(report) },
    },
  ];
};

/** The return: final. The activation is reverted because of it. */
export const failFieldWork = (
  process: OrderProcess,
  code: ReturnCode,
  report: FieldReport,
): readonly NewEvent[] => {
  mustExist(process);
  if (process.fieldwork.failed !== null) return [];
  const visit = agreedVisit(process, 'field return');
  const { technicianId } = visit;
  return [
    ...missingSteps(process, visit, report.occurredAt),
    {
      type: 'FieldWorkFailed',
      data: { code, visit: visitNumber(process.fieldwork), technicianId, ...reported(report) },
    },
    ...releaseForUndo(process),
  ];
};

/** The visit failed, another one makes sense: nothing is reverted. */
export const recordRevisit = (
  process: OrderProcess,
  code: RevisitCode,
  report: FieldReport,
  policy: Policy,
): readonly NewEvent[] => {
  const visit = agreedVisit(process, 'field revisit');
  if (process.scheduling.move !== null) throw new Refusal('MOVE_RUNNING', { orderId: process.orderId });
  const { technicianId } = visit;
  const number = visitNumber(process.fieldwork);
  const { to, counts } = REVISIT_CODES[code];
  const counted = visitsThatCount(process.fieldwork) + (counts ? 1 : 0);
  const cause = to === 'held' ? code : counts && counted >= policy.visits.max ? VISITS_MAX_CAUSE : null;
  return [
    ...missingSteps(process, visit, report.occurredAt),
    { type: 'VisitNotDone', data: { code, visit: number, technicianId, ...reported(report) } },
    ...(cause === null
      ? []
      : [{ type: 'OrderHeld', data: { hold: VISIT_HOLD, step: VISIT_HOLD, cause } } as const]),
  ];
};

/** Corrects what was typed of a completed visit. Nothing different is "already so". */
export const correctResult = (
  process: OrderProcess,
  corrected: Partial<Evidence>,
  { occurredAt }: FieldReport,
): readonly NewEvent[] => {
  mustExist(process);
  const { completed } = process.fieldwork;
  if (completed === null) {
    throw new Refusal('ILLEGAL_IN_STAGE', {
      orderId: process.orderId,
      command: 'field correct',
      stage: process.stage,
      allowed: ['completed'],
    });
  }
  const fields = Object.entries(corrected).filter(
    ([name, value]) => JSON.stringify(completed.result[name as keyof Evidence]) !== JSON.stringify(value),
  );
  if (fields.length === 0) return [];
  return [{ type: 'FieldResultCorrected', data: { corrected: Object.fromEntries(fields), occurredAt } }];
};

const reported = ({ occurredAt, textId }: FieldReport) => ({
  occurredAt,
  ...(textId === undefined ? {} : { textId }),
});
