import { differences } from '../activation/wanted.ts';
import { isLateEntry } from '../fieldwork/late-entry.ts';
import { visitNumber } from '../fieldwork/state.ts';
import type { PartOfDay, Priority } from '../order/events.ts';
import type { OrderView } from '../ports/order-view.ts';
import type { OrderProcess } from '../process/process.ts';
import type { RevisitCode } from '../rules/reason-codes.ts';
import type { Stage } from '../rules/stage.ts';
import { type FlatLines, onlyLines } from '../values/lines.ts';
import { notesOf, type OrderDetails } from './order-details.ts';
import type { Shown } from './personal.ts';
import { orderView } from './project.ts';

export type VisitCustomer = OrderDetails['customer'];

/** `oss.visits/1`: a visit of a technician's day. Times are UTC ISO 8601. */
export type VisitSummary = Pick<
  OrderView,
  'orderId' | 'stage' | 'area' | keyof FlatLines | 'equipmentId' | 'priority' | 'version'
> & {
  readonly start: string;
  readonly end: string;
  readonly technicianId: string;
  readonly customer: VisitCustomer;
  /** Agreed for a day before, and no result was reported. */
  readonly overdue: boolean;
  /** When it will begin, because the technician runs late; null: as agreed, or it has begun. */
  readonly expectedStart: string | null;
};

/** `oss.visit/1`: all that the technician at the door needs. Times are UTC ISO 8601. */
export type FieldVisit = FlatLines & {
  readonly orderId: string;
  readonly stage: Stage;
  /** Number of the visit that is next or going on, from 1. */
  readonly number: number;
  readonly visit: OrderView['visit'];
  /** When the technician came; null: not yet. */
  readonly startedAt: string | null;
  readonly priority: Priority;
  readonly customer: VisitCustomer;
  readonly prefer: PartOfDay | null;
  readonly area: string | null;
  readonly equipmentId: string | null;
  /** Services that are not as the order wants them: it cannot be completed while there are any. */
  readonly notReady: readonly string[];
  /** What was written about the order; texts of earlier visits are there. */
  readonly notes: OrderDetails['notes'];
  /** Visits that ended without a result, oldest first. */
  readonly earlier: readonly {
    readonly number: number;
    readonly code: RevisitCode;
    readonly technicianId: string;
    readonly at: string;
    readonly text: Shown | null;
  }[];
  readonly result: OrderDetails['result'];
  readonly returnCode: string | null;
  readonly version: number;
  readonly simulated: boolean;
};

/** Vault ids of every text that the visit shows. */
export const visitTextIds = (process: OrderProcess): readonly string[] => [
  ...notesOf(process).map(({ textId }) => textId),
  ...(process.fieldwork.completed === null ? [] : [process.fieldwork.completed.result.signerTextId]),
];

export const fieldVisit = (
  process: OrderProcess,
  {
    customer,
    texts,
    simulated,
  }: {
    readonly customer: VisitCustomer;
    readonly texts: ReadonlyMap<string, Shown>;
    readonly simulated: boolean;
  },
): FieldVisit => {
  const { fieldwork } = process;
  const view = orderView(process);
  const { completed } = fieldwork;
  const textOf = (textId: string | null): Shown | null =>
    textId === null ? null : (texts.get(textId) ?? null);
  return {
    orderId: view.orderId,
    stage: view.stage,
    number: visitNumber(fieldwork),
    visit: view.visit,
    startedAt: fieldwork.started?.occurredAt ?? null,
    priority: view.priority,
    customer,
    prefer: view.wishes.prefer ?? null,
    area: view.area,
    ...onlyLines(view),
    equipmentId: view.equipmentId,
    notReady: completed === null && fieldwork.failed === null ? differences(process) : [],
    notes: notesOf(process)
      .filter(({ textId }) => !fieldwork.notDone.some((visit) => visit.textId === textId))
      .map(({ at, actor, textId }) => ({ at, actor, text: textOf(textId) })),
    earlier: fieldwork.notDone.map(({ code, technicianId, occurredAt, textId }, i) => ({
      number: i + 1,
      code,
      technicianId,
      at: occurredAt,
      text: textOf(textId),
    })),
    result: completed && {
      ontSerial: completed.result.ontSerial,
      rxPowerDbm: completed.result.rxPowerDbm,
      stbSerials: completed.result.stbSerials,
      signedBy: textOf(completed.result.signerTextId),
      occurredAt: completed.occurredAt,
      enteredLate: isLateEntry(completed.occurredAt, completed.at),
    },
    returnCode: view.returnCode,
    version: view.version,
    simulated,
  };
};
