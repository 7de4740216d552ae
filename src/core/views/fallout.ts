import { lastRequest } from '../activation/requests.ts';
import type { Proof } from '../activation/service-state.ts';
import { wantedKeys } from '../activation/wanted.ts';
import type { Cause } from '../codes/cause.ts';
import type { Hold } from '../order/state.ts';
import type { OrderView } from '../ports/order-view.ts';
import type { WorkRow } from '../ports/work.ts';
import type { OrderProcess } from '../process/process.ts';
import { LANES, type Lane } from '../rules/lanes.ts';
import type { Late } from '../rules/late.ts';
import { isOrderWide } from '../rules/step.ts';
import { LOST_APPOINTMENT_HOLD } from '../scheduling/lost-appointment.ts';
import { iso, ms } from '../time/iso.ts';
import { type FlatLines, onlyLines } from '../values/lines.ts';
import { orderView } from './project.ts';

/** Steps that may need a person. */
export const HOLD_STEPS = [
  'ActivateService',
  'CheckService',
  'RevertService',
  'LostService',
  'RequestScheduling',
  'ScheduleVisit',
  'CallCustomer',
  'CheckCall',
  'CancelSchedule',
  'CloseAppointment',
  'LostAppointment',
  'FieldVisit',
] as const;

/** What a person may do about a hold, besides cancelling the order. */
export type HoldAction = 'retry' | 'done' | 'cancel' | 'assign' | 'waive';

/** `oss.fallout/1`: one hold of one order. Times are UTC ISO 8601. */
export type FalloutItem = {
  readonly orderId: string;
  readonly stage: OrderView['stage'];
  readonly hold: string;
  readonly step: string;
  /** Service within the order, e.g. `internet.hsi#2`; null: the hold is not about one. */
  readonly service: string | null;
  readonly cause: string;
  readonly since: string;
  /** Of the order in its stage, as in every list. */
  readonly late: Late | null;
  readonly area: string | null;
  readonly priority: OrderView['priority'];
  readonly version: number;
};

/** `ActivateService:ORD-000042/internet.hsi#2/1` -> the service key; null: the hold is not about a service. */
export const serviceKeyOf = ({ hold, step }: Pick<Hold, 'hold' | 'step'>): string | null =>
  isOrderWide(step) || hold.length <= step.length ? null : hold.slice(step.length + 1);

/** `ORD-000042/internet.hsi#2/1` -> `internet.hsi#2` */
export const serviceNameOf = (key: string | null): string | null => key?.split('/')[1] ?? null;

export const falloutItems = (view: OrderView, late: Late | null): readonly FalloutItem[] =>
  view.holds.map(({ hold, step, cause, since }) => ({
    orderId: view.orderId,
    stage: view.stage,
    hold,
    step,
    service: serviceNameOf(serviceKeyOf({ hold, step })),
    cause,
    since,
    late,
    area: view.area,
    priority: view.priority,
    version: view.version,
  }));

/** `oss.fallout-order/1`: the holds of one order with what is known of each. */
export type FalloutOrder = FlatLines & {
  readonly orderId: string;
  readonly stage: OrderView['stage'];
  readonly priority: OrderView['priority'];
  readonly area: string | null;
  readonly holds: readonly (Pick<FalloutItem, 'hold' | 'step' | 'service' | 'cause' | 'since'> & {
    /** What the peer said last; null: nothing that the cause does not say. */
    readonly said: Cause | null;
    /** null: the hold is not about a service. */
    readonly wanted: boolean | null;
    readonly proof: Proof | null;
    readonly neId: string | null;
    /** NE ids of further live services of the same key. */
    readonly duplicates: readonly string[];
    /** How often it was requested. */
    readonly tries: number;
    /** Where it was requested last. */
    readonly peer: string | null;
    readonly actions: readonly HoldAction[];
  })[];
  /** What the order still has to do, by lane; lanes without work are absent. */
  readonly work: readonly {
    readonly lane: Lane;
    readonly due: string | null;
    readonly tries: number;
    readonly error: Cause | null;
  }[];
  readonly version: number;
  readonly simulated: boolean;
};

/** Holds of the order as a whole that a person's word ends. */
export const DONE_BY_WORD: ReadonlySet<string> = new Set(['FieldVisit', LOST_APPOINTMENT_HOLD]);

/** Holds of what may stay without proof for ever. */
const TO_WAIVE: ReadonlySet<string> = new Set([
  'CheckService',
  'RevertService',
  'CancelSchedule',
  'CloseAppointment',
]);

const actionsOf = (process: OrderProcess, { step }: Hold): readonly HoldAction[] => {
  const mayCancel = process.order.cancelled === null && process.fieldwork.failed === null;
  const cancel: readonly HoldAction[] = mayCancel && process.fieldwork.completed === null ? ['cancel'] : [];
  if (step === 'ScheduleVisit') return ['assign', ...cancel];
  const done: readonly HoldAction[] = !isOrderWide(step) || DONE_BY_WORD.has(step) ? ['done'] : [];
  const isOver = !mayCancel || process.fieldwork.completed !== null;
  const waive: readonly HoldAction[] = isOver && TO_WAIVE.has(step) ? ['waive'] : [];
  return ['retry', ...done, ...cancel, ...waive];
};

export const falloutOrder = (
  process: OrderProcess,
  { work, simulated }: { readonly work: WorkRow | null; readonly simulated: boolean },
): FalloutOrder => {
  const view = orderView(process);
  const { orderId, stage, priority, area, version } = view;
  const wanted = wantedKeys(process);
  return {
    orderId,
    stage,
    priority,
    area,
    ...onlyLines(view),
    holds: process.order.holds.map((hold) => {
      const key = serviceKeyOf(hold);
      const service = key === null ? undefined : process.activation.services.get(key);
      return {
        hold: hold.hold,
        step: hold.step,
        service: serviceNameOf(key),
        cause: hold.cause,
        said: hold.said ?? null,
        since: hold.since,
        wanted: key === null ? null : wanted.has(key),
        proof: service?.proof ?? null,
        neId: service?.neId ?? null,
        duplicates: service?.duplicates ?? [],
        tries: service?.tries ?? 0,
        peer: (service && lastRequest(service)?.peer) ?? service?.revert?.peer ?? null,
        actions: actionsOf(process, hold),
      };
    }),
    work: LANES.flatMap((lane) => {
      const row = work?.lanes[lane];
      if (row === undefined || (row.due === null && row.error === null)) return [];
      // What is due at once is due since the order was changed last.
      const due = row.due === null ? null : iso(Math.max(row.due, ms(process.updatedAt)));
      return [{ lane, due, tries: row.tries, error: row.error }];
    }),
    version,
    simulated,
  };
};
