import { visitsThatCount } from '../fieldwork/state.ts';
import type { OrderView } from '../ports/order-view.ts';
import { isClosed, type OrderProcess } from '../process/process.ts';
import type { Milestone } from '../rules/stage.ts';
import { flatLines } from '../values/lines.ts';

/** MyPage's milestone: a later event never overwrites a final intent. */
const milestoneOf = ({ order, activation, scheduling, fieldwork }: OrderProcess): Milestone => {
  if (order.cancelled !== null) return 'OrderCancelled';
  if (fieldwork.failed !== null) return 'FieldWorkFailed';
  if (fieldwork.completed !== null) return 'FieldWorkCompleted';
  if (scheduling.visit !== null) return 'Scheduled';
  return activation.completed === null ? 'OrderPlaced' : 'ActivationCompleted';
};

const shownVisit = ({ scheduling: { visit, proposal } }: OrderProcess): OrderView['visit'] => {
  if (visit !== null) {
    const { slot, window, technicianId, appointmentId } = visit;
    const promised = window === undefined ? {} : { window };
    return { ...slot, ...promised, technicianId, appointmentId, status: 'agreed', expiresAt: null };
  }
  if (proposal === null) return null;
  const { slot, technicianId, expiresAt } = proposal;
  return { ...slot, technicianId, appointmentId: null, status: 'held', expiresAt };
};

const shownCalls = ({ scheduling }: OrderProcess): OrderView['calls'] => {
  const last = scheduling.calls.at(-1);
  const { proposal, agreed, visit, callback } = scheduling;
  return {
    attempts: scheduling.calls.length,
    lastOutcome: last?.outcome ?? null,
    lastAt: last?.at ?? null,
    nextAt: agreed === null && visit === null ? (proposal?.callAt ?? callback) : null,
  };
};

const shown = new WeakMap<OrderProcess, OrderView>();

/** The read model's row of an order; the same object for the same state. Throws when the order was never placed. */
export const orderView = (process: OrderProcess): OrderView => {
  const known = shown.get(process);
  if (known !== undefined) return known;
  const view = viewOf(process);
  shown.set(process, view);
  return view;
};

const viewOf = (process: OrderProcess): OrderView => {
  const { order, activation, scheduling, fieldwork } = process;
  const { placed } = order;
  if (placed === null) throw new Error(`${process.orderId} has events but was never placed`);
  const services = [...activation.services.values()];
  return {
    orderId: process.orderId,
    version: process.version,
    key: placed.key ?? null,
    customerId: placed.customerId,
    stage: process.stage,
    stageSince: process.stageSince,
    milestone: milestoneOf(process),
    open: !isClosed(process),
    outcome: isClosed(process) ? (order.closed?.outcome ?? null) : null,
    priority: order.priority,
    wishes: order.wishes,
    area: order.area,
    ...flatLines(order.lines),
    equipmentId:
      activation.completed?.equipmentId ??
      services.find((one) => one.equipmentId !== null)?.equipmentId ??
      null,
    inDoubt: services.filter((service) => service.proof === 'unknown').length,
    holds: order.holds.map(({ hold, step, cause, since }) => ({ hold, step, cause, since })),
    calls: shownCalls(process),
    visit: shownVisit(process),
    promise: scheduling.promise,
    visits: visitsThatCount(fieldwork) + (fieldwork.completed === null ? 0 : 1),
    pendingSince: scheduling.pending?.since ?? null,
    cancelCode: order.cancelled?.code ?? null,
    returnCode: fieldwork.failed?.code ?? null,
    placedAt: placed.at,
    ...(order.terms === null ? {} : { terms: order.terms }),
    updatedAt: process.updatedAt,
  };
};
