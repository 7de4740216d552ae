import type { Proof } from '../activation/service-state.ts';
import { wantedKeys } from '../activation/wanted.ts';
import type { Evidence } from '../fieldwork/events.ts';
import { isLateEntry } from '../fieldwork/late-entry.ts';
import { visitsThatCount } from '../fieldwork/state.ts';
import type { Priority } from '../order/events.ts';
import type { OrderView } from '../ports/order-view.ts';
import type { WorkRow } from '../ports/work.ts';
import type { Envelope } from '../process/events.ts';
import type { OrderProcess } from '../process/process.ts';
import { unprovenOf } from '../process/waive.ts';
import { type Late, type LateReading, lateOf } from '../rules/late.ts';
import type { Milestone, OrderOutcome, Stage, TmfState } from '../rules/stage.ts';
import { type FlatLines, onlyLines } from '../values/lines.ts';
import type { Shown, ShownContact } from './personal.ts';
import { orderView } from './project.ts';
import { type VisitChoice, visitChoice } from './visit-choice.ts';
import { type WaitingFor, waitingFor } from './waiting-for.ts';

/** `oss.order/1`: everything that a reader may see of one order. Times are UTC ISO 8601. */
export type OrderDetails = FlatLines & {
  readonly orderId: string;
  readonly key: string | null;
  readonly stage: Stage;
  readonly stageSince: string;
  readonly milestone: Milestone;
  readonly tmfState: TmfState;
  readonly waitingFor: WaitingFor;
  readonly late: Late | null;
  readonly priority: Priority;
  readonly customer: { readonly id: string } & ShownContact;
  readonly area: string | null;
  readonly equipmentId: string | null;
  readonly services: readonly {
    readonly key: string;
    readonly spec: string;
    readonly wanted: boolean;
    readonly proof: Proof;
    readonly neId: string | null;
    readonly tries: number;
  }[];
  /** What the order was ended without a proof of, by a person's word: services by name, appointments by the desk's id. */
  readonly unproven: readonly string[];
  readonly calls: OrderView['calls'];
  readonly visit: OrderView['visit'];
  /** Why this technician; null: none is chosen. */
  readonly visitChoice: VisitChoice | null;
  readonly promise: OrderView['promise'];
  readonly visits: number;
  readonly holds: OrderView['holds'];
  readonly cancel: { readonly code: string; readonly at: string } | null;
  readonly result:
    | (Omit<Evidence, 'signerTextId'> & {
        readonly signedBy: Shown | null;
        readonly occurredAt: string;
        readonly enteredLate: boolean;
      })
    | null;
  readonly returnCode: string | null;
  readonly outcome: OrderOutcome | null;
  readonly progress: readonly { readonly milestone: Milestone; readonly at: string }[];
  readonly notes: readonly { readonly at: string; readonly actor: string; readonly text: Shown | null }[];
  readonly placedAt: string;
  readonly updatedAt: string;
  readonly version: number;
  readonly simulated: boolean;
};

const TMF_STATE: Record<Stage, TmfState> = {
  placed: 'acknowledged',
  activating: 'inProgress',
  held: 'held',
  'tm-queue': 'inProgress',
  'customer-pending': 'pending',
  scheduled: 'inProgress',
  dispatched: 'inProgress',
  'on-site': 'inProgress',
  completed: 'completed',
  returning: 'inProgress',
  returned: 'failed',
  cancelling: 'pendingCancellation',
  cancelled: 'cancelled',
};

export const tmfStateOf = (stage: Stage): TmfState => TMF_STATE[stage];

const MILESTONES: ReadonlySet<string> = new Set<Milestone>([
  'OrderPlaced',
  'ActivationCompleted',
  'Scheduled',
  'FieldWorkCompleted',
  'FieldWorkFailed',
  'OrderCancelled',
]);
const isMilestone = (type: string): type is Milestone => MILESTONES.has(type);

/** The milestones that the order passed, first time each. */
export const progressOf = (events: readonly Envelope[]): OrderDetails['progress'] => {
  const passed = new Map<Milestone, string>();
  for (const { type, at } of events) if (isMilestone(type) && !passed.has(type)) passed.set(type, at);
  return [...passed].map(([milestone, at]) => ({ milestone, at }));
};

/** What `orderDetails` is made of besides the order itself. */
export type DetailSources = {
  readonly events: readonly Envelope[];
  readonly contact: ShownContact;
  readonly texts: ReadonlyMap<string, Shown>;
  readonly work: WorkRow | null;
  readonly simulated: boolean;
} & LateReading;

export const orderDetails = (process: OrderProcess, sources: DetailSources): OrderDetails => {
  const { contact, texts, work, policy } = sources;
  const view = orderView(process);
  const wanted = wantedKeys(process);
  const { completed } = process.fieldwork;
  const dueAt =
    work === null ? {} : { local: work.lanes.local.due, ne: work.lanes.ne.due, tm: work.lanes.tm.due };
  const { stage, stageSince } = view;
  return {
    orderId: view.orderId,
    key: view.key,
    stage,
    stageSince,
    milestone: view.milestone,
    tmfState: tmfStateOf(stage),
    waitingFor: waitingFor(process, policy, dueAt),
    late: lateOf(view, sources),
    priority: view.priority,
    customer: { id: view.customerId, ...contact },
    area: view.area,
    ...onlyLines(view),
    equipmentId: view.equipmentId,
    services: [...process.activation.services.values()].map(({ plan, proof, neId, tries }) => ({
      key: plan.key,
      spec: plan.spec,
      wanted: wanted.has(plan.key),
      proof,
      neId,
      tries,
    })),
    unproven: unprovenOf(process),
    calls: view.calls,
    visit: view.visit,
    visitChoice: view.visit === null ? null : visitChoice(sources.events, view.visit),
    promise: view.promise,
    visits: visitsThatCount(process.fieldwork) + (completed === null ? 0 : 1),
    holds: view.holds,
    cancel: process.order.cancelled && { code: process.order.cancelled.code, at: process.order.cancelled.at },
    result: completed && {
      ontSerial: completed.result.ontSerial,
      rxPowerDbm: completed.result.rxPowerDbm,
      stbSerials: completed.result.stbSerials,
      signedBy: texts.get(completed.result.signerTextId) ?? null,
      occurredAt: completed.occurredAt,
      enteredLate: isLateEntry(completed.occurredAt, completed.at),
    },
    returnCode: view.returnCode,
    outcome: view.outcome,
    progress: progressOf(sources.events),
    notes: notesOf(process).map(({ at, actor, textId }) => ({
      at,
      actor,
      text: texts.get(textId) ?? null,
    })),
    placedAt: view.placedAt,
    updatedAt: view.updatedAt,
    version: view.version,
    simulated: sources.simulated,
  };
};

/** What was written about the order, at the desk and in the field, oldest first. */
export const notesOf = ({ order, fieldwork }: OrderProcess): OrderProcess['order']['notes'] =>
  [...order.notes, ...fieldwork.notes].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

/** Vault ids of every text that the details show. */
export const textIdsOf = (process: OrderProcess): readonly string[] => [
  ...(process.order.terms?.descriptionId === undefined ? [] : [process.order.terms.descriptionId]),
  ...notesOf(process).map(({ textId }) => textId),
  ...(process.fieldwork.completed === null ? [] : [process.fieldwork.completed.result.signerTextId]),
];
