import type { Envelope } from '../process/events.ts';
import { STAGES, type Stage } from '../rules/stage.ts';
import { promisedEnd } from '../scheduling/arrival-window.ts';
import { ms } from '../time/iso.ts';
import { type Rate, rateOf, type Spread, spreadOf } from './figures.ts';
import {
  type Counts,
  count,
  countsWithin,
  isWithin,
  noCounts,
  noSamples,
  type Samples,
  sample,
  spansWithin,
  type Window,
} from './samples.ts';
import { isClosed, type TrackedOrder, track, trackedOrder } from './tracked-order.ts';

type OpenOrder = TrackedOrder & {
  activationFrom: number | null;
  contacted: boolean;
  visited: boolean;
  /** When the first agreed visit is over, if it begins at the end of the arrival window that was promised. */
  promiseEnd: number | null;
};

/** What a fold of the log leaves behind. Opaque to callers; changed in place. */
export type Report = {
  readonly open: Map<string, OpenOrder>;
  /** Cancelled and returned orders that are closed, with the time they were placed: a late fact opens them again. */
  readonly undone: { readonly cancelled: Map<string, number>; readonly returned: Map<string, number> };
  readonly leadGross: Samples;
  readonly leadNet: Samples;
  readonly activation: Samples;
  readonly contact: Samples;
  readonly placed: number[];
  /** yes, no */
  readonly firstVisit: Counts;
  readonly promise: Counts;
  /** Codes, and stages at the time. */
  readonly returned: Counts;
  readonly cancelled: Counts;
};

export type ReportFigures = {
  readonly placed: number;
  readonly completed: number;
  readonly returned: number;
  readonly cancelled: number;
  /** OrderPlaced to the completion in the field; net: without the time in customer-pending. */
  readonly leadTime: { readonly gross: Spread; readonly net: Spread };
  /** ActivationStarted to ActivationCompleted. */
  readonly activationTime: Spread;
  /** OrderPlaced to the first call that reached the customer (agreed, call back, refused). */
  readonly timeToContact: Spread;
  /** Of orders whose first visit ended: those that it completed. */
  readonly firstVisitSuccess: Rate;
  /** Of all that were completed, returned or cancelled. By reason: most first. */
  readonly returnRate: Rate & { readonly byReason: readonly (Rate & { readonly code: string })[] };
  readonly cancelRate: Rate & { readonly byStage: readonly (Rate & { readonly stage: Stage })[] };
  /**
   * Of completed orders with an agreed slot: those completed before the end of the first one, with the
   * play of its arrival window.
   */
  readonly promiseKept: Rate;
  /** Now, whatever the window. `age` since the order was placed, `inStage` since it is in its stage. */
  readonly open: readonly {
    readonly stage: Stage;
    readonly n: number;
    readonly age: Spread;
    readonly inStage: Spread;
  }[];
};

export const emptyReport = (): Report => ({
  open: new Map(),
  undone: { cancelled: new Map(), returned: new Map() },
  leadGross: noSamples(),
  leadNet: noSamples(),
  activation: noSamples(),
  contact: noSamples(),
  placed: [],
  firstVisit: noCounts(),
  promise: noCounts(),
  returned: noCounts(),
  cancelled: noCounts(),
});

const opened = (placedAt: number): OpenOrder => ({
  ...trackedOrder(placedAt),
  activationFrom: null,
  contacted: false,
  visited: false,
  promiseEnd: null,
});

const firstVisitEnded = (report: Report, order: OpenOrder, at: number, completed: boolean): void => {
  if (!order.visited) count(report.firstVisit, at, completed ? 'yes' : 'no');
  order.visited = true;
};

/** What an event adds to the figures. `order` is as it was before the event. */
const measure = (report: Report, order: OpenOrder, event: Envelope): void => {
  switch (event.type) {
    case 'ActivationStarted':
      order.activationFrom ??= ms(event.at);
      return;
    case 'ActivationCompleted':
      if (!order.activated && order.activationFrom !== null) {
        sample(report.activation, order.activationFrom, ms(event.at));
      }
      return;
    case 'CustomerCalled': {
      const { outcome, slot, window } = event.data;
      if (!order.contacted && REACHED.has(outcome)) {
        order.contacted = true;
        sample(report.contact, order.placedAt, ms(event.at));
      }
      if (outcome === 'AGREED' && slot !== undefined) order.promiseEnd ??= promisedEnd(slot, window);
      return;
    }
    case 'Scheduled':
      order.promiseEnd ??= ms(event.data.visitDateTime.end);
      return;
    case 'FieldWorkCompleted': {
      const at = ms(event.data.occurredAt);
      const pending = order.pendingMs + (order.pendingSince === null ? 0 : at - order.pendingSince);
      sample(report.leadGross, order.placedAt, at);
      sample(report.leadNet, order.placedAt, at, pending);
      if (order.promiseEnd !== null) count(report.promise, at, at <= order.promiseEnd ? 'yes' : 'no');
      firstVisitEnded(report, order, at, true);
      return;
    }
    case 'VisitNotDone':
      firstVisitEnded(report, order, ms(event.data.occurredAt), false);
      return;
    case 'FieldWorkFailed': {
      const at = ms(event.data.occurredAt);
      count(report.returned, at, event.data.code);
      firstVisitEnded(report, order, at, false);
      return;
    }
    case 'OrderCancelled':
      count(report.cancelled, ms(event.at), event.data.stage);
      return;
    default:
      // Most events move no figure; those that move a stage are the tracked order's business, which names them all.
      return;
  }
};

const REACHED: ReadonlySet<string> = new Set(['AGREED', 'CALLBACK', 'REFUSED']);

/** An undone order that was closed, opened again by a late fact (a service that appeared after all). */
const reopened = (report: Report, event: Envelope): OpenOrder | null => {
  for (const end of ['cancelled', 'returned'] as const) {
    const placedAt = report.undone[end].get(event.orderId);
    if (placedAt === undefined) continue;
    const order = opened(placedAt);
    order[end] = true;
    order.stage = end;
    // Its figures are taken already.
    order.contacted = true;
    order.visited = true;
    order.closedVersion = event.version - 1;
    return order;
  }
  return null;
};

/**
 * Adds one event of the log, in commit order and from its beginning; the accumulator is changed in place and given back.
 * Events of an order that was completed and closed move no figure any more.
 */
export const foldReport = (report: Report, event: Envelope): Report => {
  const { orderId } = event;
  if (event.type === 'OrderPlaced') {
    const at = ms(event.at);
    report.placed.push(at);
    report.open.set(orderId, opened(at));
    return report;
  }
  const order = report.open.get(orderId) ?? reopened(report, event);
  if (order === null) return report;
  measure(report, order, event);
  track(order, event);
  if (!isClosed(order)) {
    report.open.set(orderId, order);
    report.undone.cancelled.delete(orderId);
    report.undone.returned.delete(orderId);
    return report;
  }
  report.open.delete(orderId);
  if (order.cancelled) report.undone.cancelled.set(orderId, order.placedAt);
  else if (order.returned) report.undone.returned.set(orderId, order.placedAt);
  return report;
};

const sum = (totals: ReadonlyMap<string, number>): number =>
  [...totals.values()].reduce((all, n) => all + n, 0);

const yesRate = (totals: ReadonlyMap<string, number>): Rate => rateOf(totals.get('yes') ?? 0, sum(totals));

const openByStage = (orders: Iterable<OpenOrder>, now: number): ReportFigures['open'] => {
  const ages = new Map<Stage, { age: number[]; inStage: number[] }>();
  for (const { stage, placedAt, stageSince } of orders) {
    const row = ages.get(stage) ?? { age: [], inStage: [] };
    ages.set(stage, row);
    // A clock that was set back makes no age negative.
    row.age.push(Math.max(0, now - placedAt));
    row.inStage.push(Math.max(0, now - stageSince));
  }
  return STAGES.flatMap((stage) => {
    const row = ages.get(stage);
    if (row === undefined) return [];
    return [{ stage, n: row.age.length, age: spreadOf(row.age), inStage: spreadOf(row.inStage) }];
  });
};

/** The figures of what ended within the window; `now` in epoch ms is for the ages of open orders. */
export const reportFigures = (report: Report, now: number, window: Window): ReportFigures => {
  const returned = countsWithin(report.returned, window);
  const cancelled = countsWithin(report.cancelled, window);
  const leadGross = spreadOf(spansWithin(report.leadGross, window));
  const completed = leadGross.n;
  const ended = completed + sum(returned) + sum(cancelled);
  return {
    placed: report.placed.filter((at) => isWithin(at, window)).length,
    completed,
    returned: sum(returned),
    cancelled: sum(cancelled),
    leadTime: { gross: leadGross, net: spreadOf(spansWithin(report.leadNet, window)) },
    activationTime: spreadOf(spansWithin(report.activation, window)),
    timeToContact: spreadOf(spansWithin(report.contact, window)),
    firstVisitSuccess: yesRate(countsWithin(report.firstVisit, window)),
    returnRate: {
      ...rateOf(sum(returned), ended),
      byReason: [...returned]
        .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
        .map(([code, n]) => ({ code, ...rateOf(n, ended) })),
    },
    cancelRate: {
      ...rateOf(sum(cancelled), ended),
      byStage: STAGES.flatMap((stage) => {
        const n = cancelled.get(stage);
        return n === undefined ? [] : [{ stage, ...rateOf(n, ended) }];
      }),
    },
    promiseKept: yesRate(countsWithin(report.promise, window)),
    open: openByStage(report.open.values(), now),
  };
};
